"""summary-consistent (S-12, S-13): the summary holds what it includes, and she reads it first."""

from __future__ import annotations

from datetime import date

import pytest

from confide.model.agreement import Moment
from confide.policy.rules.summary_consistent import check
from tests.policy.small import NOW, agreement, record

CLAUSE = {
    "includes": ("partnership-goals/shared",),
    "excludes": ("conflicts", "feedback"),
    "due": (date(2026, 6, 30), date(2026, 12, 31)),
    "when": (Moment("client-first"),),
}


def found_in(**changed: object) -> list[str]:
    problems = list(check(record(agreement(clauses={"summary": CLAUSE | changed})), NOW))
    assert {problem.rule for problem in problems} <= {"summary-consistent"}
    return [problem.what for problem in problems]


def test_a_clause_that_agrees_with_itself_is_clean() -> None:
    """And so is an agreement without a summary."""
    assert found_in() == []
    assert list(check(record(), NOW)) == []


@pytest.mark.parametrize("excluded", ["partnership-goals/shared", "partnership-goals"])
def test_what_is_both_in_and_out_is_a_violation(excluded: str) -> None:
    """The very type, or the one it is a kind of."""
    what = "the summary of agreement 1 includes `partnership-goals/shared` and excludes"
    assert found_in(excludes=(excluded,)) == [f"{what} `{excluded}`"]


def test_a_day_outside_of_the_agreement_is_a_violation() -> None:
    """Nothing is in force on that day."""
    found = found_in(due=(date(2027, 1, 1),))
    assert found == ["the summary of agreement 1 is due on 2027-01-01, when it is not in force"]


def test_a_summary_she_does_not_read_first_is_a_violation() -> None:
    """She sees it first, and may answer."""
    assert found_in(when=(Moment("always"),)) == ["the summary of agreement 1 does not wait until she has read it"]
