"""no-gap-between-versions (S-27): each version follows the one before it."""

from __future__ import annotations

from datetime import date

import pytest

from confide.policy.rules.no_gap_between_versions import check
from tests.policy.small import NOW, agreement, record


def found_in(*versions: tuple[int, date, date]) -> list[str]:
    agreements = [agreement(version=n, effective=first, until=last) for n, first, last in versions]
    problems = list(check(record(*agreements), NOW))
    assert {problem.rule for problem in problems} <= {"no-gap-between-versions"}
    return [problem.what for problem in problems]


FIRST = (1, date(2026, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize("effective", [date(2026, 1, 1), date(2026, 3, 1), date(2026, 7, 1)])
def test_a_version_that_follows_is_clean(effective: date) -> None:
    """It takes over at once, in between, or on the day after."""
    assert found_in(FIRST, (2, effective, date(2026, 12, 31))) == []


def test_a_day_between_is_a_violation() -> None:
    """On 1 July nothing may be told to anybody."""
    found = found_in(FIRST, (2, date(2026, 7, 2), date(2026, 12, 31)))
    assert found == ["agreement 2 takes effect on 2026-07-02; agreement 1 ends on 2026-06-30"]


def test_a_version_before_the_first_is_a_violation() -> None:
    """What it replaces would begin later than itself."""
    found = found_in(FIRST, (2, date(2025, 12, 1), date(2026, 12, 31)))
    assert found == ["agreement 2 takes effect on 2025-12-01, before agreement 1 does"]


def test_a_number_left_out_is_a_violation() -> None:
    """Somebody would look for agreement 2, and for agreement 1."""
    assert found_in(FIRST, (3, date(2026, 7, 1), date(2026, 12, 31))) == ["agreement 3 follows agreement 1"]
    assert found_in((2, date(2026, 1, 1), date(2026, 6, 30))) == ["agreement 2 is the first"]
