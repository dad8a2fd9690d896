"""The record of one partnership: what a decision is taken on, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.instrument import Instrument
from confide.model.partnership import Partnership
from confide.model.problem import Problem


@dataclass(frozen=True)
class Record:
    """What is known about one partnership at one commit. `events` stand in the ledger's order.

    `faults` are what verification found wrong: while there is one, nothing is allowed and nothing is shown.
    """

    partnership: Partnership
    agreements: tuple[Agreement, ...] = ()
    events: tuple[Event, ...] = ()
    faults: tuple[Problem, ...] = ()
    instruments: tuple[Instrument, ...] = ()

    def before(self, event: Event) -> Record:
        """The record as it was known just before `event` was introduced."""
        index = next(i for i, known in enumerate(self.events) if known.id == event.id)
        return replace(self, events=self.events[:index])

    def of_kind(self, *kinds: str) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.kind in kinds)

    def event(self, event_id: str) -> Event | None:
        return next((event for event in self.events if event.id == event_id), None)

    def agreement(self, version: int) -> Agreement | None:
        return next((a for a in self.agreements if a.version == version), None)
