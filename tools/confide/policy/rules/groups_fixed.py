"""S-18: how large a circle must be to be named is fixed before anything is collected, and is never fewer than three."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.agreement import Agreement, Term
from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import Attribution, Role
from confide.policy.groups import SMALLEST, circles_of, smallest_group


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for a threshold below three, one that an amendment lowers, and circles that nobody counted."""
    del now
    sources = any(party.role is Role.SOURCE and party.active for party in record.partnership.parties)
    before: Agreement | None = None
    for agreement in sorted(record.agreements, key=lambda a: a.version):
        k = smallest_group(agreement)
        if k < SMALLEST:
            yield _problem(agreement, f"names circles of {k} people", f"`smallest-group: {SMALLEST}` or more")
        if before is not None and k < smallest_group(before):
            was = smallest_group(before)
            yield _problem(agreement, f"lowers the smallest group from {was} to {k}", f"`smallest-group: {was}`")
        naming = next((term.id for term in agreement.terms if _names_circles(term)), "")
        if sources and naming and not circles_of(agreement):
            what = f"names circles in clause `{naming}` and counts none"
            yield _problem(agreement, what, "`circles: {peers: 5}`")
        before = agreement


def _names_circles(term: Term) -> bool:
    return term.shares and term.attribution is Attribution.CATEGORY and term.about("feedback")


def _problem(agreement: Agreement, what: str, hint: str) -> Problem:
    return Problem(
        f"agreement {agreement.version} {what}",
        why="in a small circle a category is a name; what was promised to those who spoke cannot be changed after",
        place=agreement.place,
        hint=hint,
        rule="groups-fixed",
    )
