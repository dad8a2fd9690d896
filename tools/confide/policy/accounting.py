"""The accounting of disclosures, as one party may read it: a line for every event they may see (S-04)."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import datetime

from confide.model.event import Event
from confide.model.projection import unnamed
from confide.model.record import Record
from confide.model.view import Entry
from confide.policy.audience import CLIENT, audience
from confide.policy.withdrawal import EVENT, disclosure_withdrawn


def entries(record: Record, party: str, asked: Container[int]) -> tuple[Entry, ...]:
    """One line for each event of the record that `party` may see, in the record's order.

    Clauses are numbered only for `asked`, the versions put to this party: the place of a clause says how many others
    there are.
    """
    return tuple(_entry(record, event, party, asked) for event in record.events if party in audience(event, record))


def register(record: Record) -> tuple[Entry, ...]:
    """One line for every event, as the coach reads it: nobody is left unnamed, and every clause has its number."""
    versions = {agreement.version for agreement in record.agreements}
    return tuple(replace(_entry(record, event, "coach", versions), to=event.to) for event in record.events)


def clauses(record: Record, event: Event, asked: Container[int]) -> tuple[int, ...]:
    """The numbers of the clauses an event rests on, for somebody who was asked to sign the agreement they stand in."""
    agreement = record.agreement(event.agreement) if event.agreement in asked else None
    return tuple(agreement.clause_number(term) for term in event.terms) if agreement else ()


def _entry(record: Record, event: Event, party: str, asked: Container[int]) -> Entry:
    return Entry(
        event=event.id,
        kind=event.kind,
        at=event.at,
        by=unnamed(event.by, event, party),
        to=tuple(dict.fromkeys(unnamed(to, event, party) for to in event.to if party in {to, CLIENT})),
        what=event.what,
        form=event.form,
        channel=event.channel,
        agreement=event.agreement,
        clauses=clauses(record, event, asked),
        terms=event.terms,
        withdrawn=_withdrawn_at(record, event, party),
        scope=event.scope,
        opened=event.kind == "shown" and bool(event.reader),
        corrects=event.target.removeprefix(EVENT) if event.kind == "corrected" else "",
    )


def _withdrawn_at(record: Record, event: Event, party: str) -> datetime | None:
    """When a disclosure ended; for the client as soon as it ended for anybody it was addressed to."""
    if event.kind not in ("disclosed", "told"):
        return None
    readers = event.to if party == CLIENT else (party,)
    times = [w.at for reader in readers if (w := disclosure_withdrawn(record, event, reader)) is not None]
    return min(times, default=None)
