"""What a clock may look at: one partnership's record, what of it was opened, and the moment. Pure, like a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from confide.model.agreement import Agreement
from confide.model.detail import Step
from confide.model.due import Due
from confide.model.record import Record
from confide.policy import force
from confide.policy.index import clauses_of
from confide.policy.periods import Working, monday_to_friday


@dataclass(frozen=True)
class Desk:
    """One partnership at one moment.

    steps: its sealed cases, opened; None where nobody has unlocked them. working: which days are working days where the
    agreement is. notes: the paths of its notes, for how long they are kept.
    """

    record: Record
    now: datetime
    steps: tuple[Step, ...] | None = None
    working: Working = monday_to_friday
    notes: tuple[str, ...] = ()

    @property
    def agreement(self) -> Agreement | None:
        """The one in force, or the last that was."""
        return force.in_force(self.record, self.now) or force.last_in_force(self.record, self.now)

    @property
    def zone(self) -> tzinfo:
        return clauses_of(self.agreement).zone if self.agreement is not None else UTC

    @property
    def today(self) -> date:
        return self.day(self.now)

    def day(self, moment: datetime) -> date:
        """The day of a moment where the agreement is."""
        return moment.astimezone(self.zone).date()

    def due(self, clock: str, day: date | None, what: str, command: str = "", waiting_for: str = "") -> Due:
        return Due(clock, self.record.partnership.id, day, what, command, waiting_for)


Clock = Callable[[Desk], Iterator[Due]]
