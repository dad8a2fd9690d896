"""One coach's practice as a command sees it: the repository, the keys, the moment, and the verified record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from confide.ledger import codec, readiness, record_commit
from confide.ledger.repo import Repository
from confide.ledger.verify import Pins, Verification, verify
from confide.model.event import Event
from confide.model.partnership import Practice as PracticeFile
from confide.model.problem import Malformed, Problem, Unavailable, Usage
from confide.model.record import Record
from confide.policy.chain import linked
from confide.records import event_file, tree
from confide.vault.keystore import Keystore, UnlockedKeystore
from confide.vault.people import GnuPG
from confide.vault.sequoia import Certificate
from confide.workflows import keeper

SETTING_KEYSTORE = "confide.keystore"
SETTING_GNUPG = "confide.gnupghome"
SETTING_ROOT = "confide.root"
SETTING_KEEPER = "confide.keeper"
SETTING_STORE = "confide.store"
DEFAULT_STORE = "build/portal"
# How far two clocks may stand apart before a time counts as wrong.
TOLERANCE = timedelta(hours=1)


def no_practice() -> Problem:
    """What stands against working in any other repository."""
    return Problem(
        "this repository holds no practice",
        "it has no list of keepers",
        tree.place(tree.PRACTICE),
        "go to your practice, or begin one: confide init DIR",
    )


def not_set_up() -> Problem:
    """What stands against working in a fresh clone."""
    why = "hooks, pins and the keystore are not cloned"
    return Problem("this clone is not set up on this machine", why, hint="confide adopt")


@dataclass
class Practice:
    """Everything a workflow needs, opened once per command. `now` is aware UTC in whole seconds."""

    repo: Repository
    gpg: GnuPG
    now: datetime
    progress: Callable[[str], None] = field(default=lambda _: None)
    # The demo replays months: keys and signatures then bear `now` instead of this machine's time.
    replaying: bool = False
    # With `dry_run` nothing is written; `messages` holds what would have been committed.
    dry_run: bool = False
    messages: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path, now: datetime) -> Practice:
        """The practice that `path` lies in. Raises Unavailable with the command that helps."""
        repo = Repository.at(path)
        home = repo.config(SETTING_GNUPG)
        practice = cls(repo, GnuPG(Path(home) if home else None), now.replace(microsecond=0))
        if not (repo.root / tree.PRACTICE).is_file():
            raise Unavailable(no_practice())
        if repo.config(SETTING_ROOT) is None:
            raise Unavailable(not_set_up())
        record_commit.recover(repo)
        return practice

    @property
    def root(self) -> Path:
        return self.repo.root

    @property
    def pins(self) -> Pins:
        root, keeper = self.repo.config(SETTING_ROOT), self.repo.config(SETTING_KEEPER)
        if root is None or keeper is None:
            raise Unavailable(
                Problem("this clone has no pinned root", "without it no history can be believed", hint="confide adopt")
            )
        return Pins(root, keeper)

    @cached_property
    def verification(self) -> Verification:
        """The history, verified from the pinned root. Cached until this command commits."""
        try:
            return verify(self.repo, self.pins, quick=True)
        except Malformed as malformed:
            raise Malformed(*map(keeper.with_hint, malformed.problems)) from None

    @cached_property
    def file(self) -> PracticeFile:
        return self.sound().practice

    def sound(self) -> Verification:
        """The verified history; raises Malformed with every fault that concerns the whole practice."""
        found = self.verification
        if found.faults:
            raise Malformed(*map(keeper.with_hint, found.faults))
        return found

    def ids(self) -> tuple[str, ...]:
        """All partnerships on record, sorted."""
        return tuple(sorted(self.sound().partnerships))

    def record(self, partnership: str) -> Record:
        """The verified record of one partnership. Faults stay in it, so that every decision on it is a no."""
        found = self.sound().partnerships
        if partnership not in found:
            raise Usage(
                Problem(
                    f"no partnership `{partnership}` is on record",
                    "it was never begun in this practice",
                    hint="list them: confide",
                )
            )
        return found[partnership]

    def trusted(self, partnership: str) -> Record:
        """The record, refusing to go on while it has faults: what cannot be verified is not added to."""
        if found := self.faults(partnership):
            raise Malformed(*found)
        keeper.check_clock(self.sound().latest, self.now)
        return self.record(partnership)

    def faults(self, partnership: str) -> tuple[Problem, ...]:
        """What does not verify in the record of one partnership, each with what can be done about it."""
        return tuple(map(keeper.with_hint, self.record(partnership).faults))

    @property
    def coach(self) -> str:
        """The fingerprint of the key this clone signs with; must be a keeper's."""
        signing = self.repo.config("user.signingkey")
        if not signing:
            raise Unavailable(
                Problem(
                    "no signing key is set",
                    "every record is signed by its keeper",
                    hint="git config user.signingkey FINGERPRINT",
                )
            )
        key = self.gpg.key(signing)
        keeper.check_signs(key, self.now)
        fingerprint = key.fingerprint
        keeper.check_keeps(fingerprint, self.file, self.sound().partnerships.values())
        return fingerprint

    @cached_property
    def keys(self) -> UnlockedKeystore:
        """The keystore, unlocked once for the whole command: one passphrase, one card touch."""
        path = self.repo.config(SETTING_KEYSTORE)
        if not path:
            raise Unavailable(
                Problem("this clone has no keystore", "it holds the keys that open notes", hint="confide adopt")
            )
        try:
            return Keystore(Path(path), self.gpg).unlock()
        except Malformed:
            # The commonest reason has a better one: GnuPG no longer believes what the coach's key signed.
            if self.gpg.key(self.repo.config("user.signingkey") or self.pins.keeper).revoked:
                raise keeper.revoked() from None
            raise

    @property
    def store_path(self) -> Path:
        """Where the portal's store lies: sealed sites, locked keys and the inbox, never plaintext."""
        return self.root / (self.repo.config(SETTING_STORE) or DEFAULT_STORE)

    @cached_property
    def keepers(self) -> tuple[Certificate, ...]:
        """The public keys of everybody who may sign notes and commits now."""
        return tuple(self.certificate(tree.keeper_key(fingerprint)) for fingerprint in self.file.keepers)

    def certificate(self, path: str) -> Certificate:
        """A public key of the verified tree."""
        return Certificate.parse(self.read(path))

    def read(self, path: str, commit: str | None = None) -> bytes:
        """A file as committed; raises Malformed when it is not there."""
        data = self.repo.read(commit or self.sound().head, path)
        if data is None:
            raise Malformed(
                Problem(
                    "a file is missing from the record",
                    "it was there when the partnership began",
                    tree.place(path),
                    "see which commit took it away: confide verify, git log -- FILE",
                )
            )
        return data

    def versions(self, partnership: str) -> tuple[int, ...]:
        """The agreement versions in the work tree, drafts included, oldest first."""
        return tree.agreement_versions(self.root, partnership)

    def sign(self, payload: bytes, at: datetime) -> bytes:
        return self.gpg.sign_detached(payload, self.coach, at)

    def commit(self, files: Mapping[str, bytes | None], message: str) -> str:
        """One signed commit that is no event: a note, a draft, a new partnership."""
        signer = self.coach
        self.messages.append(message)
        if self.dry_run:
            readiness.check(self.repo)
            return ""
        commit = record_commit.record(
            self.repo,
            files,
            message,
            self.now,
            sign=lambda payload: self.gpg.sign_detached(payload, signer, self.now),
            keepers=keeper.who_may(self, signer, files),
            on=self.sound().head,
        )
        self.forget()
        return commit

    def add(self, event: Event, files: Mapping[str, bytes | None] | None = None) -> Event:
        """Record `event` on top of its partnership's verified record: one event, one commit, signed and verified."""
        record = self.trusted(event.partnership)
        event = linked(record, event)
        data = event_file.render_event(event)
        path = tree.event(event.partnership, event.name)
        whole = event_file.parse_event(data, path)
        self.commit({**(files or {}), path: data}, codec.message(whole))
        return replace(whole)

    def forget(self) -> None:
        """Drop what was read from the old head."""
        for name in ("verification", "file", "keepers"):
            self.__dict__.pop(name, None)
