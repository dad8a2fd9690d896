"""retention-given (S-27): what is kept has an end."""

from __future__ import annotations

import pytest

from confide.policy.rules.retention_given import check
from tests.policy.small import NOW, agreement, record


def test_both_periods_are_clean() -> None:
    """Of the notes, and of the agreement with its log."""
    clause = {"notes": "1 year after end", "agreement-and-log": "6 years"}
    assert list(check(record(agreement(clauses={"retention": clause})), NOW)) == []


@pytest.mark.parametrize(
    ("clauses", "missing"),
    [
        ({}, ["the notes", "the agreement and the log"]),
        ({"retention": {"notes": "1 year"}}, ["the agreement and the log"]),
    ],
)
def test_each_that_is_missing_is_a_violation(clauses: dict[str, object], missing: list[str]) -> None:
    """Named one by one, at the agreement."""
    known = agreement(clauses=clauses)
    found = list(check(record(known), NOW))
    assert [p.what for p in found] == [f"agreement 1 does not say how long {what} are kept" for what in missing]
    assert {p.place for p in found} == {known.place}
    assert {p.rule for p in found} == {"retention-given"}
