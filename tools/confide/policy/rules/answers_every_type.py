"""S-28: an agreement says of every type of information whether it is shared; silence about a type is an error."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import NINE_TYPES, base_type


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each of the nine types, and each type the agreement adds, that no term speaks of."""
    del now
    for agreement in record.agreements:
        answered = {base_type(what) for term in agreement.terms for what in term.what or ()}
        if any(term.what is None and not term.shares for term in agreement.terms):
            continue  # a withhold term without `what` speaks of everything
        for what in (*NINE_TYPES, *agreement.types):
            if what not in answered:
                yield Problem(
                    f"nobody has said who may learn `{what}`",
                    why=f"agreement {agreement.version} has no term about it",
                    place=agreement.place,
                    hint="add a term that shares or withholds it",
                    rule="answers-every-type",
                )
