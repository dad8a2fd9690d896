"""The record of one partnership: what a decision is taken on, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.instrument import Instrument
from confide.model.partnership import Partnership
from confide.model.problem import Problem


@dataclass(frozen=True)
class Record:
    """What is known about one partnership at one commit. `events` stand in the ledger's order.

    `faults` are what verification found wrong: while there is one, nothing is allowed and nothing is shown.
    `crossed` maps an event to those recorded in another clone before the two were joined: neither knew of the other.
    """

    partnership: Partnership
    agreements: tuple[Agreement, ...] = ()
    events: tuple[Event, ...] = ()
    faults: tuple[Problem, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    crossed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def before(self, event: Event) -> Record:
        """The record as it was known just before `event` was introduced."""
        index = next(i for i, known in enumerate(self.events) if known.id == event.id)
        apart = self.crossed.get(event.id, frozenset())
        if not apart:
            return replace(self, events=self.events[:index])
        return replace(self, events=tuple(known for known in self.events[:index] if known.id not in apart))

    def of_kind(self, *kinds: str) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.kind in kinds)

    def event(self, event_id: str) -> Event | None:
        return next((event for event in self.events if event.id == event_id), None)

    def agreement(self, version: int) -> Agreement | None:
        return next((a for a in self.agreements if a.version == version), None)
