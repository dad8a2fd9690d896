"""What happened against the rules, and what is said of it for ever after (promise 6).

A lapse is recorded because it is true, not because it was allowed: nothing decides about it, and nothing takes it away.
"""

from __future__ import annotations

from confide.model.event import Event
from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.withdrawal import EVENT

KIND = "lapse"


def answered(record: Record, event: Event) -> bool:
    """Whether a lapse says what was done about an event that was not allowed."""
    return any(lapse.target == EVENT + event.id for lapse in record.of_kind(KIND))


def recorded(record: Record) -> tuple[Problem, ...]:
    """Every lapse on record, for whoever reviews it."""
    return tuple(
        Problem(
            f"lapse {lapse.id}: {', '.join(lapse.what)} reached {', '.join(lapse.to) or 'somebody'}",
            "it was recorded because it happened; what was done about it is sealed beside it",
            lapse.place,
            rule=KIND,
        )
        for lapse in record.of_kind(KIND)
    )
