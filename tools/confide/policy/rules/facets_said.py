"""S-28: every term means something certain: a share term says all six facets, and every word in it is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.malformed import malformed


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each term that cannot be obeyed; while there is one, nothing is allowed."""
    del now
    for agreement in record.agreements:
        for reason in malformed(agreement):
            yield Problem(
                reason.message,
                why="nobody knows what it would forbid, so it forbids everything",
                place=reason.place,
                hint=reason.change,
                rule="facets-said",
            )
