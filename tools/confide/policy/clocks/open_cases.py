"""A legal duty that was opened and not closed (S-10): a case is not left lying."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from confide.model.detail import DUTY
from confide.model.due import Due
from confide.policy import cases
from confide.policy.clocks.desk import Desk

SLUG = "open-cases"
# A threat or an order does not wait; a week without a step is a case forgotten.
WITHIN = timedelta(days=7)


def clock(desk: Desk) -> Iterator[Due]:
    """A week after the newest step of each open case; what nobody has unlocked is said to be unknown."""
    if desk.steps is None:
        if desk.record.of_kind(cases.KIND):
            yield desk.due(SLUG, desk.today, "sealed cases were not looked at", "confide due")
        return
    for thread in cases.threads(desk.steps, DUTY):
        if thread.open:
            day = desk.day(thread.steps[-1].event.at) + WITHIN
            yield desk.due(SLUG, day, f"case {thread.id} is open", "confide duty show")
