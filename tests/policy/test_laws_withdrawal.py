"""The laws of POLICY.md about taking back: it only narrows, it is at once, and nothing brings it back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from confide.model.decision import Verdict
from confide.model.event import Event
from confide.policy import summary
from confide.policy.consent import own
from confide.policy.decide import decide
from confide.policy.visible import visible
from tests.policy.generate import World, asked, by_term, worlds
from tests.policy.measure import Drawn, law, rank, shown


def later(world: World, kind: str, **fields: object) -> World:
    """The world with one more event at its end."""
    event = Event(f"7{len(world.record.events):07}", kind, world.record.partnership.id, world.now, "client", **fields)  # type: ignore[arg-type]
    return replace(world, record=replace(world.record, events=(*world.record.events, event)))


@law
@given(asked(5, 8))
def test_nothing_is_allowed_after_withdrawal(drawn: Drawn) -> None:
    """Once every clause that shares with somebody is withdrawn from them, they are told nothing but what is their own,
    what is public, and what everybody whose it is permits them.

    One clause withdrawn is never relied on again.
    """
    world, questions = drawn
    for question in questions:
        decision = decide(question, world.record, world.now)
        for term in decision.terms:
            target = {"target": f"term/{term.id}", "agreement": decision.agreement, "evidence": "signed"}
            less = later(world, "withdrawn", to=(question.recipient,), **target)
            assert term not in decide(question, less.record, world.now).terms
        none = world
        for agreement in world.record.agreements:
            for term in (*(term.id for term in agreement.terms), summary.ID):
                target = {"target": f"term/{term}", "agreement": agreement.version, "evidence": "signed"}
                none = later(none, "withdrawn", to=(question.recipient.partition(".")[0],), **target)
        after = decide(question, none.record, world.now)
        unbound = {reason.rule for reason in (*after.reasons, *after.notes)} & {"permission", "already-public"}
        assert after.verdict is Verdict.DENY or own(question) or unbound
        assert rank(question, none.record, world.now) <= rank(question, world.record, world.now)


@law
@given(worlds())
def test_a_withdrawn_disclosure_is_neither_shown_nor_made_again(world: World) -> None:
    """What was withdrawn from somebody is gone from their page, and the same clauses do not bring it back."""
    for event in world.record.of_kind("disclosed"):
        for to in event.to:
            less = later(world, "withdrawn", to=(to,), target=f"event/{event.id}", evidence="signed")
            view = visible(less.record, to, world.texts, world.people, world.sources)
            assert event.id not in {s.event for s in view.shown}
            for term in (t for a in world.record.agreements for t in a.terms if t.shares):
                for section in event.sections:
                    question = replace(by_term(term, section), recipient=to)
                    again = decide(question, less.record, world.now)
                    public = {reason.rule for reason in again.reasons} == {"already-public"}
                    assert again.verdict is Verdict.DENY or own(question) or public
            # What the withdrawal takes away it takes from nobody else's page, and it adds to nobody's.
            gone = shown(world) - shown(less)
            assert {e for _, _, e, _ in gone} <= {event.id}
            assert shown(less) <= shown(world)


@law
@given(worlds())
def test_whoever_withdraws_a_clause_hides_all_that_rested_on_it(world: World) -> None:
    """After a clause is withdrawn from somebody, nothing on their page rests on it."""
    for agreement in world.record.agreements:
        for term in agreement.terms:
            for to in term.recipients or ():
                target = {"target": f"term/{term.id}", "agreement": agreement.version, "evidence": "signed"}
                less = later(world, "withdrawn", to=(to,), **target)
                view = visible(less.record, to, world.texts, world.people, world.sources)
                assert all(term.id not in s.terms for s in view.shown)
