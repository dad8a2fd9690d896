"""Every word of the closed lists has words that a party would use, whoever reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from confide.model.event import KINDS
from confide.model.problem import Unavailable
from confide.model.words import CHANNELS, KNOWN_TYPES, PARTY_ROLES, Attribution, Form, Strength
from confide.site.labels import Labels
from confide.site.sentences import conditions, happened, lead
from confide.site.words import (
    attribution_phrase,
    channel_phrase,
    count,
    day,
    form_meaning,
    form_phrase,
    form_title,
    listing,
    strength_phrase,
    type_phrase,
    type_title,
    zone,
)
from tests.site.sample import AGREEMENT, CLIENT, PAYER, TERMS, entry, moment


@pytest.mark.parametrize("view", [CLIENT, PAYER])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_event_is_a_sentence(kind: str, view: object) -> None:
    """Nothing that can stand in a history leaves the reader with the program's word for it."""
    labels = Labels(view)  # type: ignore[arg-type]
    for to in ("", "client", "payer", "payer manager"):
        said = happened(entry("x7k2m9qd", kind, moment(2, 3), "coach", to, "feedback", form=Form.SUMMARY), labels)
        assert said.endswith(".")
        assert said[0].isupper()
        assert not any(mark in said for mark in ("  ", "None", "client-", "you was", "you has", "You has"))


def test_words_for_every_word() -> None:
    """Types, forms, attributions, channels and ways of signing: a phrase for each, and none is an id."""
    phrases = [
        *(phrase(what) for what in KNOWN_TYPES for phrase in (type_title, type_phrase)),
        *(phrase(form) for form in Form for phrase in (form_title, form_phrase, form_meaning)),
        *(attribution_phrase(one) for one in Attribution),
        *(channel_phrase(one) for one in CHANNELS),
        *(strength_phrase(one.value) for one in Strength),
    ]
    assert all(phrases)
    assert not {"verbatim", "aggregate", "own-key", "e-sign", "partnership-goals"} & set(phrases)


def test_an_agreements_own_types_are_read_from_their_ids() -> None:
    """A type that is not known here is still a phrase."""
    assert type_title("team-climate/first-year") == "Team climate: first year"
    assert type_phrase("feedback/unsolicited") == "feedback from others (unsolicited)"


@pytest.mark.parametrize("party", [*PARTY_ROLES, "client-2", "manager-3", "payer.hr", "payer.legal"])
def test_every_party_has_a_name_for_every_reader(party: str) -> None:
    """`your manager` to the client, `the client's manager` to others, `you` to the manager."""
    assert Labels(CLIENT).role(party)
    assert Labels(PAYER).role(party)
    assert Labels(replace(CLIENT, party=party)).role(party) == "you"


def test_labels_know_only_the_names_of_the_view() -> None:
    """A name stands only where the reader knows it; the reader is `you`."""
    labels = Labels(CLIENT)
    assert labels.full("payer") == "Dana Whitfield (your sponsor)"
    assert labels.full("supervisor") == "your coach’s supervisor"
    assert labels.full("client") == "you"
    assert labels.role("manager-2") == "your second manager"
    assert Labels(PAYER).role("manager") == "the client’s manager"
    assert Labels(PAYER).who(("coach", "payer")) == "you and the coach"


def test_clauses_read_like_sentences() -> None:
    """What is shared, by whom, with whom, in what form; and what stays private, with the way to change it."""
    labels = Labels(CLIENT)
    assert lead(TERMS[1], labels) == (
        "You and your coach together may tell your sponsor and your manager about the shared goals, in summary."
    )
    assert lead(TERMS[5], labels) == (
        "Nobody may tell your sponsor or your manager about career plans and job hunting or the private goals, "
        "unless you permit it in writing."
    )
    assert (
        lead(TERMS[4], Labels(PAYER)) == "The coach may not tell you or the client’s manager about assessment results."
    )
    assert list(conditions(TERMS[1], AGREEMENT, labels)) == [
        "Only after you were told that it will be shared.",
        "Every quarter.",
        "Only if your coach confirms in writing: the quarterly review takes place.",
        "Only in person or on these private pages.",
        "They may not pass it on to anybody.",
        "Never to be used for pay, promotion or dismissal.",
    ]


def test_days_and_numbers() -> None:
    """Days as they are said, where the agreement applies; small numbers in letters."""
    assert day(date(2026, 1, 12)) == "12 January 2026"
    assert day(datetime(2026, 1, 11, 23, 0, tzinfo=UTC), "Europe/Berlin") == "12 January 2026"
    assert [count(n, "text", "texts") for n in (0, 1, 3, 12)] == ["no texts", "one text", "three texts", "12 texts"]
    assert [listing(x) for x in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize("name", ["Europe/Nowhere", "../etc/passwd", ""])
def test_a_strange_time_zone_is_refused(name: str) -> None:
    """A wrong day is worse than none."""
    with pytest.raises(Unavailable, match="time zone"):
        zone(name)
