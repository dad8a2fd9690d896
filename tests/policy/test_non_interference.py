"""Promise 2: what a party sees is a function of what is theirs; everything else can change under it, unseen."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from confide.model.event import Event
from confide.model.projection import seen_digest
from confide.model.view import View
from confide.policy.audience import audience
from confide.policy.visible import visible
from tests.policy.disturb import Ink, asked_versions, disturbed, from_a_source, inks, relinked, theirs
from tests.policy.generate import World, worlds
from tests.policy.generate_terms import READERS, SECTIONS, START
from tests.policy.measure import law


def view(world: World, party: str, number: int = 1) -> View:
    return visible(world.record, party, world.texts, world.people, world.sources, number)


@law
@given(worlds())
def test_who_may_see_an_event_is_what_the_design_says(world: World) -> None:
    """Both readings name the same people for every event: nobody too many, and nobody left out of their own chain."""
    for event in world.record.events:
        assert {p for p in READERS if theirs(event, p, world.record)} == set(audience(event, world.record))


@law
@given(worlds(), inks)
def test_a_view_does_not_change_with_what_is_not_theirs(world: World, ink: Ink) -> None:
    """For every party: rewrite, drop and insert whatever is others', and the view stays equal to the last byte."""
    for party in READERS:
        other = disturbed(world, party, ink)
        assert other.record != world.record
        for number in (1, 2):
            assert view(other, party, number) == view(world, party, number)


@law
@given(worlds(), inks)
def test_a_chain_does_not_move_with_what_is_not_theirs(world: World, ink: Ink) -> None:
    """Every digest in a party's own chain stays the same while everybody else's events change."""
    for party in READERS:
        chains = [
            [seen_digest(e, party) for e in w.record.events if party in e.previous]
            for w in (world, disturbed(world, party, ink))
        ]
        assert chains[0] == chains[1]


@law
@given(worlds())
def test_names_and_texts_come_only_from_what_is_theirs(world: World) -> None:
    """A view holds no name that the agreements it was asked to sign do not give, and no text not told to its reader."""
    for party in READERS:
        seen = repr(view(world, party))
        asked = asked_versions(world.record, party)
        knows = {party, "coach"}
        for agreement in world.record.agreements:
            if agreement.version in asked:
                knows |= {*agreement.signatories, agreement.clauses["adviser"]["party"]}
        for person in world.people.persons:
            assert (person.name not in seen) or person.party in knows
        told = {s.commitment for e in world.record.of_kind("disclosed") for s in e.sections if party in e.to}
        if party == "client":
            told |= {s.commitment for s in SECTIONS if s.subject == "client"}
        for commitment, text in world.texts.items():
            assert text.markdown not in seen or commitment in told
            assert commitment not in seen


def with_sources(world: World, source: str) -> World:
    """The world in which everything that came from a source came from this one."""

    def moved(event: Event) -> Event:
        sections = tuple(replace(s, source=source) if from_a_source(s) else s for s in event.sections)
        return replace(event, sections=sections)

    return replace(world, record=relinked(world.record, [moved(e) for e in world.record.events]))


def without_statements(seen: View) -> View:
    return replace(seen, agreements=tuple(replace(a, statement=b"") for a in seen.agreements))


@law
@given(worlds())
def test_the_client_cannot_tell_sources_apart(world: World) -> None:
    """Whichever circle feedback came from, the client reads the same pages."""
    views = [without_statements(view(with_sources(world, s), "client")) for s in ("peers", "reports", "board")]
    assert views[0] == views[1] == views[2]


def test_the_client_cannot_guess_a_source_from_a_digest() -> None:
    """The chain of the client is the same whichever circle a disclosure to her came from."""
    event = Event("00000001", "disclosed", "p-k7f3", START, "coach", to=("client",), sections=(SECTIONS[6],))
    other = replace(event, sections=(replace(SECTIONS[6], source="board"),))
    assert seen_digest(event, "client") == seen_digest(other, "client")
