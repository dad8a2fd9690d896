"""S-27: versions follow each other without a gap: each number once, none before the one it replaces, no day between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from confide.model.agreement import Agreement
from confide.model.problem import Problem
from confide.model.record import Record


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each version that leaves a number out, begins before its predecessor, or after its end."""
    del now
    ordered = sorted(record.agreements, key=lambda agreement: agreement.version)
    for number, agreement in enumerate(ordered, 1):
        before = ordered[number - 2] if number > 1 else None
        last = before.version if before else 0
        if agreement.version != last + 1:
            yield _problem(agreement, f"follows agreement {last}" if last else "is the first", "number them one by one")
        if before is None:
            continue
        if agreement.effective < before.effective:
            what = f"takes effect on {agreement.effective}, before agreement {before.version} does"
            yield _problem(agreement, what, f"let it begin on {before.effective} or later")
        elif agreement.effective > before.until + timedelta(days=1):
            what = f"takes effect on {agreement.effective}; agreement {before.version} ends on {before.until}"
            yield _problem(agreement, what, "in between nothing may be told to anybody")


def _problem(agreement: Agreement, what: str, hint: str) -> Problem:
    return Problem(
        f"agreement {agreement.version} {what}",
        why="what is agreed has to be certain for every day",
        place=agreement.place,
        hint=hint,
        rule="no-gap-between-versions",
    )
