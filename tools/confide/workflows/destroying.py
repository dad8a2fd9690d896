"""What destroying would reach, and where copies of the keys may be: looked up before anything is announced or done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from confide.ledger import sealed_files
from confide.ledger.sealed_files import Sealed
from confide.model.destruction import BEYOND, DESTROYED, EVERYTHING, NOTES, UNCONFIRMED
from confide.model.event import Copies, Event
from confide.model.problem import NotAllowed, Problem, Unavailable, Usage
from confide.model.record import Record
from confide.policy import force
from confide.policy.destruction import announcement
from confide.policy.hold import holds
from confide.policy.retention import Keeping, keeping
from confide.policy.withdrawal import EVENT
from confide.records import shapes
from confide.vault.keystore import Keystore
from confide.workflows.keys import exported
from confide.workflows.opening import ring
from confide.workflows.practice import SETTING_KEYSTORE, Practice
from confide.workflows.readers import readers


@dataclass(frozen=True)
class Plan:
    """What `scope` reaches: the files of today, how many versions of them lie in the history, where keys may be, what
    the agreement says about keeping, the announcement if there is one, and the holds that forbid it."""

    scope: str
    files: tuple[Sealed, ...]
    versions: int
    copies: tuple[Copies, ...]
    kept_until: Keeping | None
    announced: Event | None
    holds: tuple[Event, ...]


def check_scope(scope: str) -> str:
    """`scope`, if it is one; raises Usage without repeating what else was typed."""
    if not shapes.SCOPE.fits(scope):
        raise Usage(
            Problem(
                "that is nothing that can be destroyed by itself",
                "it is everything, all notes, or one note by its day",
                hint="everything, notes, or a note such as notes/2026-02-03",
            )
        )
    return scope


def plan(practice: Practice, partnership: str, scope: str) -> Plan:
    """Look everything up. Raises NotAllowed when all of it is gone already, Usage for a note that is not there."""
    record = practice.trusted(partnership)
    keys = ring(practice, partnership)
    today = sealed_files.at(practice.repo, practice.sound().head, partnership)
    files = tuple(sealed_files.reached(today, check_scope(scope)))
    if scope not in (EVERYTHING, NOTES) and not files:
        raise Usage(Problem(f"there is no `{scope}`", "it was never committed here", hint="confide note --list"))
    ever = sealed_files.reached(sealed_files.ever(practice.repo, partnership), scope)
    kept = next((one for one in keeping(record, practice.now) if one.scope == scope), None)
    return Plan(
        scope,
        files,
        sum(1 for _ in ever),
        tuple(_copies(practice, record, keys.keys[-1].fingerprint, scope)),
        kept,
        announcement(record, scope),
        holds(record),
    )


def check_allowed(record: Record, found: Plan, practice: Practice) -> None:
    """Raise NotAllowed for what stands against it: a hold, an agreement in force, a disclosure that stands."""
    if found.holds:
        raise NotAllowed(
            Problem(
                "a legal hold stands",
                "what the law may ask for is not destroyed",
                found.holds[0].place,
                "when it is over: confide duty lift",
                "legal-hold",
            )
        )
    if found.scope in (EVERYTHING, NOTES) and force.in_force(record, practice.now) is not None:
        raise NotAllowed(
            Problem(
                "an agreement is in force",
                "what it promises rests on the records",
                record.partnership.place,
                "end it first: confide end",
                "S-27",
            )
        )
    told = _standing(record, found.scope)
    if told is not None:
        raise NotAllowed(
            Problem(
                "something of this note was disclosed, and can still be read",
                "their page could not show what stands on it",
                told.place,
                f"take it back first: confide withdraw event/{told.id}",
                "destruction",
            )
        )


def _standing(record: Record, scope: str) -> Event | None:
    """A disclosure from one note that nobody has withdrawn; not asked about all notes, whose partnership is over."""
    if scope in (EVERYTHING, NOTES):
        return None
    taken = {event.target.removeprefix(EVENT) for event in record.of_kind("withdrawn")}
    told = (e for e in record.of_kind("disclosed") if any(x.section.startswith(f"{scope}#") for x in e.sections))
    return next((event for event in told if event.id not in taken), None)


def _copies(practice: Practice, record: Record, key: str, scope: str) -> Iterator[Copies]:
    """Every place that may hold a key: those that can be tried, those on record, and those nobody can know of."""
    yield Copies("keystore", DESTROYED)
    yield Copies("keystore-copy", UNCONFIRMED)
    yield Copies("backup", UNCONFIRMED)
    yield from (Copies("keeper", UNCONFIRMED, key=event.key) for event in _ever_granted(record))
    if in_own_keyring(practice, key) or practice.keys.get_pin(exported(record.partnership.id)):
        yield Copies("keyring", UNCONFIRMED)
    yield Copies("machine", UNCONFIRMED)
    read = sum(bool(reader.key) for reader in readers(record))
    if read and scope == EVERYTHING:
        yield Copies("site", BEYOND, read)


def _ever_granted(record: Record) -> tuple[Event, ...]:
    """Whoever was ever given the keys, still keeping or not: nobody has seen them forget."""
    return tuple({event.key: event for event in record.of_kind("granted")}.values())


def in_own_keyring(practice: Practice, fingerprint: str) -> bool:
    """Whether this GnuPG holds the secret key: somebody imported it, to read notes without this program."""
    try:
        return practice.gpg.key(fingerprint).has_secret
    except Unavailable:
        return False


def keystore(practice: Practice) -> Keystore:
    """The keystore of this clone, closed."""
    path = practice.repo.config(SETTING_KEYSTORE)
    if not path:
        raise Unavailable(Problem("this clone has no keystore", "there is nothing to destroy", hint="confide adopt"))
    return Keystore(Path(path), practice.gpg)
