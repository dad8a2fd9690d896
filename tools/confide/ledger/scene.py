"""One event in its commit, as those who judge it see it: the record just before, and what lies beside the event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from confide.ledger.commits import TOLERANCE
from confide.ledger.objects import Change, RawCommit
from confide.ledger.repo import Repository
from confide.ledger.state import Chronicle, State
from confide.model.commitment import digest
from confide.model.event import Event
from confide.model.problem import Malformed
from confide.model.words import Role, Strength, role_of
from confide.records import tree
from confide.vault.sequoia import Certificate, verify_detached

# Signatures that a key made; behind every other kind lies a sealed document.
BY_KEY = (Strength.OWN_KEY.value, Strength.PORTAL.value)


@dataclass(frozen=True)
class Scene:
    """One event in its commit: the record just before, and the files the commit brings (path → blob)."""

    repo: Repository
    commit: RawCommit
    event: Event
    before: Chronicle
    state: State

    @property
    def brought(self) -> dict[str, str]:
        return {change.path: change.blob for change in self.commit.changed if change.status in "AM"}

    def digest_of(self, path: str) -> str:
        """The digest of a file that this commit brings, or an empty string."""
        blob = self.brought.get(path)
        return digest(self.repo.blob(blob)) if blob else ""

    def why_unsigned(self, text: bytes, path: str, since: datetime | None = None) -> str:
        """Why the detached signature at `path` does not stand for `text`; empty when it does.

        It is by the key that the event names, which is the one on record for whoever acts: nobody signs for another.
        `since` is the first moment at which it could be made.
        """
        blob, key = self.brought.get(path), self._key()
        if blob is None:
            return "the file is missing"
        if key is None or key.fingerprint != self.event.key:
            return "the key it names is not the one on record"
        try:
            made = verify_detached(text, self.repo.blob(blob), (key,)).created
        except Malformed as malformed:
            return malformed.problems[0].why or malformed.problems[0].what
        if since is not None and made < since - TOLERANCE:
            return "it was made before there was anything to sign"
        return "it is dated later than its record" if made > self.event.at + TOLERANCE else ""

    def _key(self) -> Certificate | None:
        """The key on record for whoever acts: the coach signs as a keeper, a party with the key they enrolled."""
        event = self.event
        if role_of(event.by) is Role.COACH:
            return self.state.keys.get(event.key) if event.key in self.state.practice.keepers else None
        blob = self.before.files.get(tree.party_key(event.partnership, event.by, event.number))
        try:
            return Certificate.parse(self.repo.blob(blob)) if blob else None
        except Malformed:
            return None


def own_changes(commit: RawCommit) -> tuple[Change, ...]:
    """What differs from every parent: what the commit itself changed, not what it joined."""
    sides = [{change.path: change for change in side} for side in commit.changes]
    common = set(sides[0]).intersection(*sides[1:])
    return tuple(sides[0][path] for path in sorted(common))


def any_change(commit: RawCommit) -> tuple[Change, ...]:
    """What differs from any parent, each path once."""
    return tuple({change.path: change for side in commit.changes for change in side}.values())
