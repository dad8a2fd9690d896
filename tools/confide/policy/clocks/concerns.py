"""Somebody raised a concern, about retaliation for example (S-24): it is answered as promptly as feedback is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from confide.model.detail import CONCERN
from confide.model.due import Due
from confide.policy import cases, feedback_clock
from confide.policy.clocks.desk import Desk

SLUG = "concerns"


def clock(desk: Desk) -> Iterator[Due]:
    """One line for each concern without an answer."""
    for thread in cases.threads(desk.steps or (), CONCERN):
        if not thread.open or thread.last("answered") is not None:
            continue
        on = thread.steps[0].detail.facts.get("on")
        raised = on if isinstance(on, date) else desk.day(thread.steps[0].event.at)
        day = feedback_clock.promptly_after(desk.agreement, raised, desk.working)
        yield desk.due(SLUG, day, f"concern {thread.id} has no answer", "confide concern")
