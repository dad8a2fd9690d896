"""The same agreement as a table, as Markdown and as data: one source, and nothing of the file can break out of it."""

from __future__ import annotations

import contextlib
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from confide.cli.shown import table
from confide.records.agreement_file import parse_agreement
from confide.site.matrix import matrix_of
from confide.site.paper.data import data
from confide.site.paper.labels import Neutral
from confide.site.paper.markdown import escaped, markdown
from confide.site.paper.parts import after, before, clauses_of
from confide.workflows import draft
from confide.workflows.draft import Answers
from scripts.schemas import PAGE
from tests.agree.answers import answers
from tests.agree.test_draft import USUAL
from tests.agree.test_paper import AGREEMENT, AGREEMENTS
from tests.agree.written import ROOT
from tests.effort import examples

HOSTILE = "# x [y](http:z) <b>|`*_&amp;"


def printed(source: bytes) -> list[str]:
    with contextlib.redirect_stdout(io.StringIO()) as text:
        table(parse_agreement(source, "a.yml"))
    return text.getvalue().splitlines()


@pytest.mark.parametrize("path", AGREEMENTS)
def test_the_table_fits_a_narrow_window(path: str) -> None:
    """At most 80 columns, however many people; every type has its row, and every party its column."""
    lines = printed((ROOT / path).read_bytes())
    assert max(map(len, lines)) <= 80
    agreement = parse_agreement((ROOT / path).read_bytes(), "a.yml")
    heads = " ".join(line for line in lines if not re.match(r"[A-Z-]", line))
    assert {word.strip(",") for word in heads.split()} >= set(matrix_of(agreement).parties)


def test_few_people_have_a_column_each() -> None:
    """Nobody is put together with others where there is room."""
    lines = printed(draft.first(replace(USUAL, parties=("coach", "client", "payer", "manager", "adviser"))))
    assert lines[1].split() == ["client", "payer", "manager", "adviser"]
    assert any(re.match(r"Shared goals +in full +summary +summary +-$", line) for line in lines)


def test_the_keys_of_the_data_are_those_the_page_lists() -> None:
    """Other programs rely on them: each key is documented, and what is documented is there."""
    listed = PAGE.read_text(encoding="utf-8").partition("## As data")[2].partition("\n## ")[0]
    words = set(re.findall(r"`([a-z][a-z.<>\[\]-]*)`", listed))
    found = data(AGREEMENT)
    assert set(found) == {"format", "facts", "matrix", "clauses", "parts"}
    assert set(found["facts"]) <= words
    assert set(found["matrix"]) == {"types", "parties", "cells"}
    cell = found["matrix"]["cells"]["strategy"]["payer"]
    for keys in (cell, found["clauses"][0], found["parts"][0]):
        assert set(keys) <= words, keys
    json.dumps(found)


def test_the_data_and_the_matrix_agree() -> None:
    """Every type and party has a cell, and the numbers of its clauses are those of the clauses."""
    found = data(AGREEMENT)
    numbers = {clause["number"] for clause in found["clauses"]}
    cells = [cell for row in found["matrix"]["cells"].values() for cell in row.values()]
    assert len(cells) == len(found["matrix"]["types"]) * len(found["matrix"]["parties"])
    assert {number for cell in cells for number in cell["clauses"]} <= numbers
    assert all(re.fullmatch(r"a\.yml:\d+", clause["place"]) for clause in found["clauses"])


@given(answers())
@examples(10)
def test_markdown_says_every_sentence(a: Answers) -> None:
    """A reader of Markdown sees each sentence as it is, and no heading, link or tag that the agreement made up."""
    agreement = parse_agreement(draft.first(a), "a.yml")
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(agreement))
    texts = ["".join(child.content or " " for child in t.children or ()) for t in tokens if t.type == "inline"]
    labels = Neutral()
    for part in (*before(agreement, labels), *after(agreement, labels)):
        for sentence in part.says:
            assert " ".join(sentence.split()) in texts
    said = " ".join(texts)
    assert all(" ".join(clause.says.split()) in said for clause in clauses_of(agreement, labels))
    allowed = {"text", "strong_open", "strong_close", "code_inline", "softbreak"}
    assert {child.type for t in tokens if t.type == "inline" for child in t.children or ()} <= allowed
    assert len([t for t in tokens if t.type == "heading_open"]) == 4 + len(before(agreement, labels)) + len(
        after(agreement, labels)
    )


@pytest.mark.parametrize("text", [HOSTILE, "- a", "+ a", "=", "1. a", "7) a", "---", "a # b - c"])
def test_escaped_text_reads_as_it_was(text: str) -> None:
    """Markdown's own signs come out as signs, wherever they stand."""
    [inline] = [t for t in MarkdownIt("commonmark").parse(f"- {escaped(text)}") if t.type == "inline"]
    assert "".join(child.content for child in inline.children or ()) == text
