"""The client was not told of a legal duty, for a reason, until a day: then she is told (S-10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from confide.model.detail import DUTY
from confide.model.due import Due
from confide.policy import cases
from confide.policy.clocks.desk import Desk

SLUG = "delayed-notices"


def clock(desk: Desk) -> Iterator[Due]:
    """The end of every delay that has not ended with her being told; a closed case does not stop it."""
    for thread in cases.threads(desk.steps or (), DUTY):
        newest = thread.last("told", "delayed")
        until = newest.detail.facts.get("until") if newest is not None and newest.detail.step == "delayed" else None
        if isinstance(until, date):
            yield desk.due(SLUG, until, f"case {thread.id}: tell the client", "confide duty tell")
