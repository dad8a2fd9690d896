"""The naive reading of documents beside the agreement: instruments, which only forbid, and what was public anyway."""

from __future__ import annotations

from datetime import date, datetime

from confide.model.decision import Request
from confide.model.event import Event
from confide.model.instrument import Instrument
from confide.model.record import Record

DISCLOSURES = ("disclosed", "told", "lapse")


def restricting(record: Record, day: date, now: datetime) -> list[Instrument]:
    """Registered by now and not over: nobody's signature is needed, and they never permit anything (S-07)."""
    found = []
    for instrument in record.instruments:
        named = [e for e in registrations(record, now) if e.target == f"instrument/{instrument.id}"]
        if named and (instrument.until is None or day <= instrument.until):
            found.append(instrument)
    return found


def registrations(record: Record, now: datetime) -> list[Event]:
    return [event for event in record.events if event.kind == "instrument" and event.at <= now]


def lost(record: Record, now: datetime) -> bool:
    """An instrument was registered that is not here: who knows what it forbids."""
    here = {f"instrument/{instrument.id}" for instrument in record.instruments}
    return any(event.target not in here for event in registrations(record, now))


def was_public(request: Request, record: Record, now: datetime) -> bool:
    """On record as public by a cited document, before anybody here told it, and through no breach (S-09).

    A document that says who told us is another matter: the source stays unnamed.
    """
    if request.section is None or request.attribution > 0:
        return False
    same = [e for e in record.events if request.section.commitment in [s.commitment for s in e.sections]]
    told = [event.at.date() for event in same if event.kind in DISCLOSURES and event.at <= now]
    withdrawals = [event for event in record.events if event.kind == "withdrawn"]
    taken = [e.target for e in withdrawals if {request.recipient, request.recipient.partition(".")[0]} & set(e.to)]
    return any(
        event.kind == "public"
        and event.at <= now
        and event.day is not None
        and event.day <= event.at.date()
        and all(event.day < day for day in told)
        and bool(event.document)
        and event.evidence == "no-breach"
        and f"event/{event.id}" not in taken
        for event in same
    )
