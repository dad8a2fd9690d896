"""Notes: which heading opens a section, what the section is, what its exact text is, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.commitment import commitment, salt
from confide.model.note import Facets, Note, Section
from confide.model.problem import Malformed, Place
from confide.model.words import Form
from confide.records.note_text import parse_note
from tests.records.reasons import line_of

PARTNERSHIP, PATH = "p-7t4m", "notes/2026-03-05"
FILE = "records/p-7t4m/notes/2026-03-05.md.gpg"
SECRET = "ab" * 32
FRONT = f"---\nformat: 1\nsession: 2026-03-05\npresent: [coach, client]\nsecret: {SECRET}\n---\n"
LINES = 6
NOTE = (
    FRONT
    + """\
Two lines of thought before anything else.

# Thursday

## The ward plan {#s1a what=partnership-goals/shared}
It stands for eleven of twelve weeks.

## In one line for the board {#s2b what=partnership-goals/shared form=summary from=s1a terms=aims-in-brief}

The plan is almost complete.

## Merger {#s3c what=strategy owner=payer source=client subject=payer flags=trade-secret,privileged}
## Not yet sorted {#s4d}
Something.

## Sorted, and kept back {#s5e what=conflicts draft}
"""
)


def parse(text: str, **more: object) -> tuple[Note, bytes | None]:
    return parse_note(text, PARTNERSHIP, PATH, **more)  # type: ignore[arg-type]


def sections(body: str) -> tuple[Section, ...]:
    return parse(FRONT + body)[0].sections


def titles(body: str) -> list[str]:
    return [section.title for section in sections(body)]


def test_a_note_is_read() -> None:
    """Front matter, sections in order with facets and lines; text in front of the first belongs to none."""
    note, secret = parse(NOTE)
    assert (note.partnership, note.path, note.session) == (PARTNERSHIP, PATH, "2026-03-05")
    assert (note.present, note.signer, secret) == (("coach", "client"), "", bytes.fromhex(SECRET))
    assert [section.facets for section in note.sections] == [
        Facets("partnership-goals/shared"),
        Facets("partnership-goals/shared", Form.SUMMARY, made_from=("s1a",), terms=("aims-in-brief",)),
        Facets("strategy", subject="payer", owner="payer", flags=frozenset({"trade-secret", "privileged"})),
        Facets(),
        Facets(),
    ]
    assert [section.facets.draft for section in note.sections] == [False, False, False, True, True]
    assert [section.ref for section in note.sections][1:3] == [f"{PATH}#s2b", f"{PATH}#s3c"]
    assert [section.place for section in note.sections] == [Place(FILE, n) for n in (11, 14, 18, 19, 22)]
    assert note.sections[1].text == "## In one line for the board\n\nThe plan is almost complete."
    assert note.sections[2].text == "## Merger"
    assert all("lines of thought" not in section.text for section in note.sections)


def test_a_commitment_fixes_the_text_in_its_place() -> None:
    """It is the model's commitment of exactly the section's text, and nothing without a secret or an id."""
    section = parse(NOTE)[0].sections[0]
    fixed = commitment(salt(bytes.fromhex(SECRET), "s1a", section.text), PARTNERSHIP, PATH, "s1a", section.text)
    assert section.commitment == fixed
    assert parse(NOTE.replace(f"secret: {SECRET}\n", ""))[0].sections[0].commitment == ""
    assert parse(NOTE.replace("{#s4d}", ""))[0].sections[3].commitment == ""
    elsewhere = parse_note(NOTE, "p-7t4n", PATH)[0].sections[0]
    assert (elsewhere.text, elsewhere.commitment == fixed) == (section.text, False)


@pytest.mark.parametrize(
    "body",
    [
        "```\n## no\n```\n",
        "~~~ md\n## no\n~~~\n",
        "````\n```\n## no\n````\n",
        "> ## no\n",
        "- ## no\n",
        "1. x\n\n   ## no\n",
        "<div>\n## no\n</div>\n",
        "<!--\n## no\n-->\n",
        "<pre>\n\n## no\n</pre>\n",
        "    ## no\n",
        "##no\n",
        "\\## no\n",
        "### no\n",
        "# no\n",
        "no\n==\n",
        "x `\n## yes\n` y\n",
    ],
)
def test_what_commonmark_takes_for_no_heading_opens_no_section(body: str) -> None:
    """Fences, quotes, lists, HTML and indented code hold text; other levels are part of their section."""
    expected = ["yes"] if "yes" in body else []
    assert titles(body) == expected
    assert titles("## before\n\n" + body + "\n## after\n") == ["before", *expected, "after"]


@pytest.mark.parametrize(
    ("body", "title", "text"),
    [
        ("## One {#s1}\nx\n", "One", "## One\n\nx"),
        ("## One ## \nx\n", "One", "## One\n\nx"),
        ("  ##   One  {#s1}  ##\n\n\n\nx  \n\n\n", "One", "## One\n\nx  "),
        ("##\tOne\t{#s1 }\n", "One", "## One"),
        ("One\n---\nx\n", "One", "## One\n\nx"),
        ("One\ntwo {#s1\ndraft}\n---\nx\n", "One two", "## One two\n\nx"),
        ("C #\n---\nx\n", "C \\#", "## C \\#\n\nx"),
        ("## A \\{b} {#s1}\n", "A \\{b}", "## A \\{b}"),
        ("## A {#s1}\n    code\n", "A", "## A\n\n    code"),
        ("## A {#s1}\n\n\t\n \nx\n\n\ny\n\t\n", "A", "## A\n\nx\n\n\ny"),
        ("## A {#s1}\nx\n### B\n# C\ny\n", "A", "## A\n\nx\n### B\n# C\ny"),
        ("## A {#s1}\n\u3000\nx\u2028y\x0cz\n", "A", "## A\n\n\u3000\nx\u2028y\x0cz"),
    ],
)
def test_the_exact_text_of_a_section(body: str, title: str, text: str) -> None:
    """The heading without attributes, a blank line, and the body as it stands without blank lines around it."""
    (section,) = sections(body)
    assert (section.title, section.text) == (title, text)


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    """The same note saved by another editor is the same note, with the same commitments."""
    expected = parse(NOTE)
    assert parse(NOTE.replace("\n", "\r\n")) == expected
    assert parse(NOTE.replace("\n", "\r")) == expected
    assert parse("\ufeff" + NOTE) == expected


fragments = st.sampled_from(
    [
        *("## A", "## A {#s1}", "## B {what=feedback}", "##", "# H", "### h {x}", "B", "---", "===", "C #", "***"),
        *("```", "~~~", "> q", "> ## q", "- l", "  ## l", "    code", "<div>", "<!--", "-->", "", "", " ", "text {b}"),
        *(
            "{#s2 draft}",
            "## C # {#s3} #",
            "\\## d",
            "## E \\{x}",
            "[a]: b",
            "## `{x}`",
            "1. n",
            "\ttab",
            "## é\u3000 {}",
        ),
    ]
)
bodies = st.lists(fragments, max_size=12).map("\n".join)


@given(st.one_of(bodies, st.text(max_size=60)))
def test_any_text_is_a_note_or_refused(body: str) -> None:
    """No Markdown ends in a traceback, and each refusal has its file and line."""
    try:
        found = sections(body)
    except Malformed as refused:
        assert all(problem.place and problem.place.file == FILE and line_of(problem) for problem in refused.problems)
        return
    assert all(section.title and section.text.startswith(f"## {section.title}") for section in found)


@given(bodies)
def test_a_section_read_by_itself_is_the_same_section(body: str) -> None:
    """What is disclosed is one section with nothing of its neighbours: alone it has the same title and text."""
    try:
        found = sections(body)
    except Malformed:
        return
    for section in found:
        assert [(alone.title, alone.text) for alone in sections(section.text)] == [(section.title, section.text)]


def test_the_day_of_a_note_is_its_session() -> None:
    """A second note of a day has the same session."""
    text = FRONT + "## A {#s1}\n"
    assert parse_note(text, PARTNERSHIP, "notes/2026-03-05-2")[0].session == date(2026, 3, 5).isoformat()
