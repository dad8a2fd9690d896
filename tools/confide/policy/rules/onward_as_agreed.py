"""S-22: who may pass something on was agreed before coaching began; what is added later is not taken for original."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.agreement import Agreement, Term
from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy import force


def check(record: Record, now: datetime) -> Iterator[Problem]:
    """One violation for each party the newest version lets others tell, and the one coaching began under did not."""
    del now
    began = next(iter(record.of_kind("began")), None)
    first = force.in_force(record.before(began), began.at) if began is not None else None
    newest = max(record.agreements, key=lambda agreement: agreement.version, default=None)
    if began is None or first is None or newest is None or newest.version == first.version:
        return
    for term in newest.terms:
        for party in term.onward or () if term.shares else ():
            if not _agreed(first, term, party):
                yield Problem(
                    f"clause `{term.id}` lets {', '.join(term.recipients or ())} pass it on to `{party}`",
                    why=f"that was added after coaching began on {began.at:%d %B %Y}",
                    place=term.place,
                    hint="leave `onward` as it was; for one text, she permits it: confide permit",
                    rule="onward-as-agreed",
                )


def _agreed(first: Agreement, added: Term, party: str) -> bool:
    """Whether the first version let the same people pass on the same types to this party."""
    before = [term for term in first.terms if term.shares and party in (term.onward or ())]
    return all(
        any(term.about(what) and recipient in (term.recipients or ()) for term in before)
        for what in added.what or ()
        for recipient in added.recipients or ()
    )
