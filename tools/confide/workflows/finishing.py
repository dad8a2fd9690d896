"""What a destruction on record leaves to do on this machine: take the keys away, and try that nothing opens."""

from __future__ import annotations

from dataclasses import dataclass

from confide.ledger import sealed_files
from confide.model.destruction import EVERYTHING
from confide.model.event import Event
from confide.model.problem import Malformed, Problem
from confide.records import tree
from confide.vault.keystore import UnlockedKeystore
from confide.vault.sequoia import recipients
from confide.workflows.destroying import keystore
from confide.workflows.practice import Practice


@dataclass(frozen=True)
class Destroyed:
    """What was certified, and the entries that are gone from the keystore."""

    event: Event
    entries: tuple[str, ...]


def unfinished(practice: Practice, partnership: str) -> Event | None:
    """A destruction on record whose keys are still in the keystore of this machine, or None."""
    record = practice.record(partnership)
    found = (event for event in record.of_kind("destroyed") if _entries(practice, event))
    return next(found, None)


def finish(practice: Practice, event: Event) -> Destroyed:
    """Take the keys out of the keystore, and try that they are gone."""
    entries = _entries(practice, event)
    renewed = keystore(practice).renew(practice.keys, practice.coach, practice.now, without=frozenset(entries))
    _try(practice, event, renewed)
    practice.__dict__.pop("keys", None)
    return Destroyed(event, entries)


def _entries(practice: Practice, event: Event) -> tuple[str, ...]:
    """The entries of the keystore that a destruction on record has to take away: up to the key that it names."""
    names = practice.keys.generations(event.partnership)
    if event.scope == EVERYTHING:
        return names
    known = [practice.keys.secret(name).fingerprint for name in names]
    return names[: known.index(event.key) + 1] if event.key in known else ()


def _try(practice: Practice, event: Event, keys: UnlockedKeystore) -> None:
    """Hold that no key which is left here is one for anything that was destroyed, in any version of it."""
    left = frozenset[str]().union(*(keys.secret(name).certificate.key_ids for name in keys.names()))
    ever = sealed_files.ever(practice.repo, event.partnership)
    for one in sealed_files.reached(ever, event.scope):
        if left.intersection(readers_of(practice.repo.blob(one.blob))):
            raise Malformed(
                Problem(
                    "something that was destroyed still opens here",
                    "a key for it lies in the keystore under another name",
                    tree.place(one.path),
                    "see which: confide keys status",
                )
            )


def readers_of(message: bytes) -> tuple[str, ...]:
    """Whom a message is sealed for; nobody, where somebody committed what is no message."""
    try:
        return recipients(message)
    except Malformed:
        return ()
