"""Legal holds: while one stands, nothing of the partnership is destroyed (POLICY, legal duty).

A hold is an event of its own, in the open, so that it binds whoever has the record, keys or not. What it is about stays
in its sealed detail.
"""

from __future__ import annotations

from confide.model.event import Event
from confide.model.record import Record
from confide.policy.withdrawal import EVENT

# Kinds that begin a hold, and those that end one by naming it.
HOLDS = frozenset({"held"})
ENDS = frozenset({"released"})


def holds(record: Record) -> tuple[Event, ...]:
    """The holds that stand, oldest first."""
    over = {event.target.removeprefix(EVENT) for event in record.events if event.kind in ENDS}
    return tuple(event for event in record.events if event.kind in HOLDS and event.id not in over)
