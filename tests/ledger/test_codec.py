"""Messages say what the events say, word for word, in words of closed lists, ids, dates and hashes (promise 5)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from confide.ledger import codec
from confide.model.commitment import digest
from confide.model.destruction import EVERYTHING, NOTES, STATES, WHERE
from confide.model.event import KIND_FIELDS, KINDS, Copies, Event, Exact, Site
from confide.model.ids import ALPHABET
from confide.model.problem import Malformed
from confide.model.words import CHANNELS, KNOWN_TYPES, PARTY_ROLES, Form, Strength
from confide.records.shapes import EVIDENCE

DIGEST = digest(b"file")
EVENT = Event(
    id="x7k2m9qd",
    kind="disclosed",
    partnership="p-k7f3",
    at=datetime(2026, 2, 10, 9, 30, tzinfo=UTC),
    by="coach",
    to=("payer",),
    what=("partnership-goals",),
    form=Form.SUMMARY,
    sections=(Exact("notes/2026-02-03#s2", DIGEST, "partnership-goals/shared", Form.SUMMARY),),
    agreement=1,
    terms=("goals-to-sponsors",),
    because=("a83dw5hn",),
    digest=DIGEST,
)


def test_a_disclosure_reads_like_a_line_of_a_register() -> None:
    """The message of the design's example, in full."""
    assert codec.message(EVENT) == (
        "disclosed: partnership-goals to payer, summary\n"
        "\n"
        "Event: x7k2m9qd\n"
        "Partnership: p-k7f3\n"
        "By: coach\n"
        "To: payer\n"
        "Sections: notes/2026-02-03#s2\n"
        "Term: goals-to-sponsors (agreement 1)\n"
        "Because: a83dw5hn\n"
        f"Digest: {DIGEST}\n"
    )


def ids(length: int) -> st.SearchStrategy[str]:
    return st.text(ALPHABET, min_size=length, max_size=length).map(lambda text: "2" + text[1:])


