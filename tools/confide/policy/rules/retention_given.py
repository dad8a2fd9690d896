"""S-27: an agreement says how long notes are kept, and how long itself and its log, so that keeping has an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.force import still_counting

KEPT = {"notes": "the notes", "agreement-and-log": "the agreement and the log"}


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each thing that nobody has said how long to keep."""
    for agreement in still_counting(record, now):
        clause = agreement.clauses.get("retention")
        said = clause if isinstance(clause, Mapping) else {}
        for key, what in KEPT.items():
            if not said.get(key):
                yield Problem(
                    f"agreement {agreement.version} does not say how long {what} are kept",
                    why="what is kept for ever is lost some day",
                    place=agreement.place,
                    hint="`retention: {notes: 1 year after end, agreement-and-log: 6 years}`",
                    rule="retention-given",
                )
