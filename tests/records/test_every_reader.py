"""No file of any kind ends in a traceback: what is wrong with it is said at its line (STYLE, habits 3 and 5)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.model.detail import Detail
from confide.model.event import Event
from confide.model.problem import Malformed
from confide.model.words import KNOWN_TYPES, Form
from confide.records.agreement_file import parse_agreement
from confide.records.detail_file import parse_detail, render_detail
from confide.records.event_file import parse_event, render_event
from confide.records.instrument_file import parse_instrument
from confide.records.partnership_file import parse_partnership
from confide.records.people_file import parse_people
from confide.records.persons import parse_persons
from confide.records.practice_file import parse_practice
from confide.records.terms_file import parse_terms
from tests.effort import examples
from tests.records.reasons import DATA
from tests.records.test_small_files import PARTNERSHIP, PEOPLE, PRACTICE
from tests.records.test_terms_file import CLAUSES, TERM

FILE = "2026-03-04-told-2222222a.yml"
# What is wrong with a file as a whole has no line.
WHOLE = re.compile("the file's name does not agree|expected the canonical form|expected at most 1024 KiB")
Parse = Callable[[bytes, str], object]
EVENT = Event(
    "2222222a", "told", "p-7t4m", datetime(2026, 3, 4, 9, tzinfo=UTC), "coach",
    to=("payer",), what=("engagement",), form=Form.TOPIC, channel="phone", agreement=1, terms=("dates",),
)  # fmt: skip


def _terms(data: bytes, file: str) -> object:
    return parse_terms(data, file, KNOWN_TYPES, CLAUSES)


KINDS: dict[str, tuple[str, Parse]] = {
    "agreement": ((DATA / "agreement.yml").read_text(encoding="utf-8"), parse_agreement),
    "instrument": ((DATA / "instrument.yml").read_text(encoding="utf-8"), parse_instrument),
    "partnership": (PARTNERSHIP, parse_partnership),
    "people": (PEOPLE, parse_people),
    "persons": ("persons:" + PEOPLE.partition("persons:")[2], parse_persons),
    "practice": (PRACTICE, parse_practice),
    "event": (render_event(EVENT).decode(), parse_event),
    "detail": (render_detail(Detail("what was said")).decode(), parse_detail),
    "terms": (f"{TERM}without: [talks-private]\n", _terms),
}
# What somebody, or a program, could leave in the place of a word: other types, dates that are none, bombs, other YAML.
ODD = (
    *("", "~", "null", "true", "no", "0", "-1", "1.5", "1e999", ".inf", "0x10", "0o7", "9" * 400, "2026-02-30"),
    *("2026-13-01", "0000-00-00", "9999-12-31", "2026-01-01T25:00:00Z", "2026-01-01 10:00:00 +99:00", "[]", "{}"),
    *("[[[]]]", "{a: {a: {a: {}}}}", "[1, x]", "{x: 1}", "&a [*a]", "*a", "<<: *a", "!!python/object:os.system x"),
    *("!t x", "%YAML 1.1", "--- x", "...", "? x", "- - - x", "| x", "> x", '"', "'", "{", "[", "\t", "\x00", "\ufeff"),
    *("\u202e", "\x85", "e\u0301", "a" * 3000, "p-", "payer.", ".hr", "client-0", "client-99999999999", "feedback/"),
    *("/shared", "0 days", "-1 days", "99999999999 years", "3 working", "Europe/Nowhere", "../../etc/passwd", "="),
)
WORD = re.compile(r"[^\s\[\]{},:]+")


def read_or_refused(parse: Parse, data: bytes) -> Malformed | None:
    try:
        parse(data, FILE)
    except Malformed as refused:
        assert refused.problems
        for problem in refused.problems:
            assert problem.place is not None
            assert problem.place.file == FILE
            assert problem.place.line >= 1 or WHOLE.match(problem.what)
        return refused
    return None


@pytest.mark.parametrize("kind", KINDS)
def test_the_samples_are_read(kind: str) -> None:
    """What is spoilt below is sound before."""
    text, parse = KINDS[kind]
    assert read_or_refused(parse, text.encode()) is None


@pytest.mark.parametrize("kind", KINDS)
@examples(30)
@given(st.data())
def test_whatever_stands_in_the_place_of_a_word(kind: str, data: st.DataObject) -> None:
    """Any word of a file, exchanged for something odd: read, or refused with the file and a line."""
    text, parse = KINDS[kind]
    word = data.draw(st.sampled_from([*WORD.finditer(text)]))
    spoilt = text[: word.start()] + data.draw(st.sampled_from(ODD)) + text[word.end() :]
    read_or_refused(parse, spoilt.encode())


@pytest.mark.parametrize("kind", KINDS)
@examples(15)
@given(st.data())
def test_whatever_happens_to_its_lines(kind: str, data: st.DataObject) -> None:
    """Lines lost, doubled, moved, indented or cut, and bytes between: read, or refused with the file and a line."""
    text, parse = KINDS[kind]
    lines = text.encode().splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        n = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["lose", "double", "move", "indent", "cut", "bytes"]))
        line = lines.pop(n) if how in ("lose", "move") else lines[n]
        at = data.draw(st.integers(0, max(len(lines) - 1, 0)))
        lines[at:at] = [line] * (how in ("double", "move"))
        if how == "indent":
            lines[n] = b" " * data.draw(st.integers(1, 5)) + line
        elif how == "cut":
            lines[n] = line[: data.draw(st.integers(0, len(line)))]
        elif how == "bytes":
            lines[n] = line + data.draw(st.binary(max_size=12))
        lines = lines or [b""]
    read_or_refused(parse, b"".join(lines))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_comments_and_bombs(kind: str) -> None:
    """An empty file, one of comments, a bomb of aliases, one of depth, one of size: refused, whatever the kind."""
    _, parse = KINDS[kind]
    laughs = "a: &a [x, x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    for text in (
        "",
        "\n\n",
        "# nothing\n",
        "---\n",
        "x",
        "[]",
        laughs,
        "[" * 9000,
        "{a: " * 9000,
        "- " * 9000,
        "a: b\n" * 270_000,
    ):
        assert read_or_refused(parse, text.encode()) is not None


def test_ten_thousand_terms_are_all_read() -> None:
    """Huge, and still an agreement: nothing of it is left out."""
    text, _ = KINDS["agreement"]
    head, _, rest = text.partition("terms:\n")
    more = "".join(f"  - {{id: more-{n}, effect: withhold, what: [discussions]}}\n" for n in range(10_000))
    whole = parse_agreement(f"{head}terms:\n{more}{rest}".encode(), FILE)
    assert len([term for term in whole.terms if term.id.startswith("more-")]) == 10_000
