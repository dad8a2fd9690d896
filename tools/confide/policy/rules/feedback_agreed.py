"""S-19: where people give feedback about the client, all agree on what becomes of it before it is collected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import Role
from confide.policy.force import still_counting


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each agreement without a clause about feedback, in a partnership that has sources."""
    sources = [party.id for party in record.partnership.parties if party.role is Role.SOURCE and party.active]
    for agreement in still_counting(record, now) if sources else ():
        if not agreement.clauses.get("feedback"):
            yield Problem(
                f"agreement {agreement.version} does not say what becomes of feedback",
                why=f"people may give some: {', '.join(sources)}",
                place=agreement.place,
                hint="add `feedback: {unsolicited: accept, circles: {peers: 5}}`",
                rule="feedback-agreed",
            )
