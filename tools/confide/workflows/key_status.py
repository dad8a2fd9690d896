"""`keys status`: when keys end, and who can read what, now and over the whole history. Needs no unlock.

Git remembers every version of every sealed file, and each names in the open for which keys it was sealed. What they may
be is the partnership's own keys, and for what is written now the one that stands in the record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from confide.ledger import sealed_files
from confide.ledger.sealed_files import Sealed
from confide.model.problem import Malformed
from confide.policy.destruction import gone
from confide.records import tree
from confide.vault import packets
from confide.vault.sequoia import Certificate
from confide.workflows.keepers import granted
from confide.workflows.practice import Practice
from confide.workflows.readers import readers

# Who can read a sealed file that others should not, or not with that key any more.
FOREIGN, UNKNOWN, BEHIND, OPEN = "another partnership", "an unknown key", "an older key", "anybody: it is not sealed"

# partnership → every key that ever stood in its record, by fingerprint, oldest first.
Known = dict[str, dict[str, Certificate]]


@dataclass(frozen=True)
class Ending:
    """One key in use: whose it is (`keeper`, `publishing`, or a party of a partnership), and when it ends."""

    whose: str
    partnership: str
    fingerprint: str
    expires: datetime | None
    revoked: bool


@dataclass(frozen=True)
class Drift:
    """A sealed file that others can read than should: `readers` says who, `now` whether it stands there today."""

    path: str
    readers: str
    now: bool


@dataclass(frozen=True)
class Keeping:
    """Who keeps one partnership beside the practice (party, fingerprint), its key, and how many it had before."""

    partnership: str
    key: str
    earlier: int
    keepers: tuple[tuple[str, str], ...]
    destroyed: bool


@dataclass(frozen=True)
class Status:
    """The whole answer; `looked_at` sealed files, every version of each."""

    endings: tuple[Ending, ...]
    keeping: tuple[Keeping, ...]
    drift: tuple[Drift, ...]
    looked_at: int


def status(practice: Practice) -> Status:
    """Look through everything."""
    ever = sealed_files.ever(practice.repo)
    known = _keys(practice)
    return Status(
        tuple(sorted(_endings(practice), key=lambda one: (one.expires is None, one.expires or practice.now))),
        tuple(_keeping(practice, known)),
        tuple(_drift(practice, ever, known)),
        len(ever),
    )


def _endings(practice: Practice) -> Iterator[Ending]:
    def ending(whose: str, partnership: str, path: str) -> Ending:
        found = practice.certificate(path)
        return Ending(whose, partnership, found.fingerprint, found.expires, found.revoked)

    for fingerprint in practice.file.keepers:
        yield ending("keeper", "", tree.keeper_key(fingerprint))
    yield ending("publishing", "", tree.keeper_key(practice.file.publishing_key))
    for partnership in practice.ids():
        record = practice.record(partnership)
        for grant in granted(record):
            yield ending("keeper", partnership, tree.keeper_key(grant.key))
        for reader in readers(record):
            if reader.key:
                yield ending(reader.party, partnership, tree.party_key(partnership, reader.party, reader.number))


def _keys(practice: Practice) -> Known:
    found: Known = {}
    for commit in practice.repo.commits():
        for change in commit.changed:
            if tree.shape(change.path) == "key" and change.status != "D":
                certificate = Certificate.parse(practice.repo.blob(change.blob))
                found.setdefault(tree.partnership_of(change.path), {})[certificate.fingerprint] = certificate
    return found


def _keeping(practice: Practice, known: Known) -> Iterator[Keeping]:
    for partnership in practice.ids():
        record = practice.record(partnership)
        current = practice.certificate(tree.partnership_key(partnership)).fingerprint
        keepers = tuple((", ".join(one.to), one.key) for one in granted(record))
        earlier = len(known.get(partnership, {})) - 1
        yield Keeping(partnership, current, earlier, keepers, gone(record) is not None)


def _drift(practice: Practice, ever: tuple[Sealed, ...], known: Known) -> Iterator[Drift]:
    owner = {one: name for name, keys in known.items() for key in keys.values() for one in key.key_ids}
    today = set(sealed_files.at(practice.repo, practice.sound().head))
    current = {name: practice.certificate(tree.partnership_key(name)) for name in known}
    for one in ever:
        name, now = tree.partnership_of(one.path), one in today
        only = current[name] if now and one.kind in sealed_files.WRITTEN else None
        why = _wrong(practice.repo.blob(one.blob), name, owner, only)
        if why:
            yield Drift(one.path, why, now)


def _wrong(message: bytes, partnership: str, owner: dict[str, str], only: Certificate | None) -> str:
    """Who can read this message although they should not; empty when nobody can."""
    try:
        found = packets.sealed_for_keys(message, aead=True)
    except Malformed:
        return OPEN
    owners = {owner.get(reader, "") for reader in found}
    if "" in owners:
        return UNKNOWN
    if owners != {partnership}:
        return FOREIGN
    return BEHIND if only is not None and not set(found) <= only.key_ids else ""
