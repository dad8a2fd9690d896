"""The schemas say what the program reads: never stricter than it, and never silent about a misspelt key."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from confide.model.problem import Malformed
from confide.records import people_file, yaml
from confide.records.agreement_file import parse_agreement
from confide.records.event_file import render_event
from confide.records.instrument_file import parse_instrument
from confide.records.partnership_file import parse_partnership
from confide.records.schema import KINDS, agreement, paths, schemas
from confide.workflows import draft
from confide.workflows.draft import Answers
from scripts.schemas import PAGE, TARGET, explanations, help_for
from tests.agree.answers import answers
from tests.agree.test_draft import USUAL
from tests.agree.written import ROOT, files, marked, misspelt, parsed
from tests.effort import examples
from tests.records.strategies import events

PAGE_TEXT = PAGE.read_text(encoding="utf-8")
# Keys below these are the writer's own words: no list knows them.
FREE = {"definitions", "types", "circles", "previous"}
READERS: dict[str, Callable[[bytes, str], object]] = {
    "agreement": parse_agreement,
    "instrument": parse_instrument,
    "partnership": parse_partnership,
}


def test_what_is_committed_is_what_would_be_written() -> None:
    """`make schemas` changes nothing: the schemas follow the readers and the page."""
    committed = {path.name: path.read_bytes() for path in TARGET.iterdir()}
    assert committed == schemas(help_for(PAGE_TEXT)), "run: make schemas"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_is_a_schema_and_sends_nobody_anywhere(kind: str) -> None:
    """JSON Schema 2020-12, with every reference inside the file and no address but the dialect's name."""
    text = (TARGET / f"{kind}.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    assert text.count("://") - text.count("https?://") == 1
    assert all(part.startswith('"#/$defs/') for part in text.split('"$ref": ')[1:])


def test_every_key_is_explained_and_nothing_else_is() -> None:
    """The page and the readers know the same keys of an agreement; each has its S-id."""
    said = explanations(PAGE_TEXT)
    assert sorted(said) == sorted(set(paths(agreement())))
    assert [path for path, text in said.items() if "(S-" not in text] == []


def test_the_files_of_this_repository_are_right() -> None:
    """The worked example, the vectors and the tests' files: an editor marks nothing in them."""
    found = list(files())
    assert {kind for kind, _ in found} == {"agreement", "event", "instrument", "partnership", "persons", "practice"}
    wrong = {path: said for kind, path in found if (said := marked(kind, parsed((ROOT / path).read_bytes())))}
    assert wrong == {}


@pytest.mark.parametrize("kind", sorted(READERS))
def test_a_misspelt_key_is_marked_and_refused(kind: str) -> None:
    """Every key of every agreement, instrument and partnership, one at a time: by the editor and by the program."""
    tried: set[tuple[str, ...]] = set()
    for path in (path for one, path in files() if one == kind):
        for keys, changed in misspelt(parsed((ROOT / path).read_bytes())):
            if keys in tried or not FREE.isdisjoint(keys[:-1]):
                continue
            tried.add(keys)
            assert marked(kind, changed), keys
            with pytest.raises(Malformed):
                READERS[kind](_written(changed), "a.yml")
    assert tried


def _written(data: Any) -> bytes:
    """The data as YAML again, with days that are days."""
    return yaml.render(_dated(data))


def _dated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _dated(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_dated(inner) for inner in value]
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return date.fromisoformat(value)
    return value


@given(answers())
@examples(12)
def test_whatever_is_drafted_is_right(a: Answers) -> None:
    """An editor marks nothing in a draft, whatever was answered."""
    assert marked("agreement", parsed(draft.first(a))) == []


@given(events())
@examples(25)
def test_whatever_event_can_be_written_is_right(event: Any) -> None:
    """Every kind, with any of the fields it may have."""
    assert marked("event", parsed(render_event(event))) == []


WHOLE = parsed(draft.first(USUAL))
ODD = st.sampled_from(
    [[], {}, "", "always", "x y", 0, 7, True, "2026-02-03", ["coach"], ["payer", "payer"], {"every": "month"}, ["a/b"]]
)


@given(st.data())
@examples(50)
def test_what_the_program_reads_is_never_marked(data: st.DataObject) -> None:
    """One value of an agreement is replaced or taken away, anywhere: if it still reads, the editor is content."""
    key = data.draw(st.sampled_from(sorted(WHOLE)))
    changed = {**WHOLE, key: data.draw(damaged(WHOLE[key]))}
    try:
        parse_agreement(_written(changed), "a.yml")
    except Malformed:
        return
    assert marked("agreement", changed) == []


@st.composite
def damaged(draw: st.DrawFn, whole: Any) -> Any:
    """`whole` with one value, at any depth, replaced by an odd one or taken away."""
    if isinstance(whole, dict) and whole and draw(st.integers(0, 5)):
        key = draw(st.sampled_from(sorted(whole)))
        if draw(st.integers(0, 5)) == 0:
            return {name: value for name, value in whole.items() if name != key}
        return {**whole, key: draw(damaged(whole[key]))}
    if isinstance(whole, list) and whole and draw(st.integers(0, 5)):
        number = draw(st.integers(0, len(whole) - 1))
        return [*whole[:number], draw(damaged(whole[number])), *whole[number + 1 :]]
    return draw(ODD)


def test_a_list_of_people_is_right_and_a_misspelt_key_in_it_is_marked() -> None:
    """The sealed list has a schema too, for those who write one by hand before it is sealed."""
    from confide.model.partnership import Person

    text = people_file.render_people("p-k7f3", [Person("client", 1, "A. Name", "Head of X")], bytes(16))
    whole = parsed(text)
    assert marked("people", whole) == []
    assert marked("persons", {"persons": [{"party": "client", "nmae": "A. Name"}]})
    assert all(marked("people", changed) for _, changed in misspelt(whole))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("detail", {"detail": 1, "words": "what was said"}),
        (
            "detail",
            {
                "detail": 1,
                "case": "feedback",
                "step": "undelivered",
                "on": "2026-02-03",
                "circle": "peers",
                "words": "nobody knows who it was",
            },
        ),
        ("supposed", {"without": ["goals-private"]}),
        ("supposed", {"terms": [{"id": "a", "effect": "withhold", "with": ["payer"]}]}),
    ],
)
def test_what_has_no_file_here_has_a_schema_that_says_yes_and_no(kind: str, data: dict[str, Any]) -> None:
    """Details and suppositions: right as they are, wrong with one key misspelt."""
    assert marked(kind, data) == []
    assert all(marked(kind, changed) for _, changed in misspelt(data))
