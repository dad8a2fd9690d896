"""One agreement, gone through from every side: what a coach should see before she proposes it."""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.agreement import Agreement
from confide.model.partnership import Partnership
from confide.model.record import Record
from confide.policy.analysis.answers import Answers
from confide.policy.analysis.closure import leaks
from confide.policy.analysis.conflicts import conflicts
from confide.policy.analysis.dead import dead, distinct
from confide.policy.analysis.deadlocks import deadlocks
from confide.policy.analysis.exceptions import reach
from confide.policy.analysis.finding import Finding
from confide.policy.analysis.forbidden import forbidden
from confide.policy.analysis.gaps import gaps
from confide.policy.analysis.replayed import replayed
from confide.policy.analysis.small_groups import small_groups
from confide.policy.analysis.space import recipients_of, types_of


def examine(agreement: Agreement, partnership: Partnership, record: Record | None = None) -> tuple[Finding, ...]:
    """Every finding about one version, the analyses in the order of POLICY.md. With `record` its disclosures too.

    A version with a clause that cannot be obeyed has nothing to analyse: every answer is no, and `check` says why.
    """
    return tuple(_examine(agreement, partnership, record))


def _examine(agreement: Agreement, partnership: Partnership, record: Record | None) -> Iterator[Finding]:
    once, repeats = distinct(agreement)
    answers = Answers.of(once, partnership)
    yield from repeats
    if not answers.broken:
        types, parties = types_of(agreement), recipients_of(partnership, agreement)
        yield from gaps(answers, types, parties)
        yield from conflicts(answers, types)
        yield from dead(answers, types, parties)
        yield from forbidden(answers, types)
        yield from deadlocks(answers)
        yield from leaks(answers, types, parties)
        yield from small_groups(agreement)
        yield from reach(answers, types)
    if record is not None:
        yield from replayed(record, agreement.version)
