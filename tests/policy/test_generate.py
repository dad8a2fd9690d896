"""The generated worlds are worth asking about: laws that hold because nothing ever happens would hold nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, find, settings

from confide.model.decision import Verdict
from confide.model.view import View
from confide.policy.decide import decide
from confide.policy.force import in_force
from confide.policy.replay import lapses
from confide.policy.visible import visible
from tests.policy.generate import World, asked, worlds
from tests.policy.generate_terms import READERS
from tests.policy.measure import Drawn

enough = settings(
    max_examples=600, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None, deadline=None
)


def view(world: World, party: str) -> View:
    return visible(world.record, party, world.texts, world.people, world.sources)


@pytest.mark.parametrize(
    "wanted",
    [
        lambda w: view(w, "payer").shown,
        lambda w: view(w, "client").shown,
        lambda w: any(shown for _, shown in view(w, "client").others),
        lambda w: w.record.of_kind("withdrawn") and any(e.withdrawn for p in READERS for e in view(w, p).entries),
        lambda w: (agreement := in_force(w.record, w.now)) and agreement.version == 2,
        lambda w: lapses(w.record),
        lambda w: w.record.of_kind("ended"),
    ],
    ids=["payer-reads", "client-reads", "others-page", "withdrawn", "second-version", "lapse", "ended"],
)
def test_worlds_reach_what_matters(wanted: Callable[[World], object]) -> None:
    """Among a few hundred worlds there is one in which this happens."""
    find(worlds(), lambda world: bool(wanted(world)), settings=enough)


@pytest.mark.parametrize("verdict", Verdict, ids=lambda v: v.name)
def test_questions_get_every_answer(verdict: Verdict) -> None:
    """Among a few hundred questions there is one with this verdict, and for a yes one that rests on a clause."""

    def answered(drawn: Drawn) -> bool:
        world, (question,) = drawn
        decision = decide(question, world.record, world.now)
        return decision.verdict is verdict and (verdict is not Verdict.ALLOW or bool(decision.terms))

    find(asked(), answered, settings=enough)
