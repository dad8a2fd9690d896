"""S-35: what was said in the sessions never goes to the payer or a stakeholder word for word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import Form, Role, base_type, role_of
from confide.policy.force import still_counting

TALKS = "discussions"
OUTSIDE = (Role.PAYER, Role.STAKEHOLDER)


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each clause that shares details of discussions verbatim with those outside of the sessions."""
    for agreement in still_counting(record, now):
        for term in agreement.terms:
            talks = term.shares and term.form is Form.VERBATIM and any(base_type(w) == TALKS for w in term.what or ())
            heard = [party for party in term.recipients or () if talks and role_of(party) in OUTSIDE]
            for party in heard:
                yield Problem(
                    f"clause `{term.id}` shares `{TALKS}` with `{party}` word for word",
                    why="nobody speaks freely where every word may be repeated",
                    place=term.place,
                    hint="narrow it to a summary, or withhold it",
                    rule="talks-never-verbatim",
                )
