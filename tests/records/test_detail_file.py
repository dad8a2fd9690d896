"""An event's sealed detail is read as strictly as what stands in the open, and no problem repeats a word of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confide.model.case import GROUNDS
from confide.model.detail import STEPS, Detail
from confide.model.problem import Malformed
from confide.records.detail_file import FACTS, parse_detail, render_detail
from tests.records.strategies import digests, event_ids, forms, parties, refs, types

prose = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1).filter(str.strip)
_yes_no = st.sampled_from(["yes", "no"])
WORDS: dict[str, st.SearchStrategy[object]] = {
    "on": st.dates(),
    "until": st.dates(),
    "channel": st.sampled_from(["e-mail", "phone"]),
    "solicited": _yes_no,
    "circle": parties,
    "source": parties,
    "owner": parties,
    "what": types,
    "form": forms.map(lambda form: form.word),
    "attribution": st.sampled_from(["none", "category", "name"]),
    "threat": st.sampled_from(["yes", "no", "unsure"]),
    "promised": event_ids,
    "disclosure": event_ids,
    "note": refs,
    "ground": st.sampled_from(GROUNDS),
    "recipient": parties,
    "adviser": st.sampled_from(["consulted", "not-sought"]),
    "named": _yes_no,
    "whole": _yes_no,
    "extract": st.lists(
        st.fixed_dictionaries({"section": refs, "commitment": digests, "form": forms.map(lambda f: f.word)}),
        min_size=1,
        max_size=2,
    ).map(tuple),
}


@st.composite
def details(draw: st.DrawFn) -> Detail:
    """Prose alone, or any step of any case with all it must have and some of what it may have."""
    case = draw(st.sampled_from(["", *STEPS]))
    if not case:
        return Detail(draw(prose))
    step = draw(st.sampled_from(sorted(STEPS[case])))
    required, optional = STEPS[case][step]
    facts = {
        name: draw(WORDS.get(name, prose))
        for name in sorted(required | draw(st.sets(st.sampled_from(sorted(optional)))))
    }
    words = str(facts.pop("words", ""))
    return Detail(words, case, step, facts)


def test_every_fact_is_of_some_step_and_every_step_s_fact_is_known() -> None:
    """A fact that no step has could never be read; one without a reader would be ignored."""
    used = {name for steps in STEPS.values() for required, optional in steps.values() for name in required | optional}
    assert used == set(FACTS)


@settings(max_examples=40)
@given(details())
def test_what_is_written_is_what_is_read(detail: Detail) -> None:
    """Any detail comes back as it was."""
    assert parse_detail(render_detail(detail), "d") == detail


def _without(text: str) -> Callable[[], Detail]:
    return lambda: parse_detail(text.encode(), "d")


INTAKE = "detail: 1\ncase: feedback\nstep: undelivered\non: 2026-02-03\ncircle: peers\nwords: Marguerite said no\n"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("detail: 1", "detail: 2", "the format 1"),
        ("case: feedback", "case: gossip", "`feedback`"),
        ("step: undelivered", "step: hold", "`undelivered`"),
        ("on: 2026-02-03\n", "", "the key `on`"),
        ("circle: peers", "circle: marguerite", "a party"),
        ("words: Marguerite said no", "words: ''", "a text"),
        ("circle: peers", "circle: peers\nground: threat", "unknown key"),
        ("case: feedback\n", "", "unknown key"),
    ],
)
def test_what_is_wrong_is_told_without_a_word_of_it(old: str, new: str, says: str) -> None:
    """Each of these is refused, and what is said of it holds no word of what stood there."""
    assert old in INTAKE
    with pytest.raises(Malformed) as raised:
        _without(INTAKE.replace(old, new))()
    told = " ".join(f"{p.what} {p.why} {p.hint}" for p in raised.value.problems)
    assert says in told
    assert "arguerite" not in told.replace("`sources`", "")


def test_a_fact_of_another_step_is_not_written() -> None:
    """What could not be read back is refused before it is sealed."""
    facts = {"on": date(2026, 2, 3), "circle": "peers", "ground": "threat"}
    with pytest.raises(Malformed):
        render_detail(Detail("why", "feedback", "undelivered", facts))
