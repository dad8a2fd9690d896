"""S-38: an agreement names who advises on confidentiality, or says why nobody does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import Role, role_of
from confide.policy.force import still_counting


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each agreement without an adviser and a reason, or whose adviser is none."""
    for agreement in still_counting(record, now):
        clause = agreement.clauses.get("adviser")
        said = clause if isinstance(clause, Mapping) else {}
        party = said.get("party", "")
        if party and role_of(party) is not Role.ADVISER:
            yield Problem(
                f"agreement {agreement.version} names `{party}` as its adviser",
                why="an adviser stands outside of what is shared",
                place=agreement.place,
                hint="name an `adviser` or a `supervisor`",
                rule="adviser-or-reason",
            )
        elif not party and not said.get("none-because"):
            yield Problem(
                f"agreement {agreement.version} names no adviser, and does not say why",
                why="somebody helps with questions of confidentiality, if possible",
                place=agreement.place,
                hint="add `adviser: {party: adviser}`, or `adviser: {none-because: …}`",
                rule="adviser-or-reason",
            )
