"""What an amendment changes beside its terms: each part of an agreement, and which way it goes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from confide.policy.analysis.change import Direction
from confide.policy.analysis.diff import diff
from tests.policy.analysis.world import PARTNERSHIP, agreement, kinds, share

GOALS = share("goals")


@pytest.mark.parametrize(
    ("old", "new", "sentence", "direction"),
    [
        ({}, {"until": date(2027, 12, 31)}, "it ends on 2027-12-31 instead of on 2026-12-31", Direction.WIDENS),
        ({}, {"signatories": ("coach", "client")}, "the payer no longer signs the agreement", Direction.WIDENS),
        ({}, {"accepted": ("portal", "paper")}, "paper is a signature that counts now", Direction.WIDENS),
        (
            {},
            {"channels": {"site": "controlled", "in-person": "controlled", "phone": "controlled"}},
            "`phone` now counts as controlled",
            Direction.WIDENS,
        ),
        ({}, {"settings": {"smallest-group": 2}}, "the smallest group has 2 people instead of 3", Direction.WIDENS),
        (
            {"settings": {"input-window": "5 working days"}},
            {"settings": {"input-window": "2 working days"}},
            "`input-window` of `settings` is 2 working days instead of 5 working days",
            Direction.WIDENS,
        ),
        ({}, {"law": "Scotland"}, "`law` is Scotland instead of England and Wales", Direction.CHANGES),
        ({}, {"people": "sha256:" + "0" * 64}, "it is bound to another schedule of people", Direction.CHANGES),
        (
            {},
            {"time_zone": "Europe/Paris"},
            "days begin in Europe/Paris instead of in Europe/London",
            Direction.CHANGES,
        ),
        (
            {},
            {"consent": {"about-client": (), "about-organisation": ("payer",)}},
            "the client is no longer asked for consent (about client)",
            Direction.WIDENS,
        ),
    ],
)
def test_changes_beside_the_terms(old: Any, new: Any, sentence: str, direction: Direction) -> None:
    """Period, people, signatures, channels and settings."""
    found = diff(agreement(GOALS, **old), agreement(GOALS, version=2, **new), PARTNERSHIP)
    assert (sentence, direction) in [(change.sentence, change.direction) for change in found]


@pytest.mark.parametrize(
    ("old", "new", "sentence", "direction"),
    [
        ({}, {"exceptions": {"threat": {"to": ("police",)}}}, "the exception `threat` is new", Direction.WIDENS),
        (
            {"exceptions": {"threat": {"to": ("police",), "consult": "adviser"}}},
            {"exceptions": {"threat": {"to": ("police", "payer.hr"), "consult": "adviser"}}},
            "the payer's HR may be told under the exception `threat` now",
            Direction.WIDENS,
        ),
        (
            {"exceptions": {"illegal": {"to": ("police", "authority")}}},
            {"exceptions": {"illegal": {"to": ("police",)}}},
            "the authority may no longer be told under the exception `illegal`",
            Direction.NARROWS,
        ),
        (
            {"exceptions": {"threat": {"to": ("police",), "consult": "adviser"}}},
            {"exceptions": {"threat": {"to": ("police",)}}},
            "`consult` of `threat` of `exceptions` is gone: it was adviser",
            Direction.WIDENS,
        ),
        (
            {"summary": {"to": ("payer",), "if-silent": "hold"}},
            {"summary": {"to": ("payer",), "if-silent": "send"}},
            "`if-silent` of `summary` is send instead of hold",
            Direction.WIDENS,
        ),
        (
            {"summary": {"to": ("payer",), "excludes": ("conflicts",)}},
            {"summary": {"to": ("payer", "manager"), "excludes": ()}},
            "conflicts is no longer kept out of the summary",
            Direction.WIDENS,
        ),
        (
            {"feedback": {"circles": {"peers": 5}}},
            {"feedback": {"circles": {"peers": 4}}},
            "the circle of peers has 4 people instead of 5",
            Direction.CHANGES,
        ),
        (
            {"retention": {"notes": "1 year after end"}},
            {"retention": {"notes": "2 years after end"}},
            "`notes` of `retention` is 2 years after end instead of 1 year after end",
            Direction.CHANGES,
        ),
    ],
)
def test_changes_of_clauses(old: Any, new: Any, sentence: str, direction: Direction) -> None:
    """Exceptions, the summary, feedback, and whatever else the agreement says."""
    found = diff(agreement(GOALS, clauses=old), agreement(GOALS, version=2, clauses=new), PARTNERSHIP)
    assert (sentence, direction) in [(change.sentence, change.direction) for change in found]


def test_a_channel_that_is_newly_controlled_is_said_once() -> None:
    """Not again for each type and party that may now be told through it."""
    more = {"site": "controlled", "in-person": "controlled", "phone": "controlled"}
    assert kinds(diff(agreement(GOALS), agreement(GOALS, version=2, channels=more), PARTNERSHIP)) == ["channel"]
