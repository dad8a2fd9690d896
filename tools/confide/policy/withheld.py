"""Step 5: every withhold that matches, of the agreement, of its summary, and of every instrument in force.

Each is listed. One is lifted only as it says itself: by a written permission of whose it is to give, or because whoever
it names has denied its circumstances.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from confide.model.agreement import Agreement, Term
from confide.model.decision import Reason, Request
from confide.model.record import Record
from confide.model.words import Role, role_of
from confide.policy import circumstances, instruments, summary, terms
from confide.policy.flow import Flow
from confide.policy.index import clauses_of
from confide.policy.permission import permitted_by_all
from confide.policy.voices import each, owners


def withheld(asked: Flow, agreement: Agreement) -> Iterator[Reason]:
    """Step 5: withhold terms of the agreement and of every instrument in force, unless the permission is there."""
    request, known = asked.request, clauses_of(agreement)

    def lifted(term: Term) -> bool:
        denied = circumstances.denied(asked, agreement, term)
        if denied is not None:
            asked.rest_on(denied)
            return True
        # She lifts what is about her, and nobody in her place; all who speak for the owner, what is theirs.
        hers = term.unless == terms.CLIENT_PERMITS
        who = _herself(asked) if hers else owners(asked.exact, agreement, asked.record)
        given = permitted_by_all(asked, who) if term.unless else ()
        asked.rest_on(*given)
        return bool(given)

    yield from terms.withholds(request, known.withholds(request.what, request.recipient), lifted)
    yield from summary.excluded(request, agreement)
    for instrument in instruments.in_force(asked.record, asked.now, known.zone):
        yield from _of_instrument(terms.withholds(request, instrument.restricts, lifted))


def by_instruments_alone(request: Request, record: Record, now: datetime) -> Iterator[Reason]:
    """What instruments forbid while no agreement is in force: they need nobody's signature."""
    for instrument in instruments.in_force(record, now, UTC):
        yield from _of_instrument(terms.withholds(request, instrument.restricts, lambda _: False))


def _of_instrument(reasons: Iterator[Reason]) -> Iterator[Reason]:
    return (replace(reason, sid="S-07") for reason in reasons)


def _herself(asked: Flow) -> tuple[str, ...]:
    """The clients whom the text is about; nobody where it is about somebody else."""
    subjects = each(asked.exact.subject, asked.record)
    return subjects if all(role_of(subject) is Role.CLIENT for subject in subjects) else ()
