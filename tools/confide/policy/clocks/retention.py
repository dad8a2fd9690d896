"""What is kept too long (S-27): its day is over, no hold stands, and nobody has destroyed it yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from confide.model.destruction import EVERYTHING
from confide.model.due import Due
from confide.policy import retention
from confide.policy.clocks.desk import Desk
from confide.policy.destruction import announced

SLUG = "retention"
# Destroying is announced to those concerned and thought over: it is on the board a while before.
AHEAD = timedelta(days=30)


def clock(desk: Desk) -> Iterator[Due]:
    """The first day on which each may be destroyed, and every announcement whose day has come."""
    for kept in retention.keeping(desk.record, desk.now, desk.notes):
        if not kept.held and kept.until - desk.today <= AHEAD:
            scope = "the record" if kept.scope == EVERYTHING else kept.scope
            yield desk.due(SLUG, kept.until + timedelta(days=1), f"keep {scope} no longer", "confide destroy")
    for event in announced(desk.record):
        if event.day is not None:
            yield desk.due(SLUG, event.day, f"destroy {event.scope}, as announced", "confide destroy")
