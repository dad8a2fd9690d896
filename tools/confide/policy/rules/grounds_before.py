"""S-23: what a disclosure rests on stands before it: a notice, a promise or an answer that came later is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each ground that is not on record, or stands after what it is the ground of."""
    del now
    seen: set[str] = set()
    known = {event.id for event in record.events}
    for event in record.events:
        for ground in event.because:
            if ground not in seen:
                where = "came later" if ground in known else "is not there"
                yield Problem(
                    f"{event.kind} {event.id} rests on event {ground}, which {where}",
                    why="before means before, in the order of the record",
                    place=event.place,
                    hint="look at both: confide log --all",
                    rule="grounds-before",
                )
        seen.add(event.id)
