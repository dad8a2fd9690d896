"""What is to be destroyed, and what was: announced with a day, called off, or carried out."""

from __future__ import annotations

from datetime import date

from confide.model.destruction import EVERYTHING, NOTES
from confide.model.event import Event
from confide.model.record import Record
from confide.policy.withdrawal import EVENT


def announced(record: Record) -> tuple[Event, ...]:
    """Announcements that were neither called off nor carried out, oldest first."""
    over = {event.target.removeprefix(EVENT) for event in record.of_kind("spared")}
    over |= {reason for event in record.of_kind("destroyed") for reason in event.because}
    return tuple(event for event in record.of_kind("condemned") if event.id not in over)


def announcement(record: Record, scope: str) -> Event | None:
    """The standing announcement for exactly this scope, or None."""
    return next((event for event in announced(record) if event.scope == scope), None)


def gone(record: Record, path: str = "") -> Event | None:
    """The event by which this note (`notes/2026-02-03`), or without a path everything, was destroyed; or None."""
    return next((event for event in record.of_kind("destroyed") if reaches(event.scope, path)), None)


def reaches(scope: str, path: str) -> bool:
    """Whether destroying `scope` destroys the note, feedback or summary at `path`; an empty one is the whole record."""
    return scope == EVERYTHING or (bool(path) and scope in (NOTES, path))


def may_be_carried_out(event: Event, today: date) -> bool:
    """Whether the day of an announcement has come."""
    return event.day is not None and event.day <= today
