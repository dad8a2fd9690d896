"""`instrument`: another binding document, sealed and registered; it restricts from that day, never permits (S-07)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from confide.model.commitment import digest
from confide.model.event import Event
from confide.model.instrument import Instrument
from confide.model.problem import Malformed, NotAllowed, Problem
from confide.policy import force
from confide.records import tree, yaml
from confide.records.instrument_file import parse_instrument
from confide.workflows import asking, fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, seal

TARGET = "instrument/"
_DOCUMENT = re.compile(rb"(?m)^document:.*\n?")


@dataclass(frozen=True)
class Standing:
    """One instrument on record, the event that registered it, and whether its last day has passed."""

    instrument: Instrument
    registered: Event
    over: bool


def add(practice: Practice, partnership: str, data: bytes, document: bytes) -> Event:
    """Seal the document, write its digest into the instrument's file, and register both in one commit."""
    record = practice.trusted(partnership)
    sealed = seal(practice, partnership, document)
    data = _naming(data, digest(sealed))
    instrument = parse_instrument(data, "the instrument")
    # Read again from where it will lie: a file of another partnership is refused there.
    instrument = parse_instrument(data, tree.instrument(partnership, instrument.id))
    for party in instrument.parties:
        asking.party_of(record, party)
    if any(known.id == instrument.id for known in record.instruments):
        raise NotAllowed(
            Problem(
                f"instrument `{instrument.id}` is registered already",
                "it restricts what it restricted on the day it was registered",
                tree.place(tree.instrument(partnership, instrument.id)),
                "register another version of the document under an id of its own",
                "instrument",
            )
        )
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=fresh.event_id(),
        kind="instrument",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=tuple(party for party in instrument.parties if party != COACH) or (COACH,),
        target=TARGET + instrument.id,
        document=instrument.digest,
        agreement=agreement.version if agreement else 0,
    )
    files = {
        tree.instrument(partnership, instrument.id): data,
        tree.instrument_document(partnership, instrument.id): sealed,
    }
    return practice.add(event, files)


def known(practice: Practice, partnership: str) -> tuple[Standing, ...]:
    """Every registered instrument, oldest first."""
    record = practice.record(partnership)
    registered = {event.target.removeprefix(TARGET): event for event in record.of_kind("instrument")}
    today = practice.now.date()
    return tuple(
        Standing(one, registered[one.id], one.until is not None and one.until < today) for one in record.instruments
    )


def _naming(data: bytes, document: str) -> bytes:
    """The file with the line that names the sealed document, in place of one that was there or before `restricts`.

    Everything else stays as it was written, comments included.
    """
    line = f"document: {document}\n".encode()
    if _DOCUMENT.search(data):
        return _DOCUMENT.sub(lambda _: line, data, count=1)
    found = yaml.load(data, "the instrument").line("restricts")
    lines = data.splitlines(keepends=True)
    if not lines or not lines[found - 1].startswith(b"restricts:"):
        raise Malformed(
            Problem(
                "the instrument has no line `restricts:` of its own",
                "the digest of the sealed document is written before it",
                hint="write each key on a line of its own, as in: confide instrument add --help",
                rule="missing-key",
            )
        )
    return b"".join((*lines[: found - 1], line, *lines[found - 1 :]))
