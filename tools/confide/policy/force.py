"""Which agreement is in force at a moment, and who has signed it (S-14, S-27; POLICY 3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.record import Record

# After these nothing more is in force.
ENDING = ("ended", "destroyed")


def starts(agreement: Agreement) -> datetime:
    """The first instant at which the agreement can be in force: midnight of `effective` where it applies."""
    return _midnight(agreement.effective, agreement.time_zone)


def expires(agreement: Agreement) -> datetime:
    """The first instant after the last day, `until`; the end of all time for the last day there is."""
    try:
        return _midnight(agreement.until + timedelta(days=1), agreement.time_zone)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _midnight(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def proposal(record: Record, agreement: Agreement) -> Event | None:
    """The event that put exactly these bytes to the signatories, or None; another partnership's agreement has none."""
    if agreement.partnership != record.partnership.id:
        return None
    for event in record.of_kind("proposed"):
        if event.agreement == agreement.version and event.document == agreement.digest:
            return event
    return None


def signatures(record: Record, agreement: Agreement) -> tuple[Event, ...]:
    """The signatures under exactly these bytes, of a kind the agreement accepts, each after the proposal."""
    proposed = proposal(record, agreement)
    if proposed is None:
        return ()
    after = record.events[record.events.index(proposed) + 1 :]
    return tuple(
        event
        for event in after
        if event.kind == "signed"
        and event.agreement == agreement.version
        and event.document == agreement.digest
        and event.strength in agreement.accepted
        and event.by in agreement.signatories
    )


def missing(record: Record, agreement: Agreement) -> tuple[str, ...]:
    """The signatories who have not signed, in the agreement's order; all of them while it is not proposed."""
    signed = {event.by for event in signatures(record, agreement)}
    return tuple(party for party in agreement.signatories if party not in signed)


def complete(record: Record, agreement: Agreement) -> bool:
    """Whether every signatory has signed. An agreement that nobody has to sign is never complete."""
    return bool(agreement.signatories) and not missing(record, agreement)


def ended(record: Record) -> Event | None:
    """The event that ended the partnership, or None."""
    events = record.of_kind(*ENDING)
    return events[0] if events else None


def in_force(record: Record, now: datetime) -> Agreement | None:
    """The newest version that all its signatories have signed and that has taken effect, unless it has run out.

    An expired newer version never revives an older one: the parties agreed to replace that.
    """
    if ended(record) is not None:
        return None
    signed = [a for a in record.agreements if (begins := begins_at(record, a)) is not None and begins <= now]
    newest = max(signed, key=lambda a: a.version, default=None)
    return newest if newest is not None and now < expires(newest) else None


def completed_at(record: Record, agreement: Agreement) -> datetime | None:
    """When the last missing signature arrived, or None while one is missing."""
    if not complete(record, agreement):
        return None
    first: dict[str, datetime] = {}
    for event in signatures(record, agreement):
        first[event.by] = min(event.at, first.get(event.by, event.at))
    return max(first.values())


def begins_at(record: Record, agreement: Agreement) -> datetime | None:
    """The first instant at which the agreement is in force: signed by all and effective. None while unsigned."""
    signed = completed_at(record, agreement)
    return None if signed is None else max(signed, starts(agreement))
