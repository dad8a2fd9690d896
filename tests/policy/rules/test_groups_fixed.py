"""groups-fixed (S-18): the smallest group is three or more, is never lowered, and circles are counted."""

from __future__ import annotations

import pytest

from confide.model.agreement import Agreement
from confide.model.words import Attribution
from confide.policy.rules.groups_fixed import check
from tests.policy.small import NOW, agreement, record, share

FEEDBACK = share("feedback", what=("feedback",), recipients=("client",), attribution=Attribution.CATEGORY)
CIRCLES = {"feedback": {"circles": {"peers": 5}}}


def found_in(*agreements: Agreement) -> list[str]:
    problems = list(check(record(*agreements), NOW))
    assert {problem.rule for problem in problems} <= {"groups-fixed"}
    return [problem.what for problem in problems]


@pytest.mark.parametrize("settings", [{}, {"smallest-group": 3}, {"smallest-group": 7}])
def test_three_or_more_are_clean(settings: dict[str, object]) -> None:
    """The usual three, or more."""
    assert found_in(agreement(FEEDBACK, settings=settings, clauses=CIRCLES)) == []


def test_a_group_of_two_is_a_violation() -> None:
    """Each of two knows what the other said."""
    assert found_in(agreement(settings={"smallest-group": 2})) == ["agreement 1 names circles of 2 people"]


def test_an_amendment_that_lowers_it_is_a_violation() -> None:
    """What was promised to those who spoke is not changed after."""
    before, after = agreement(settings={"smallest-group": 5}), agreement(version=2, settings={"smallest-group": 4})
    assert found_in(before, after) == ["agreement 2 lowers the smallest group from 5 to 4"]
    assert (
        found_in(agreement(settings={"smallest-group": 4}), agreement(version=2, settings={"smallest-group": 5})) == []
    )


def test_a_category_of_circles_that_nobody_counted_is_a_violation() -> None:
    """Nobody knows whether it is large enough."""
    assert found_in(agreement(FEEDBACK)) == ["agreement 1 names circles in clause `feedback` and counts none"]
