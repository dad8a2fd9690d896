"""S-14, S-27: coaching begins only once everybody has signed the agreement and it has taken effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.force import in_force


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each `began` that no agreement in force stands behind."""
    del now
    for event in record.of_kind("began"):
        if in_force(record.before(event), event.at) is None:
            yield Problem(
                f"coaching began with event {event.id} before an agreement was in force",
                why="all partners sign before coaching begins",
                place=event.place,
                hint="see who had not signed: confide agree status",
                rule="signed-before-coaching",
            )
