"""One partnership for the analyses: everybody takes part, and an agreement is whatever clauses a test names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from confide.model.agreement import Agreement, Term
from confide.model.partnership import Partnership, Party
from confide.model.words import Role, role_of
from confide.policy.analysis.answers import Answers
from confide.policy.analysis.change import Change
from confide.policy.analysis.finding import Finding
from confide.policy.analysis.space import recipients_of, types_of
from tests.policy import small
from tests.policy.small import share, withhold

__all__ = ["ALL", "PARTNERSHIP", "Asked", "agreement", "ask", "kinds", "said", "share", "withhold"]

PARTNERSHIP = replace(small.record().partnership, parties=tuple(
    Party(party, role_of(party) or Role.SOURCE) for party in ("coach", "client", "payer", "manager", "adviser", "peers")
))  # fmt: skip
NINE = (
    *("assessment-results", "partnership-goals", "career-aspirations", "feedback", "performance-appraisals"),
    *("conflicts", "discussions", "proprietary", "strategy"),
)
# A withhold clause that answers for everything a test is not about.
ALL = withhold("rest", what=NINE)


class Asked:
    """An agreement with what every analysis takes: the answers, the types and the parties."""

    def __init__(self, agreement: Agreement, partnership: Partnership = PARTNERSHIP) -> None:
        self.agreement = agreement
        self.answers = Answers.of(agreement, partnership)
        self.types = types_of(agreement)
        self.parties = recipients_of(partnership, agreement)


def agreement(*terms: Term, **fields: Any) -> Agreement:
    """From 12 January to the end of 2026, signed by coach, client and payer, unless a field says otherwise."""
    return small.agreement(*terms, **({"effective": date(2026, 1, 12)} | fields))


def ask(*terms: Term, partnership: Partnership = PARTNERSHIP, **fields: Any) -> Asked:
    return Asked(agreement(*terms, **fields), partnership)


def said(findings: Iterable[Finding | Change]) -> list[str]:
    return [found.sentence for found in findings]


def kinds(findings: Iterable[Finding | Change]) -> list[str]:
    return [found.kind for found in findings]
