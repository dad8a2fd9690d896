"""S-12: the payer's summary holds what it includes and nothing it excludes, and the client reads it first (S-13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from confide.model.agreement import Agreement
from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import covers
from confide.policy.force import still_counting

CLIENT_FIRST = "client-first"


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each type both in and out, for a day outside of the agreement, and for one she reads after."""
    for agreement in still_counting(record, now):
        clause = agreement.clauses.get("summary")
        if not isinstance(clause, Mapping) or not clause:
            continue
        for included in clause.get("includes", ()):
            for excluded in clause.get("excludes", ()):
                if covers(excluded, included) or covers(included, excluded):
                    yield _problem(agreement, f"includes `{included}` and excludes `{excluded}`", "say it once")
        for day in clause.get("due", ()):
            if not agreement.effective <= day <= agreement.until:
                yield _problem(agreement, f"is due on {day}, when it is not in force", "choose a day within it")
        if not any(moment.kind == CLIENT_FIRST for moment in clause.get("when", ())):
            yield _problem(agreement, "does not wait until she has read it", "`when: [client-first]`")


def _problem(agreement: Agreement, what: str, hint: str) -> Problem:
    return Problem(
        f"the summary of agreement {agreement.version} {what}",
        why="what it holds and leaves out is agreed in detail, and she sees it first",
        place=agreement.place,
        hint=hint,
        rule="summary-consistent",
    )
