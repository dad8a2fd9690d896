"""`destroy`: announced with a day, called off, or carried out; a hold stops it. The keys go, and the record says so.

Carrying out writes the event first and acts then. Run again after an interruption, it goes on where it stopped: what is
on record as destroyed and still opens here is destroyed now.

Of one note, or of the notes alone, the rest has to stay: the partnership gets a new key, what events fix and the
versions in the history are sealed again for it beside themselves (`kept/`), and then the old keys go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from confide.ledger import sealed_files
from confide.ledger.sealed_files import Sealed
from confide.model.commitment import digest
from confide.model.destruction import CONFIRMED, EVERYTHING, NOTES, UNCONFIRMED
from confide.model.event import Copies, Event
from confide.model.problem import NotAllowed, NotYet, Problem, Usage
from confide.model.record import Record
from confide.policy import force
from confide.policy.destruction import may_be_carried_out
from confide.policy.withdrawal import EVENT
from confide.records import tree
from confide.vault.rewrap import rewrapper
from confide.vault.sequoia import recipients
from confide.workflows import fresh
from confide.workflows.destroying import Plan, check_allowed, in_own_keyring, plan
from confide.workflows.finishing import Destroyed, finish, unfinished
from confide.workflows.practice import Practice
from confide.workflows.readers import readers
from confide.workflows.recording import COACH, add_with_words
from confide.workflows.revoke import revoke
from confide.workflows.rotation import rotate

# How long everybody has to object, and the least that may be chosen: for the records, and for one misplaced note.
GRACE, LEAST = timedelta(days=30), timedelta(days=7)
GRACE_NOTE, LEAST_NOTE = timedelta(days=2), timedelta(0)


def announce(practice: Practice, partnership: str, scope: str, grace: int | None = None, words: str = "") -> Event:
    """Put on record, for everybody who signed, what will be destroyed and when."""
    found = plan(practice, partnership, scope)
    record = practice.trusted(partnership)
    check_allowed(record, found, practice)
    if found.announced is not None:
        raise NotAllowed(
            Problem(
                f"that is announced already, for {found.announced.day:%d %B %Y}",
                "it is announced once",
                found.announced.place,
                "call it off (confide destroy spare), or wait for the day: confide destroy now",
            )
        )
    usual, least = (GRACE, LEAST) if scope in (EVERYTHING, NOTES) else (GRACE_NOTE, LEAST_NOTE)
    wait = usual if grace is None else timedelta(days=grace)
    if wait < least:
        raise Usage(
            Problem(
                f"there are at least {least.days} days to object",
                "the records are also theirs who signed",
                hint=f"--grace {least.days} or more",
            )
        )
    event = Event(
        id=fresh.event_id(),
        kind="condemned",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=concerned(record),
        scope=scope,
        day=(practice.now + wait).date(),
    )
    return add_with_words(practice, event, words)


def spare(practice: Practice, partnership: str, scope: str, words: str = "") -> Event:
    """Call off what was announced."""
    announced = _announced(plan(practice, partnership, scope))
    event = Event(
        id=fresh.event_id(),
        kind="spared",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=announced.to,
        target=EVENT + announced.id,
    )
    return add_with_words(practice, event, words)


def carry_out(practice: Practice, partnership: str, scope: str, said: Mapping[str, str]) -> Destroyed:
    """Destroy what was announced. `said` maps a place (`backup`, `keeper FINGERPRINT`) to what is known of it."""
    record = practice.trusted(partnership)
    before = _unfinished(practice, record, scope)
    if before is not None:
        return finish(practice, before)
    found = plan(practice, partnership, scope)
    check_allowed(record, found, practice)
    announced = _announced(found)
    if not may_be_carried_out(announced, practice.now.date()):
        raise NotYet(
            Problem(
                f"the day is {announced.day:%d %B %Y}",
                "until then whoever objects can say so",
                announced.place,
                "call it off: confide destroy spare",
                "destruction",
            )
        )
    newest = practice.keys.ring(partnership).keys[-1].fingerprint
    if in_own_keyring(practice, newest):
        raise NotAllowed(
            Problem(
                "your own GnuPG holds the key too",
                "somebody imported it, and it would go on opening everything",
                hint=f"gpg --delete-secret-and-public-key {newest}, then run the command again",
                rule="destruction",
            )
        )
    files: dict[str, bytes | None] = {}
    if scope == EVERYTHING:
        for reader in readers(record):
            revoke(practice, reader)
    else:
        newest, files = _without(practice, partnership, found, announced)
    event = Event(
        id=fresh.event_id(),
        kind="destroyed",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=announced.to,
        key=newest,
        document=digest(sealed_files.listing(_now(practice, partnership), scope)),
        scope=scope,
        copies=tuple(replace(one, state=said.get(called(one), one.state)) for one in found.copies),
        because=(announced.id,),
    )
    event = practice.add(event, files)
    return Destroyed(event, ()) if practice.dry_run else finish(practice, event)


def called(one: Copies) -> str:
    """How a place is named when somebody says what became of it."""
    return f"{one.where} {one.key}".strip()


def sayable(copies: tuple[Copies, ...]) -> tuple[Copies, ...]:
    """Those about which somebody can say something."""
    return tuple(one for one in copies if one.state in (UNCONFIRMED, CONFIRMED))


def concerned(record: Record) -> tuple[str, ...]:
    """Whoever signed an agreement here, and the client."""
    signed = (party for agreement in record.agreements for party in force.signatories(record, agreement))
    return tuple(dict.fromkeys(("client", *(party for party in signed if party != COACH))))


def _announced(found: Plan) -> Event:
    if found.announced is None:
        raise NotAllowed(
            Problem(
                "that was not announced",
                "whoever signed can object before anything is gone",
                hint=f"confide destroy announce {found.scope}",
                rule="destruction",
            )
        )
    return found.announced


def _now(practice: Practice, partnership: str) -> tuple[Sealed, ...]:
    return sealed_files.at(practice.repo, practice.sound().head, partnership)


def _without(
    practice: Practice, partnership: str, found: Plan, announced: Event
) -> tuple[str, dict[str, bytes | None]]:
    """Rotate away from the keys that are to go, and seal again what is to stay; the newest old key, and the files."""
    doomed = frozenset(one.path for one in found.files)
    rotations = practice.record(partnership).of_kind("rotated")
    if not any(announced.id in event.because for event in rotations):
        rotate(practice, partnership, because=(announced.id,), without=doomed)
    files: dict[str, bytes | None] = dict.fromkeys(doomed)
    keys = practice.keys.ring(partnership).keys
    if practice.dry_run:
        return keys[-1].fingerprint, files
    current = keys[-1]
    with rewrapper(keys, current.certificate, practice.now) as rewrap:
        for message in _staying(practice, partnership, found.scope):
            if not current.certificate.key_ids.intersection(recipients(message)):
                files[tree.kept(partnership, digest(message))] = rewrap(message)
    return keys[-2].fingerprint, files


def _staying(practice: Practice, partnership: str, scope: str) -> Iterator[bytes]:
    """Every sealed version in the history that some key here opens and that is not to go."""
    ring = practice.keys.ring(partnership)
    ever = sealed_files.ever(practice.repo, partnership)
    going = frozenset(one.blob for one in sealed_files.reached(ever, scope))
    for blob in dict.fromkeys(one.blob for one in ever if one.blob not in going):
        message = practice.repo.blob(blob)
        if ring.opens(message):
            yield message


def _unfinished(practice: Practice, record: Record, scope: str) -> Event | None:
    found = unfinished(practice, record.partnership.id)
    return found if found is not None and found.scope == scope else None
