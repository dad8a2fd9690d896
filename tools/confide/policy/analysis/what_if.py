"""What if: the record as it would be, had the agreement other terms. It changes nothing, and nobody has signed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from confide.model.agreement import Agreement, Term
from confide.model.record import Record
from confide.policy.force import in_force


def supposing(record: Record, now: datetime, terms: Iterable[Term], without: Iterable[str] = ()) -> Record:
    """The record in which the agreement in force at `now`, or else the newest, has these terms more, and those less.

    A term with the id of one of its own takes that one's place.
    """
    agreement = in_force(record, now) or max(record.agreements, key=lambda a: a.version, default=None)
    if agreement is None:
        return record
    changed = with_terms(agreement, tuple(terms), tuple(without))
    return replace(record, agreements=tuple(changed if a is agreement else a for a in record.agreements))


def with_terms(agreement: Agreement, terms: tuple[Term, ...], without: tuple[str, ...] = ()) -> Agreement:
    """The agreement with `terms` added, or in the place of its own of the same id, and without those named."""
    given = {term.id: term for term in terms}
    kept = tuple(given.get(term.id, term) for term in agreement.terms if term.id not in without)
    known = {term.id for term in kept}
    return replace(agreement, terms=(*kept, *(term for term in terms if term.id not in known)))


def as_known(record: Record, at: datetime) -> Record:
    """The record as it was known at `at`: what happened later has not happened. For a moment to come, all of it."""
    return replace(record, events=tuple(event for event in record.events if event.at <= at))
