"""A disclosure is held to what it says of itself, on what was known when it was made (promises 1 and 6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from confide.model.event import Event
from confide.model.problem import Problem
from confide.model.record import Record
from confide.model.words import Attribution, Form
from confide.policy.replay import allowed_then, lapses
from tests.policy.small import GOALS, add, agreement, disclosed, record, share, view, withhold

TOPIC = replace(GOALS, section="notes/2026-02-03#s7", commitment="sha256:" + "7" * 64, form=Form.TOPIC)


def only_lapse(known: Record) -> Problem:
    found = lapses(known)
    assert len(found) == 1
    return found[0]


def told(known: Record) -> Event:
    return known.of_kind("disclosed")[-1]


def test_what_was_allowed_is_no_lapse() -> None:
    """The usual disclosure was allowed, is shown, and is reported by nobody."""
    known = disclosed(record())
    assert allowed_then(known, told(known))
    assert lapses(known) == ()
    assert [s.text.markdown for s in view(known, "payer").shown] == ["CANARY-GOALS"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"terms": ()}, "default-deny"),
        ({"terms": ("other",)}, "default-deny"),
        ({"agreement": 2}, "other-agreement"),
        ({"agreement": 0}, "other-agreement"),
        ({"what": ("engagement",)}, "other-type"),
        ({"what": ()}, "other-type"),
        ({"form": Form.VERBATIM}, "goals"),
        ({"attribution": Attribution.NAME}, "goals"),
        ({"channel": "e-mail"}, "controlled-channel"),
        ({"to": ("payer", "manager")}, "default-deny"),
        ({"by": "client"}, "default-deny, goals"),
    ],
)
def test_a_disclosure_that_misstates_itself_is_a_lapse_and_not_shown(fields: dict[str, object], why: str) -> None:
    """Another clause, version, type, form, channel or sender than allowed it: recorded, reported, shown to nobody."""
    known = disclosed(record(), **fields)  # type: ignore[arg-type]
    lapse = only_lapse(known)
    assert (lapse.why, lapse.rule, lapse.place) == (why, "only-allowed", told(known).place)
    for party in ("payer", "manager", "client"):
        assert view(known, party).shown == ()
    assert all(shown == () for _, shown in view(known, "client").others)


def test_a_clause_that_was_not_named_cannot_be_relied_on() -> None:
    """Named one clause, allowed by another: or withdrawing what allowed it would leave the text on the page."""
    known = record(agreement(share("goals"), share("other", form=Form.TOPIC)))
    known = disclosed(known, terms=("other",))
    assert only_lapse(known).why == "other"
    known = add(known, "withdrawn", "client", to=("payer",), target="term/goals", agreement=1, evidence="signed")
    assert view(known, "payer").shown == ()


def test_each_text_of_a_disclosure_is_held_to_its_own_form() -> None:
    """A topic beside a summary is still only a topic, for the decision as well as on the page."""
    known = record(agreement(share("goals"), share("word", what=("engagement",), form=Form.TOPIC)))
    word = replace(TOPIC, what="engagement")
    known = disclosed(known, GOALS, word, terms=("goals", "word"), form=Form.SUMMARY)
    assert lapses(known) == ()
    texts = {e.commitment: view(disclosed(record()), "payer").shown[0].text for e in (GOALS, word)}
    assert [s.form for s in view(known, "payer", texts).shown] == [Form.SUMMARY, Form.TOPIC]


def test_a_text_in_a_form_that_the_event_plays_down_is_shown_as_what_it_is() -> None:
    """An event that says `topic` of a summary does not make it one."""
    known = disclosed(record(), form=Form.TOPIC)
    assert [s.form for s in view(known, "payer").shown] == [Form.SUMMARY]
    narrow = disclosed(record(agreement(share(form=Form.TOPIC))), form=Form.TOPIC)
    assert only_lapse(narrow).why == "goals"


@pytest.mark.parametrize("fields", [{"sections": ()}, {"to": ()}])
def test_a_disclosure_of_nothing_or_to_nobody_is_a_lapse(fields: dict[str, object]) -> None:
    """Nothing was decided, so nothing was allowed."""
    known = disclosed(record(), **fields)  # type: ignore[arg-type]
    assert not allowed_then(known, told(known))
    assert only_lapse(known).why == "it names no text or nobody"


def test_what_came_later_does_not_change_what_was_allowed_then() -> None:
    """A withdrawal, the end, a stricter version: what went out before was allowed, and stays no lapse."""
    known = disclosed(record())
    known = add(known, "withdrawn", "client", to=("payer",), target="term/goals", agreement=1, evidence="signed")
    known = add(known, "ended", "client", to=("coach", "payer"), agreement=1)
    assert lapses(known) == ()
    assert lapses(disclosed(known))[0].why == "ended"


def test_a_fault_found_today_does_not_make_yesterdays_disclosures_lapses() -> None:
    """The fault is reported, and nothing is shown; but nobody says that the disclosure was not allowed."""
    known = replace(disclosed(record()), faults=(Problem("broken", rule="bad-signature"),))
    assert lapses(known) == ()
    assert not allowed_then(known, told(known))
    assert view(known, "payer").shown == ()


def test_a_withhold_makes_a_lapse_whatever_clause_is_named() -> None:
    """Withhold terms count whether or not the event speaks of them."""
    assert only_lapse(disclosed(record(agreement(share(), withhold(recipients=("payer",)))))).why == "private"
