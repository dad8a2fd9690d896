"""Notes: which heading opens a section, what the section is, what its exact text is, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.commitment import commitment, salt
from confide.model.note import Facets, Note, Section
from confide.model.problem import Malformed, Place
from confide.model.words import KNOWN_TYPES, Form
from confide.records.note_text import parse_note
from tests.records.reasons import everything_in, line_of, only_problem, problems_of

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


@pytest.mark.parametrize(
    ("heading", "what", "hint", "rule"),
    [
        ("## A {#s1 what=feedbak}", "`what`: expected a type of information", "did you mean `feedback`?", "type"),
        ("## A {#s1 what=rota}", "`what`: expected a type of information", "known types: assessment", "type"),
        ("## A {#s1 wat=feedback}", "found an unknown attribute", "did you mean `what`?", "attributes"),
        ("## A {#s1 drft}", "found an unknown attribute", "did you mean `draft`?", "attributes"),
        ("## A {.private}", "found an unknown attribute", "known here: #id, what", "attributes"),
        ("## A {#s1 what=feedback form=short}", "`form`: expected one of `topic`", "", "attributes"),
        ("## A {#s1 what=feedback form=none}", "`form`: expected one of `topic`", "", "attributes"),
        ("## A {#s1 what=feedback subject=payor}", "`subject`: expected a party", "did you mean `payer`?", "party"),
        ("## A {#s1 what=feedback source=x}", "`source`: expected a party", "parties are words of a", "party"),
        ("## A {#s1 what=feedback flags=secret}", "`flags`: expected one of `classified`", "", "attributes"),
        ("## A {#s1 what=feedback terms=A}", "`terms`: expected lower-case words", "", "attributes"),
        ("## A {#s1 what=feedback from=s9}", "`from`: expected the id of another section", "", "attributes"),
        ("## A {#s1 what=feedback from=s1}", "`from`: expected the id of another section", "", "attributes"),
        ("## A {#s1 what=feedback what=strategy owner=payer}", "the attribute `what` stands here twice", "", ""),
        ("## A {#s1 #s2}", "the attribute `#` stands here twice", "", "attributes"),
        ("## A {#s1 what=}", "the attribute `what` says nothing", "", "attributes"),
        ("## A {#goals}", "expected a section id of `s` and letters with a digit", "leave it out", "section-id"),
        ("## A {#S1}", "expected a section id of `s` and letters with a digit", "leave it out", "section-id"),
        ("## {#s1}", "a section has a heading without words", "give it a title", "section"),
        ("##", "a section has a heading without words", "give it a title", "section"),
        ("## A {#s1 what=feedback", "attributes belong into one pair of braces", "`## Title {#s1", "attributes"),
        ("## A what=feedback", "attributes belong into one pair of braces", "`## Title {#s1", "attributes"),
        ("## A {#s1} {what=feedback}", "attributes belong into one pair of braces", "`## Title {#s1", "attributes"),
        (
            "## A {#s1 what=strategy}",
            "a section of the type `strategy` says whose information it is",
            "add `owner=",
            "",
        ),
    ],
)
def test_what_is_wrong_in_braces_is_named_at_its_line(heading: str, what: str, hint: str, rule: str) -> None:
    """Nothing is skipped: a misspelt attribute would change who may read the section."""
    problem = only_problem(lambda: sections("text\n\n" + heading + "\n"))
    assert problem.what.startswith(what)
    assert problem.hint.startswith(hint)
    assert problem.rule == rule or not rule
    assert problem.place == Place(FILE, LINES + 3)


def test_s_08_what_belongs_to_the_organisation_names_its_owner() -> None:
    """For appraisals, proprietary and strategic things the owner is said, even if it is the client."""
    for what in ("performance-appraisals", "proprietary/plans", "strategy"):
        assert only_problem(lambda what=what: sections(f"## A {{what={what}}}\n")).rule == "S-08"
        assert sections(f"## A {{what={what} owner=client}}\n")[0].facets.owner == "client"


def test_types_of_the_agreement_are_known_when_they_are_given() -> None:
    """A type that only the agreement declares is an error without it, never a guess."""
    text = FRONT + "## A {#s1 what=rota/nights}\n"
    assert parse(text, types=(*KNOWN_TYPES, "rota"))[0].sections[0].facets.what == "rota/nights"


def test_an_id_stands_once() -> None:
    """Events name sections by id; the first line is told."""
    problem = only_problem(lambda: sections("## A {#s1}\n\n## B {#s1}\n"))
    assert (problem.what, problem.why) == ("the section id `s1` stands here for the second time", "first on line 7")
    assert line_of(problem) == 9


@pytest.mark.parametrize(
    ("body", "what", "line"),
    [
        ("## A {#s1}\n```\n## B {#s2 what=conflicts}\n", "a fence is opened here and never closed", 2),
        ("## A {#s1}\n~~~\n```\n## B {#s2}\n", "a fence is opened here and never closed", 2),
        ("## A {#s1}\n<!-- x\n\n## B\n", "HTML is opened here and never closed", 2),
        ("## A {#s1}\n<script>\n\n## B\n", "HTML is opened here and never closed", 2),
        ("## A {#s1}\n<? x\n\n## B\n", "HTML is opened here and never closed", 2),
        ("## A {#s1}\n<div>\n## B {#s2 what=conflicts}\n", "a heading with attributes stands inside HTML", 2),
        ("## A {#s1}\n- x\n  ## B {#s2 what=conflicts}\n", "a heading with attributes stands inside a list", 3),
        ("## A {#s1}\n> ## B {what=conflicts}\n", "a heading with attributes stands inside a list", 2),
        ("## A {#s1}\n### B {draft}\n", "a heading with attributes is not of level 2", 2),
        ("## A {#s1}\n# B {#s2}\n", "a heading with attributes is not of level 2", 2),
    ],
)
def test_a_heading_that_looks_like_a_section_is_never_swallowed(body: str, what: str, line: int) -> None:
    """Its writer took it for a section of its own; as part of another it would go wherever that one goes."""
    found = [problem for problem in problems_of(lambda: sections(body)) if problem.rule == "hidden-section"]
    assert [line_of(problem) for problem in found if problem.what.startswith(what)] == [LINES + line]


@pytest.mark.parametrize(
    "body", ["```\nx\n```", "- ```\n  x\n", "> ```\n> x\n\ny\n", "<!-- x -->\n\ny\n", "<div>\n\nx\n"]
)
def test_what_ends_by_itself_is_no_problem(body: str) -> None:
    """A fence in a list ends with the list, a closed comment is closed."""
    assert titles("## A {#s1}\n" + body + "\n\n## B {#s2}\n") == ["A", "B"]


@pytest.mark.parametrize(
    ("front", "what", "line"),
    [
        ("", "expected front matter, found none", 1),
        ("---\nformat: 1\n", "the front matter is opened here and never closed", 1),
        ("---\nformat: 2\nsession: 2026-03-05\n---\n", "`format`: expected 1, found another", 2),
        ("---\nformat: 1\n---\n", "the front matter: expected the key `session`, found none", 2),
        ("---\nformat: 1\nsession: 2026-03-06\n---\n", "`session`: expected the day in the note's name", 3),
        ("---\nformat: 1\nsession: soon\n---\n", "`session`: expected a day such as", 3),
        ("---\nformat: 1\nsession: 2026-03-05\npresent: [anna]\n---\n", "`present`: expected a party, found", 4),
        ("---\nformat: 1\nsession: 2026-03-05\nsecret: abc\n---\n", "`secret`: expected 32 bytes in hexadecimal", 4),
        ("---\nformat: 1\nsession: 2026-03-05\nanna: 1\n---\n", "the front matter: found an unknown key", 4),
        ("---\nformat: 1\nsession: 2026-03-05\nanna: 1\nanna: 2\n---\n", "a key stands here for the second time", 5),
        ("---\nformat: 1\nsession: *anna\n---\n", "found an alias (`*`)", 3),
        ("---\n{format: 1, session: 2026-03-05}\n---\n", "expected a line of its own for each key", 2),
        ("---\n- anna\n---\n", "expected lines of `key: value`, found another style", 2),
    ],
)
def test_what_is_wrong_in_the_front_matter_is_named_at_its_line(front: str, what: str, line: int) -> None:
    """Lines count from the top of the note, and no word of it is repeated."""
    problem = only_problem(lambda: parse(front + "## A {#s1}\n"))
    assert problem.what.startswith(what)
    assert line_of(problem) == line
    assert "anna" not in everything_in(problem)


def test_all_problems_of_a_note_are_told_at_once() -> None:
    """In the order of its lines, front matter and sections together."""
    broken = NOTE.replace("present: [coach", "present: [couch").replace("#s2b", "#goals").replace("draft}", "draught}")
    assert [line_of(problem) for problem in problems_of(lambda: parse(broken))] == [4, 14, 22]


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_what_is_no_text_is_refused(text: str) -> None:
    """A NUL would be replaced by CommonMark, a lone surrogate cannot be written: neither has one exact text."""
    assert only_problem(lambda: sections(text)).what == "found a character that is no text"


def test_problems_never_hold_a_word_of_the_note() -> None:
    """Whatever stands in the heading, its braces or around it, in any case, stays in the note."""
    word = "marguerite"
    for body in (
        f"## {word} {{#s1 what={word}}}\n{word}\n",
        f"## {word} {{{word}}}\n",
        f"## {word} {{#{word}}}\n",
        f"## {word} {{{word}={word}}}\n",
        f"## {word} {{#s1 owner={word} subject={word} flags={word} terms={word.upper()} from={word} form={word}}}\n",
        f"## {word} {{#s1\n",
        f"### {word} {{#s1 what={word}}}\n```\n{word}\n",
        f"- ## {word} {{what={word}}}\n\n<!-- {word}\n",
    ):
        for problem in problems_of(lambda body=body: sections(body)):
            assert word not in everything_in(problem).lower()


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
