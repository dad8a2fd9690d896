"""Notes that are refused: every problem at its line, and never a word of the note in it."""

from __future__ import annotations

import pytest

from confide.model.problem import Place
from confide.model.words import KNOWN_TYPES
from tests.records.reasons import everything_in, line_of, only_problem, problems_of
from tests.records.test_note_text import FILE, FRONT, LINES, NOTE, parse, sections, titles


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
