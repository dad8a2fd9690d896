"""S-27: what was destroyed had been announced, its day had come, nobody had called it off, and no legal hold stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from confide.model.event import Event
from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.destruction import announcement, may_be_carried_out
from confide.policy.hold import holds


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each destruction that should not have happened then."""
    del now
    for position, event in enumerate(record.events):
        why = _why_not(replace(record, events=record.events[:position]), event) if event.kind == "destroyed" else ""
        if why:
            yield Problem(
                f"destruction {event.id} should not have happened on {event.at:%d %B %Y}",
                why=why,
                place=event.place,
                hint="what is gone cannot be brought back: record it, and tell whom it concerns: confide lapse",
                rule="destroyed-as-announced",
            )


def _why_not(before: Record, event: Event) -> str:
    announced = announcement(before, event.scope)
    if holds(before):
        return "a legal hold stood: the law asked for what was destroyed"
    if announced is None or announced.id not in event.because:
        return "it was not announced, or had been called off"
    if not may_be_carried_out(announced, event.at.date()):
        return f"it was announced for {announced.day:%d %B %Y}, so that whoever objects could say so"
    return ""
