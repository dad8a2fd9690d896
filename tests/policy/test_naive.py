"""`policy/` and the naive second reading of POLICY.md give the same answers, for the same reasons.

Every run asks a thousand questions; `make laws` asks 100,000.
"""

from __future__ import annotations

from hypothesis import given

from confide.model.decision import Request
from confide.policy.check import violations
from confide.policy.decide import decide
from confide.policy.visible import visible
from tests.effort import examples
from tests.policy import naive, naive_view
from tests.policy.generate import World, asked, worlds
from tests.policy.generate_terms import READERS
from tests.policy.measure import why

QUESTIONS = 25
many = examples(40)


@many
@given(asked(QUESTIONS, QUESTIONS))
def test_every_answer_is_given_twice_for_the_same_reasons(drawn: tuple[World, list[Request]]) -> None:
    """Verdict and complete set of reasons agree between `decide` and the naive reading."""
    world, questions = drawn
    shares = {"summary"} | {term.id for a in world.record.agreements for term in a.terms if term.shares}
    for question in questions:
        decision = decide(question, world.record, world.now)
        assert (decision.verdict, why(decision, shares)) == naive.decide(question, world.record, world.now)


@many
@given(worlds())
def test_every_view_shows_exactly_what_the_naive_reading_shows(world: World) -> None:
    """For every party, the texts on their site are those the naive reading finds disclosed, allowed and standing."""
    for party in READERS:
        view = visible(world.record, party, world.texts, world.people, world.sources)
        commitments = {text: commitment for commitment, text in world.texts.items()}
        shown = {(s.event, commitments[s.text]) for s in view.shown}
        assert shown == naive_view.readable(world.record, party, world.texts.keys())
        for other, texts in view.others:
            assert {(s.event, commitments[s.text]) for s in texts} <= naive_view.readable(
                world.record, other, world.texts.keys()
            )


@many
@given(worlds())
def test_every_lapse_is_one_in_the_naive_reading(world: World) -> None:
    """`only-allowed` reports exactly the disclosures that the naive reading would not have allowed."""
    lapsed = {p.place for p in violations(world.record, world.now) if p.rule == "only-allowed"}
    told = world.record.of_kind("disclosed")
    assert lapsed == {event.place for event in told if not naive_view.allowed(event, world.record)}
