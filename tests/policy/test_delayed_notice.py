"""What a delayed case keeps from the client: that its recipient asked and was told no, to its last day only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confide.model.detail import DUTY, QUESTION, Detail, Step
from confide.model.event import Event
from confide.model.record import Record
from confide.model.view import View
from confide.policy.case_file import kept_back
from confide.policy.cases import threads
from confide.policy.visible import visible
from tests.policy.small import PEOPLE, TEXTS, P, add, agreement, disclosed, record, share

UNTIL = date(2026, 6, 30)
ON_THE_LAST_DAY = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)
THE_DAY_AFTER = datetime(2026, 6, 30, 23, 1, tzinfo=UTC)
MOVES = ("refused payer", "refused manager", "disclosed payer", "told payer", "corrected")


def seen(known: Record, party: str, now: datetime, steps: tuple[Step, ...]) -> View:
    sources = {a.version: f"agreement: {a.version}\n" for a in known.agreements}
    return visible(known, party, TEXTS, PEOPLE, sources, kept_back=kept_back(known, threads(steps), now))


def case(known: Record, name: str, *, first: str = "", kind: str = DUTY, **facts: object) -> tuple[Record, Step]:
    known = add(known, "case", to=("coach",), target=f"event/{first}" if first else "")
    return known, Step(known.events[-1], Detail("", kind, name, facts))


def opened(known: Record, recipient: str = "payer") -> tuple[Record, tuple[Step, ...]]:
    """A case about telling the recipient, of which the client is told later."""
    known, first = case(known, "opened", ground="threat", facts="x", recipient=recipient)
    known, delay = case(known, "delayed", first=first.event.id, until=UNTIL, **{"delay-why": "danger"})
    return known, (first, delay)


def moved(known: Record, move: str) -> Record:
    kind, _, to = move.partition(" ")
    if kind == "disclosed":
        return disclosed(known)
    if kind == "corrected":
        wrong = known.of_kind("refused", "disclosed")
        return add(known, "corrected", to=(), target=f"event/{wrong[-1].id}") if wrong else known
    return add(known, kind, to=(to,), what=("conflicts",), channel="in-person" if kind == "told" else "")


def refusals(events: tuple[Event, ...], to: str) -> set[str]:
    return {event.id for event in events if event.kind == "refused" and to in event.to}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(MOVES), max_size=4), st.lists(st.sampled_from(MOVES), max_size=5))
def test_a_delayed_case_hides_the_refusals_to_its_recipient_and_nothing_else(
    before: list[str], after: list[str]
) -> None:
    """Whatever happens around it: on the last day these lines are missing on her account, the day after none is."""
    known = record(agreement(share(), share("talk", what=("conflicts",))))
    for move in before:
        known = moved(known, move)
    known, steps = opened(known)
    since = len(known.events)
    for move in after:
        known = moved(known, move)
    whole = seen(known, "client", THE_DAY_AFTER, steps)
    then = seen(known, "client", ON_THE_LAST_DAY, steps)
    assert whole == seen(known, "client", ON_THE_LAST_DAY, ())
    hidden = refusals(known.events[since:], "payer")
    hidden |= {e.id for e in known.events if e.kind == "corrected" and e.target.removeprefix("event/") in hidden}
    assert then.entries == tuple(entry for entry in whole.entries if entry.event not in hidden)
    assert replace(then, entries=whole.entries) == whole
    for other in ("payer", "manager"):
        assert seen(known, other, ON_THE_LAST_DAY, steps) == seen(known, other, THE_DAY_AFTER, ())


@pytest.mark.parametrize("end", ["told", "another day"])
def test_being_told_or_a_new_end_counts_at_once(end: str) -> None:
    """The newest step decides: she was told, or the delay ends earlier than it did."""
    known, steps = opened(record())
    known = moved(known, "refused payer")
    now = known.events[-1].at + timedelta(days=3)
    assert "refused" not in {entry.kind for entry in seen(known, "client", now, steps).entries}
    facts = {"on": date(2026, 4, 1)} if end == "told" else {"until": now.date() - timedelta(days=1), "delay-why": "y"}
    known, step = case(known, "told" if end == "told" else "delayed", first=steps[0].event.id, **facts)
    assert "refused" in {entry.kind for entry in seen(known, "client", now, (*steps, step)).entries}


@pytest.mark.parametrize("name", ["opened", "extract", "disclosed", "closed"])
def test_no_step_of_a_case_moves_a_view(name: str) -> None:
    """A case is between the coach and its file: with any of its steps on record every page is as it was."""
    known = disclosed(record())
    more, step = case(known, name, ground="threat", facts="x", recipient="payer")
    for party in ("client", "payer", "manager"):
        assert seen(more, party, ON_THE_LAST_DAY, (step,)) == seen(known, party, ON_THE_LAST_DAY, ())


def test_a_question_delays_nothing() -> None:
    """Only a legal duty has a delayed notice."""
    known, first = case(record(), "asked", kind=QUESTION, channel="site")
    known = moved(known, "refused payer")
    assert kept_back(known, threads((first,)), ON_THE_LAST_DAY) == frozenset()
    assert known.events[0].partnership == P