parties = st.sampled_from(sorted(PARTY_ROLES))
several = st.lists(parties, min_size=1, max_size=3, unique=True).map(tuple)
sections = st.builds(
    Exact,
    section=st.sampled_from(["notes/2026-02-03#s2", "notes/2026-02-03-2#s9k", "feedback/a83dw5h2#s1"]),
    commitment=st.just(DIGEST),
    what=st.sampled_from(KNOWN_TYPES),
    form=st.sampled_from(Form),
)
VALUES: dict[str, st.SearchStrategy[object]] = {
    "to": several,
    "what": st.lists(st.sampled_from(KNOWN_TYPES), min_size=1, max_size=3, unique=True).map(tuple),
    "form": st.sampled_from(list(Form)[1:]),
    "attribution": st.none(),
    "channel": st.sampled_from(CHANNELS),
    "sections": st.lists(sections, min_size=1, max_size=3).map(tuple),
    "terms": st.lists(st.sampled_from(["goals-to-sponsors", "own-to-client"]), min_size=1, unique=True).map(tuple),
    "agreement": st.integers(1, 30),
    "document": st.just(DIGEST),
    "strength": st.sampled_from([strength.value for strength in Strength]),
    "number": st.integers(1, 9),
    "key": st.just("0123456789ABCDEF0123456789ABCDEF01234567"),
    "reader": ids(10),
    "target": st.sampled_from(["term/goals-to-sponsors", "event/a83dw5hn"]),
    "evidence": st.sampled_from(EVIDENCE),
    "because": st.lists(ids(8), max_size=2).map(tuple),
    "sites": st.lists(st.builds(Site, ids(10), st.integers(1, 9), st.just(DIGEST)), max_size=3).map(tuple),
    "day": st.dates(),
    "scope": st.sampled_from([EVERYTHING, NOTES, "notes/2026-02-03"]),
    "copies": st.lists(
        st.builds(Copies, st.sampled_from(WHERE), st.sampled_from(STATES), st.integers(1, 9)), min_size=1, max_size=3
    ).map(tuple),
    "detail": st.just(DIGEST),
}


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event that may be recorded, with some of its optional fields."""
    kind = draw(st.sampled_from(sorted(KIND_FIELDS)))
    required, optional = KIND_FIELDS[kind]
    chosen = {*required, *(name for name in sorted(optional) if draw(st.booleans()))}
    values = {name: draw(VALUES[name]) for name in sorted(chosen)}
    at = draw(st.integers(0, 10**8).map(lambda seconds: EVENT.at + timedelta(seconds=seconds)))
    return Event(draw(ids(8)), kind, "p-k7f3", at, draw(parties), digest=DIGEST, **values)  # type: ignore[arg-type]


_WORDS = {
    *KINDS, *PARTY_ROLES, *KNOWN_TYPES, *CHANNELS, *EVIDENCE,
    *(form.word for form in Form), *(strength.value for strength in Strength),
    *("agreement", "to", "by", "of", "from", "since", "about", "site", "sites", "opened"),
    *("Event", "Partnership", "By", "To", "Channel", "Sections", "Term", "Agreement", "Because", "Target", "Evidence"),
    *(*WHERE, *STATES, EVERYTHING, NOTES, "on", "key", "Scope", "Copies"),
    *("Day", "Strength", "Person", "Reader", "Key", "Document", "Detail", "Digest"),
}  # fmt: skip
_SHAPES = re.compile(
    r"\d{1,4}|\d{4}-\d{2}-\d{2}|p-[0-9a-z]+|[0-9a-z]*\d[0-9a-z]*|[0-9A-F]{40}|sha256:[0-9a-f]{64}|\w+/[0-9a-z-]+#s[0-9a-z]+"
    r"|(term/)?(goals-to-sponsors|own-to-client)|event/[0-9a-z]{8}|notes/2026-02-03|[0-9A-F]{16}"
)


@given(events())
def test_every_word_is_of_a_closed_list_or_has_the_shape_of_an_id(event: Event) -> None:
    """Whatever event is rendered, for every kind that can be recorded: no word stands there that a person chose."""
    for word in re.split(r"[\s,()]+|: |:\n|:$", codec.message(event)):
        assert not word or word.rstrip(":") in _WORDS or _SHAPES.fullmatch(word), word


@given(events(), st.data())
def test_a_message_matches_its_own_event_alone(event: Event, data: st.DataObject) -> None:
    """Any change of one letter is found, and never quoted; the rendering itself matches."""
    text = codec.message(event)
    assert codec.mismatch(text, event) is None
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("Ää\n :~"))
    assume(text[at] != letter)
    assert codec.mismatch(text[:at] + letter + text[at + 1 :], event) is not None
    last = text.count("\n") + 1
    assert codec.mismatch(text + "Anna", event) == f"line {last} should not be there"


@pytest.mark.parametrize(
    "change",
    [
        {"id": "anna"},
        {"by": "anna"},
        {"to": ("payer", "anna-miller")},
        {"partnership": "p-anna"},
        {"what": ("Anna's goals",)},
        {"channel": "over lunch"},
        {"sections": (Exact("notes/anna#goals", DIGEST, "feedback", Form.TOPIC),)},
        {"terms": ("Anna only",)},
        {"because": ("she agreed",)},
        {"target": "event/anna"},
        {"evidence": "she told me"},
        {"strength": "handshake"},
        {"reader": "annamiller"},
        {"key": "Anna"},
        {"document": "contract.pdf"},
        {"detail": "she was sad"},
        {"digest": ""},
    ],
)
def test_a_word_that_a_person_chose_is_never_rendered(change: dict[str, object]) -> None:
    """An event with anything else than closed words and ids in a field gives no message, nor is it repeated."""
    with pytest.raises(Malformed) as refusal:
        codec.message(replace(EVENT, **change))  # type: ignore[arg-type]
    assert refusal.value.problems[0].rule == "closed-words"
    assert next(iter(change)) in refusal.value.problems[0].what
    assert "nna" not in str(refusal.value)


def test_every_kind_that_can_be_recorded_can_be_rendered() -> None:
    """And no other: an event that could not be checked against its message is not written."""
    for kind in KINDS:
        event = Event("x7k2m9qd", kind, "p-k7f3", EVENT.at, "coach", to=("payer",), digest=DIGEST)
        if kind in KIND_FIELDS:
            assert codec.message(event).startswith(f"{kind}: ")
        else:
            with pytest.raises(Malformed, match="cannot be recorded yet"):
                codec.message(event)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("init", "c-4mz8"), "init: c-4mz8\n"),
        (("note", "p-k7f3", "2026-02-03"), "note: p-k7f3 2026-02-03\n"),
        (("draft", "p-k7f3", "agreement 1"), "draft: p-k7f3 agreement 1\n"),
        (("draft", "p-k7f3", "agreement", "1"), "draft: p-k7f3 agreement 1\n"),
        (("site",), "site\n"),
    ],
)
def test_commits_that_are_no_events_have_forms_too(words: tuple[str, ...], text: str) -> None:
    """A verb and ids, one line."""
    assert codec.plain_message(*words) == text
    assert codec.is_plain(text)


@pytest.mark.parametrize(
    "text",
    ["", "\n", "note\n", "note: p-k7f3\n", "note: anna 2026-02-03\n", "note: p-k7f3 2026-02-03 late\n", "site: anna\n",
     "Site\n", "site", "site\n\n", "site\nanna\n", "note: p-k7f3  2026-02-03\n", "disclosed: x\n", "site:\n",
     "site: \n"],
)  # fmt: skip
def test_anything_else_is_words_of_ones_own(text: str) -> None:
    """Neither names, nor notes, nor a second line, nor what looks like an event."""
    assert not codec.is_plain(text)
