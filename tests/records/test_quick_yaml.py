"""libyaml reads first and ruamel decides: the two never give different values for one text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from confide.records import yaml

FILE = "records/p-7t4m/some.yml"
PIECES = (
    "a",
    "b: ",
    "- ",
    "\n",
    "\n  ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    ":",
    ": ",
    "#",
    " #c",
    '"',
    "'",
    "1",
    "~",
    "é",
    "<<: ",
)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join))
@example("x: {a: 1, 'b c': [2, '3']} # why\n")
def test_the_quick_parser_never_reads_anything_else(text: str) -> None:
    """What libyaml accepts without a problem, ruamel reads as the same value; a doubt goes to ruamel."""
    quick = yaml._quickly(text, FILE, False)
    if quick is not None:
        assert yaml._carefully(text, FILE, False) == quick


def test_the_quick_parser_reads_what_records_are_made_of() -> None:
    """Otherwise the claim above would be about nothing."""
    assert yaml._quickly("terms:\n  - {id: a, when: [always]}  # why\n", FILE, False) is not None
    assert [yaml._quickly(text, FILE, False) for text in ("a: |#\n", "a: b: c\n", "a: 1\na: 2\n")] == [None] * 3
