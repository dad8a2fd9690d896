"""A life in the making: events with rising ids and times, each linked as the ledger would do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from confide.model.event import Event
from confide.model.problem import Place
from confide.model.record import Record
from confide.policy.chain import linked
from tests.policy.generate_terms import START, P


class Life:
    """Appends events, each linked to what its parties could see before."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.at = START

    def add(self, kind: str, by: str, *, hours: int = 7, **fields: object) -> Event:
        self.at += timedelta(hours=hours)
        n = len(self.record.events)
        event = Event(f"{n:08}", kind, P, self.at, by, place=Place(f"events/{n:08}.yml"), **fields)  # type: ignore[arg-type]
        event = linked(self.record, event)
        self.record = replace(self.record, events=(*self.record.events, event))
        return event


Step = Callable[[st.DrawFn, Life], None]
