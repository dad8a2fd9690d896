"""S-03: every disclosure on record was permitted by the agreement in force at its own moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.replay import lapses


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each disclosure that is not allowed when it is decided again."""
    del now
    yield from lapses(record)
