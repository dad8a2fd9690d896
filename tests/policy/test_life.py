"""The six states of a partnership, each reached by an event, and what each refuses by itself (S-27)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from confide.model.destruction import EVERYTHING
from confide.model.record import Record
from confide.policy import force
from confide.policy.life import ACTS, State, may_follow, state
from tests.policy.small import NOW, add, agreement, record

AFTER = NOW + timedelta(days=400)


def lives() -> dict[State, Record]:
    """One record in each state."""
    agreed = record()
    coaching = add(agreed, "began", at=NOW, to=("client", "payer"), agreement=1)
    ended = add(coaching, "ended", at=NOW, to=("client", "payer"), agreement=1)
    return {
        State.DRAFT: Record(agreed.partnership),
        State.PROPOSED: record(signed=False),
        State.AGREED: agreed,
        State.COACHING: coaching,
        State.ENDED: ended,
        State.DESTROYED: add(ended, "destroyed", at=NOW, scope=EVERYTHING),
    }


@pytest.mark.parametrize("wanted", State)
def test_each_state_is_read_from_the_record(wanted: State) -> None:
    assert state(lives()[wanted], NOW) is wanted


def test_a_life_only_goes_forward() -> None:
    """Each record above extends the one before, and no event of it leads back."""
    order = list(State)
    for known in lives().values():
        seen = [
            state(Record(known.partnership, known.agreements if n else (), known.events[:n]), NOW)
            for n in range(len(known.events) + 1)
        ]
        assert seen == sorted(seen, key=order.index)


def test_an_agreement_that_ran_out_ends_it_unless_the_next_one_waits_for_signatures() -> None:
    """Nothing is allowed in between in either case."""
    coaching = lives()[State.COACHING]
    assert state(coaching, AFTER) is State.ENDED
    second = agreement(version=2)
    renewed = Record(coaching.partnership, (*coaching.agreements, second), coaching.events)
    renewed = add(renewed, "proposed", at=NOW, to=("client", "payer"), agreement=2, document=second.digest)
    assert state(renewed, AFTER) is State.COACHING
    assert force.in_force(renewed, AFTER) is None


@pytest.mark.parametrize("known", State)
def test_the_truth_is_never_refused_while_there_is_a_record(known: State) -> None:
    """A lapse, a correction and a refusal can be recorded in every state but the last (promise 6)."""
    for act in ("lapse", "correct", "refuse"):
        assert may_follow(lives()[known], NOW, act) is (known is not State.DESTROYED)


def test_nothing_is_told_outside_of_an_agreement() -> None:
    """Exactly the states in which one is in force allow it at all."""
    told = {one for one in State if {"disclose", "told"} & ACTS[one]}
    assert told == {one for one, known in lives().items() if force.in_force(known, NOW) is not None}
