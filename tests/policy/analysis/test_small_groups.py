"""Small groups: what becomes of each circle is said before anything is collected."""

from __future__ import annotations

from collections.abc import Mapping

from confide.model.words import Attribution
from confide.policy.analysis.finding import Level
from confide.policy.analysis.small_groups import small_groups
from tests.policy.analysis.world import agreement, said, share

NAMED = share("feedback", what=("feedback",), recipients=("client",), attribution=Attribution.CATEGORY)


def found(circles: Mapping[str, int], k: int = 3) -> list[str]:
    return said(
        small_groups(agreement(NAMED, clauses={"feedback": {"circles": circles}}, settings={"smallest-group": k}))
    )


def test_circles_that_are_large_enough() -> None:
    """Nothing to say."""
    assert found({"peers": 5, "reports": 3}) == []


def test_a_small_circle_and_the_one_that_hides_it() -> None:
    """The board's one would follow by subtraction if the reports' three were named."""
    assert found({"peers": 5, "reports": 3, "board": 1}) == [
        "the board (1): fewer than 3, so their feedback comes from a wider group, never from them",
        "the reports (3) join that wider group: otherwise anybody could subtract, and know what the board said",
    ]


def test_small_circles_that_hide_each_other() -> None:
    """Together they are three: none else has to join."""
    assert found({"peers": 5, "reports": 2, "board": 1}) == [
        "the board (1) and the reports (2): fewer than 3, so their feedback comes from a wider group, never from them"
    ]


def test_too_few_even_together() -> None:
    """A pool of two names nobody and protects nobody."""
    assert found({"reports": 1, "board": 1}) == [
        "the board (1) and the reports (1) are fewer than 3 even together: their feedback is never attributed"
    ]


def test_a_clause_by_group_without_circles() -> None:
    """It would never say what it promises to say."""
    [finding] = small_groups(agreement(NAMED))
    assert finding.sentence == (
        "clause feedback may say from which group feedback comes, and no circle has a size: it will never be said"
    )
    assert (finding.level, finding.terms) == (Level.LOOK, ("feedback",))
    assert list(small_groups(agreement(share()))) == []


def test_a_group_of_one() -> None:
    """The reader of files refuses it; an agreement from elsewhere is told."""
    assert found({"peers": 5}, k=1) == ["a smallest group of one is a person: nobody is protected by it"]
