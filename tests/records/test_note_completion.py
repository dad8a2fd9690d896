"""Completing a note: what is missing is filled in, and not one other character changes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.ids import is_section
from confide.model.problem import Malformed
from confide.records.note_text import complete, parse_note, template, without_secret
from tests.records.reasons import only_problem
from tests.records.test_note_text import FRONT, NOTE, PARTNERSHIP, PATH, SECRET, bodies

KEY = bytes.fromhex(SECRET)


def chance(seed: int) -> Callable[[str], str]:
    return random.Random(seed).choice


def completed(text: str, seed: int = 1, session: str = "2026-03-05") -> str:
    return complete(text, session=session, secret=KEY, choose=chance(seed))


def test_a_bare_text_becomes_a_note() -> None:
    """Front matter in front, an id in each heading; the words stay."""
    whole = completed("before\n\n## One\nx\n\n## Two ##\n\n## Three {what=feedback}\n\nFour\nfive\n----\n")
    ids = re.findall(r"#(s[0-9a-z]{3})\b", whole)
    assert whole == (
        f"---\nformat: 1\nsession: 2026-03-05\nsecret: {SECRET}\n---\n"
        f"before\n\n## One {{#{ids[0]}}}\nx\n\n## Two {{#{ids[1]}}} ##\n\n## Three {{#{ids[2]} what=feedback}}\n\n"
        f"Four\nfive {{#{ids[3]}}}\n----\n"
    )
    assert len(set(ids)) == 4
    assert all(is_section(section_id) for section_id in ids)
    note, secret = parse_note(whole, PARTNERSHIP, PATH)
    assert (secret, [section.id for section in note.sections]) == (KEY, ids)
    assert all(section.commitment for section in note.sections)


def test_a_complete_note_is_left_alone() -> None:
    """Its own secret stays, whatever secret is offered."""
    assert complete(NOTE, session="2020-01-01", secret=bytes(32), choose=chance(1)) == NOTE


@pytest.mark.parametrize(
    ("front", "filled"),
    [
        ("---\n---\n", "---\nformat: 1\nsession: 2026-03-05\nsecret: S\n---\n"),
        ("---\nformat: 1\n---\n", "---\nformat: 1\nsession: 2026-03-05\nsecret: S\n---\n"),
        ("---\nsession: 2026-03-05\n---\n", "---\nformat: 1\nsession: 2026-03-05\nsecret: S\n---\n"),
        (
            "--- \n# who\npresent: [coach]  # alone\nformat: 1\n---\n",
            "--- \n# who\npresent: [coach]  # alone\nformat: 1\nsession: 2026-03-05\nsecret: S\n---\n",
        ),
        (
            "---\npresent:\n  - coach\n  - client\n---\n",
            "---\nformat: 1\nsession: 2026-03-05\npresent:\n  - coach\n  - client\nsecret: S\n---\n",
        ),
    ],
)
def test_front_matter_is_filled_where_it_has_gaps(front: str, filled: str) -> None:
    """Comments, order and spacing of what is there stay."""
    assert completed(front + "x\n") == filled.replace("secret: S", f"secret: {SECRET}") + "x\n"


def test_a_further_note_of_a_day_has_that_day_as_its_session() -> None:
    """The note's name may be given for its day."""
    assert "\nsession: 2026-03-05\n" in completed("x", session="2026-03-05-2")


def test_a_secret_of_digits_is_quoted() -> None:
    """So that no reader takes it for a number."""
    whole = complete("x", session="2026-03-05", secret=bytes.fromhex("12" * 32), choose=chance(1))
    assert f'secret: "{"12" * 32}"' in whole
    assert parse_note(whole, PARTNERSHIP, PATH)[1] == bytes.fromhex("12" * 32)


def test_a_new_id_is_none_that_is_there_or_referred_to() -> None:
    """Not even one that only a `from` names, which would tie it to a section nobody meant."""
    letters = iter("1" * 3 + "2" * 3 + "3" * 3)
    whole = complete(
        "## A {#s111}\n## B {from=s222}\n", session="2026-03-05", secret=KEY, choose=lambda _: next(letters)
    )
    assert "## B {#s333 from=s222}" in whole


