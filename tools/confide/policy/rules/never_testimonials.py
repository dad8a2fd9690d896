"""S-06: there is no type of information for testimonials, recommendations or lists of clients; no consent makes one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.force import still_counting

FORBIDDEN = ("testimonial", "recommendation", "reference", "endorsement", "client-list", "success-story", "case-study")


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each type an agreement adds, or a term names, that is a praise of the coach by another name."""
    for agreement in still_counting(record, now):
        for what in agreement.types:
            if what in FORBIDDEN or what.removesuffix("s") in FORBIDDEN or what.replace("ies", "y") in FORBIDDEN:
                yield Problem(
                    f"agreement {agreement.version} adds the type `{what}`",
                    why="never public client lists, recommendations or testimonies, whoever consents",
                    place=agreement.place,
                    hint="leave it out",
                    rule="never-testimonials",
                )
