"""Files of supposed terms: read as strictly as an agreement, and nothing in them is skipped."""

from __future__ import annotations

import pytest

from confide.model.problem import Malformed
from confide.model.words import KNOWN_TYPES, Form
from confide.records.terms_file import parse_terms

TERM = """\
terms:
  - id: talks-to-payer
    effect: share
    what: [discussions]
    with: [payer]
    by: [coach]
    when: [always]
    form: topic
    circumstances: always
"""
CLAUSES = ("talks-private", "goals")


def test_terms_and_clauses_left_out() -> None:
    """Both keys, each with what it says; terms know the line they stand on."""
    found = parse_terms(f"{TERM}without: [talks-private]\n".encode(), "what-if.yml", KNOWN_TYPES, CLAUSES)
    [term] = found.terms
    assert (term.id, term.form, term.place.file, term.place.line) == ("talks-to-payer", Form.TOPIC, "what-if.yml", 2)
    assert found.without == ("talks-private",)
    assert parse_terms(b"without: [goals]\n", "f", KNOWN_TYPES, CLAUSES).terms == ()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (TERM.replace("topic", "topics"), 8, "`form`: expected one of"),
        (TERM.replace("    circumstances: always\n", ""), 2, "expected the facet `circumstances`, found none"),
        (TERM + "withot: [goals]\n", 10, "found the unknown key `withot`"),
        (TERM + "without: [talk-private]\n", 10, "`without`: expected one of `talks-private`, `goals`"),
        ("terms: []\n", 1, "`terms`: expected at least one term, found an empty list"),
        ("without: []\n", 1, "`without`: expected at least one entry, found an empty list"),
        ("{}\n", 1, "the file: expected the key `terms`, found none"),
        ("- a\n", 1, "the file: expected a mapping"),
        (TERM + TERM, 10, "the key `terms` stands here for the second time"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_line(text: str, line: int, what: str) -> None:
    """The same strictness as for an agreement: no key, word or facet is guessed."""
    with pytest.raises(Malformed) as refused:
        parse_terms(text.encode(), "what-if.yml", KNOWN_TYPES, CLAUSES)
    found = [(p.place.line if p.place else 0, p.what) for p in refused.value.problems]
    assert any(at == line and what in said for at, said in found), found


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"a: &x [*x]\n", b"a: [" * 200, b"\x00", b"a: !!python/object:os.system x\n"]
)
def test_hostile_bytes_are_malformed_and_nothing_else(data: bytes) -> None:
    """Never a traceback of another kind."""
    with pytest.raises(Malformed):
        parse_terms(data, "what-if.yml", KNOWN_TYPES, CLAUSES)