def test_chance_that_gives_nothing_new_ends() -> None:
    """A `choose` that always says the same is reported, not waited for."""
    with pytest.raises(ValueError, match="no section id is left"):
        complete("## A\n## B\n", session="2026-03-05", secret=KEY, choose=lambda _: "1")


@pytest.mark.parametrize(
    "body", ["```\n## A\n```\n", "> ## A\n", "- ## A\n", "### A\n", "##\n", "## {what=feedback}\n"]
)
def test_what_is_no_section_gets_no_id(body: str) -> None:
    """Nothing inside a fence or a quote is written into."""
    assert completed(FRONT + body) == FRONT + body


@given(bodies, st.integers(0, 99))
def test_completing_changes_nothing_else_and_only_once(body: str, seed: int) -> None:
    """Take the new ids and front matter away again and the text is what it was; completing twice is completing once."""
    try:
        whole = completed(FRONT + body, seed)
    except Malformed:
        return
    assert completed(whole, seed + 1) == whole
    lines = (FRONT + body).split("\n")
    for before, after in zip(lines, whole.split("\n"), strict=True):
        assert before in without_id(after)


def without_id(line: str) -> set[str]:
    """The line, and what it may have been before an id was put into its braces, or braces with it behind its words."""
    return {line, *(re.sub(pattern, "", line, count=1) for pattern in (r" \{#s\w{3}\}", r"#s\w{3} ", r"#s\w{3}"))}


@given(bodies, st.integers(0, 99))
def test_a_sound_note_is_sound_and_fixed_when_completed(body: str, seed: int) -> None:
    """Every section that was read is read again, the same, now with an id and a commitment."""
    try:
        before, _ = parse_note(FRONT + body, PARTNERSHIP, PATH)
    except Malformed:
        return
    after, _ = parse_note(completed(FRONT + body, seed), PARTNERSHIP, PATH)
    assert [(s.title, s.text, s.facets) for s in after.sections] == [
        (s.title, s.text, s.facets) for s in before.sections
    ]
    assert all(section.id and section.commitment for section in after.sections)


def test_an_editor_never_sees_the_secret_and_gives_the_same_note_back() -> None:
    """Without the secret's line, and with it put back, the note is byte for byte the one before."""
    whole = completed("---\npresent: [coach]\n---\n## A\nx\n")
    shown = without_secret(whole)
    assert SECRET not in shown
    assert shown == whole.replace(f"secret: {SECRET}\n", "")
    assert completed(shown, seed=2) == whole


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no front matter\n", "no front matter\n"),
        ("---\nformat: 1\n---\nx", "---\nformat: 1\n---\nx"),
        (
            "---\nsecret: >\n  abc\n  def\n# kept\nformat: 1\n---\nsecret: x\n",
            "---\n# kept\nformat: 1\n---\nsecret: x\n",
        ),
    ],
)
def test_only_the_secret_goes(text: str, shown: str) -> None:
    """Comments around it and words like it in the note stay."""
    assert without_secret(text) == shown


def test_a_front_matter_that_cannot_be_read_is_refused_before_anything_is_written() -> None:
    """Neither completed nor shown: a secret that is not found could not be taken out."""
    broken = "---\n{secret: abc, format: 1}\n---\nx\n"
    for call in (lambda: completed(broken), lambda: without_secret(broken)):
        assert only_problem(call).what == "expected a line of its own for each key"


def test_a_template_is_a_note_of_drafts_and_offers() -> None:
    """Headings stand as they were offered, with who is usually present, and completing it makes a sound note."""
    text = template("2026-03-05", ("Where we are {what=partnership-goals/shared}", "Loose ends"))
    assert text == (
        "---\nformat: 1\nsession: 2026-03-05\npresent: [coach, client]\n---\n"
        "## Where we are {what=partnership-goals/shared}\n\n\n## Loose ends\n\n"
    )
    note, _ = parse_note(completed(text), PARTNERSHIP, PATH)
    assert [section.facets.draft for section in note.sections] == [False, True]
    assert parse_note(completed(template("2026-03-05-2", ())), PARTNERSHIP, PATH)[0].sections == ()
