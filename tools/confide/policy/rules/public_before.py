"""S-09: what counts as public already had been so before we told it to anybody, and not through a breach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.event import Event
from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.public import NO_BREACH
from confide.policy.withdrawal import TOLD


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each citation that shows nothing: dated after our own disclosure, or in the time to come."""
    del now
    for event in record.of_kind("public"):
        why = _why_not(record, event)
        if why:
            yield Problem(
                f"publication {event.id} does not show that it was public already",
                why=why,
                place=event.place,
                hint="consent is needed for it as for anything else; a breach is recorded as one",
                rule="public-before",
            )


def _why_not(record: Record, event: Event) -> str:
    if event.evidence != NO_BREACH:
        return "nobody attests that no breach made it public"
    if event.day is None or event.day > event.at.date():
        return "it names no day before it was recorded"
    texts = {exact.commitment for exact in event.sections}
    for told in record.of_kind(*TOLD):
        if told.at.date() <= event.day and texts & {exact.commitment for exact in told.sections}:
            return f"we told it on {told.at:%d %B %Y}"
    return ""
