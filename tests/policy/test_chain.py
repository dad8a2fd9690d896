"""Every party has a hash chain of their own: it stands still for what they cannot see and breaks for what they can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from confide.model.event import NO_PREVIOUS, Event
from confide.model.projection import seen_by, seen_digest
from confide.policy.audience import audience
from confide.policy.chain import linked
from tests.policy.generate import World, worlds
from tests.policy.generate_terms import READERS
from tests.policy.measure import law


def chain(events: tuple[Event, ...], party: str) -> list[Event]:
    return [event for event in events if party in event.previous]


def intact(events: list[Event], party: str) -> bool:
    """Whether each event names the one before it, as somebody who holds only these events would check."""
    head = NO_PREVIOUS
    for event in events:
        if event.previous[party] != head:
            return False
        head = seen_digest(event, party)
    return True


def edits(event: Event) -> Iterator[Event]:
    """The event with one thing about it changed, for everything that says what happened."""
    changes: dict[str, Any] = {
        "id": "99999999",
        "kind": "told",
        "partnership": "p-9mq2",
        "at": event.at + timedelta(seconds=1),
        "by": "adviser",
        "to": ("adviser",),
        "what": ("conflicts/formal",),
        "channel": "paper",
        "terms": ("nothing-of-it",),
        "agreement": 77,
        "document": "sha256:" + "0" * 64,
        "strength": "e-sign",
        "number": 77,
        "key": "C" * 40,
        "reader": "r777777777",
        "target": "event/99999999",
        "evidence": "signed by nobody",
        "because": ("99999999",),
        "detail": "sha256:" + "1" * 64,
        "sections": tuple(replace(s, commitment="sha256:" + "2" * 64) for s in event.sections),
    }
    for name, value in changes.items():
        if value != getattr(event, name):
            yield replace(event, **{name: value})


@law
@given(worlds())
def test_every_party_can_check_their_chain_alone(world: World) -> None:
    """Each chain begins with `none`, and the events a party may see are enough to follow it to its end."""
    for party in READERS:
        mine = chain(world.record.events, party)
        assert mine == [e for e in world.record.events if party in audience(e, world.record)]
        assert intact(mine, party)
    assert all("coach" not in event.previous for event in world.record.events)
    assert all(event.previous == {} for event in world.record.of_kind("published"))


@law
@given(worlds(), st.data())
def test_dropping_reordering_or_editing_what_they_can_see_breaks_it(world: World, data: st.DataObject) -> None:
    """Whatever a party can see cannot go, move or change without their chain, or its head, showing it."""
    for party in READERS:
        mine = chain(world.record.events, party)
        if not mine:
            continue
        n = data.draw(st.integers(0, len(mine) - 1))
        for changed in (e for e in edits(mine[n]) if seen_by(e, party) != seen_by(mine[n], party)):
            others = [*mine[:n], changed, *mine[n + 1 :]]
            assert seen_digest(changed, party) != seen_digest(mine[n], party)
            assert n == len(mine) - 1 or not intact(others, party)
        if n < len(mine) - 1:
            assert not intact(mine[:n] + mine[n + 1 :], party)
            assert not intact([*mine[:n], mine[n + 1], mine[n], *mine[n + 2 :]], party)


@law
@given(worlds(), st.data())
def test_an_event_links_the_same_with_and_without_what_others_saw(world: World, data: st.DataObject) -> None:
    """The link that a party will find in the next event depends on their own chain alone."""
    next_event = Event("99999999", "refused", world.record.partnership.id, world.now, "coach", to=("payer",))
    party = data.draw(st.sampled_from(["payer", "client"]))
    alone = replace(world.record, events=tuple(chain(world.record.events, party)))
    assert linked(alone, next_event).previous[party] == linked(world.record, next_event).previous[party]
