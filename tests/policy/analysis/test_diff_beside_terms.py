"""What changes beside the terms, and the laws of a comparison."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from confide.model.agreement import Agreement, Term
from confide.policy.analysis.assumed import assumed, begins
from confide.policy.analysis.change import Change, Direction
from confide.policy.analysis.diff import diff
from confide.policy.decide import decide
from tests.policy.analysis.world import PARTNERSHIP, agreement, kinds, share
from tests.policy.generate import partnership, requests
from tests.policy.generate_terms import agreements, share_terms

EVERYBODY = partnership()
GOALS = share("goals")
law = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def changes(old: Term | tuple[Term, ...], new: Term | tuple[Term, ...], **fields: Any) -> tuple[Change, ...]:
    before, after = ((one,) if isinstance(one, Term) else one for one in (old, new))
    return diff(agreement(*before), agreement(*after, version=2, **fields), PARTNERSHIP)


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
    assert kinds(changes(GOALS, GOALS, channels=more)) == ["channel"]


@law
@given(agreements(1))
def test_the_same_text_is_no_change(given: Agreement) -> None:
    """A version against itself, under another number and digest."""
    assert diff(given, given, EVERYBODY) == ()
    assert diff(given, replace(given, version=2, digest="sha256:" + "1" * 64), EVERYBODY) == ()


@law
@given(agreements(1), agreements(1), st.data())
def test_no_answer_changes_without_a_sentence(old: Agreement, new: Agreement, data: st.DataObject) -> None:
    """If any question about a type gets another verdict, the diff says something; a wider one is marked."""
    new = replace(new, effective=old.effective, until=old.until, time_zone=old.time_zone, channels=old.channels)
    new = replace(new, signatories=old.signatories, consent=old.consent)
    found = diff(old, new, EVERYBODY)
    records = assumed(old, EVERYBODY), assumed(new, EVERYBODY)
    for record in records:
        for _ in range(4):
            request = replace(data.draw(requests(record)), section=None)
            if request.sender == request.recipient or old.until < old.effective:
                continue
            day = old.effective + timedelta(days=data.draw(st.integers(0, (old.until - old.effective).days)))
            one, other = (decide(request, known, begins(old, day)).verdict for known in records)
            order = ["deny", "not yet", "allow"]
            if order.index(one.value) < order.index(other.value):
                assert any(change.direction is Direction.WIDENS for change in found)
            elif one is not other:
                assert any(change.direction is Direction.NARROWS for change in found)


@law
@given(agreements(1), share_terms)
def test_one_share_term_more_never_narrows(old: Agreement, term: Term) -> None:
    """Whatever it adds is marked as widening, and the other way round as narrowing."""
    new = replace(old, version=2, terms=(*old.terms, replace(term, id="share-99")))
    for one, other, never in ((old, new, Direction.NARROWS), (new, old, Direction.WIDENS)):
        assert never not in {change.direction for change in diff(one, other, EVERYBODY)}
