"""The record on which an agreement is judged by itself: proposed, signed by all, and nothing else happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from confide.model.agreement import ON, Agreement, Term
from confide.model.event import Event
from confide.model.partnership import Partnership
from confide.model.record import Record
from confide.policy.force import in_force, starts

COACH = "coach"


def assumed(agreement: Agreement, partnership: Partnership) -> Record:
    """The record in which all have signed `agreement` by its first moment, in a way that it accepts.

    An agreement that nobody could ever sign validly gives a record in which it is not in force.
    """
    home = replace(partnership, id=agreement.partnership)
    record = Record(home, (agreement,))
    for strength in agreement.accepted:
        record = Record(home, (agreement,), tuple(_signed(agreement, strength)))
        if in_force(record, starts(agreement)) is not None:
            break
    return record


def _signed(agreement: Agreement, strength: str) -> Iterator[Event]:
    at, everybody = starts(agreement), agreement.signatories
    yield Event(
        id="00000000",
        kind="proposed",
        partnership=agreement.partnership,
        at=at,
        by=COACH,
        to=tuple(party for party in everybody if party != COACH),
        agreement=agreement.version,
        document=agreement.digest,
    )
    for number, signatory in enumerate(everybody, 1):
        yield Event(
            id=f"{number:08}",
            kind="signed",
            partnership=agreement.partnership,
            at=at,
            by=signatory,
            to=tuple(party for party in everybody if party != signatory),
            agreement=agreement.version,
            document=agreement.digest,
            strength=strength,
            number=1,
        )


def begins(agreement: Agreement, day: date) -> datetime:
    """The first moment of a day where the agreement applies."""
    return datetime.combine(day, time(), ZoneInfo(agreement.time_zone))


def dates_of(terms: Iterable[Term], agreement: Agreement) -> tuple[date, ...]:
    """The days after the agreement's first on which one of the share terms begins to apply, sorted.

    Together with the first day these are the only days on which an answer changes; after the last day all are no.
    """
    named = {
        date.fromisoformat(moment.value)
        for term in terms
        for moment in term.when or ()
        if moment.kind == ON and term.shares
    }
    return tuple(sorted(day for day in named if agreement.effective < day <= agreement.until))
