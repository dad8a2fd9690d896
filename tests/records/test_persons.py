"""A list of people as it is handed over: numbered in order, and never repeated in a message."""

from __future__ import annotations

import pytest

from confide.model.partnership import Person
from confide.records.persons import parse_persons
from tests.records.reasons import everything_in, line_of, only_problem, problems_of

LIST = """\
persons:
  - {party: client, name: Marguerite O'Neill, title: Medical director}
  - {party: board, name: Ines Calder}
  - {party: board, name: Tadeusz Bąk, email: t@example.org, number: 4}
  - {party: board, name: Li Na}
"""


def test_people_of_a_party_are_numbered_in_their_order() -> None:
    """A number that is given counts; the others are the position in their party."""
    assert parse_persons(LIST.encode(), "people.yml") == (
        Person("client", 1, "Marguerite O'Neill", title="Medical director"),
        Person("board", 1, "Ines Calder"),
        Person("board", 4, "Tadeusz Bąk", email="t@example.org"),
        Person("board", 3, "Li Na"),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("party: client", "party: marguerite", 2, "`party`: expected a party, found another text"),
        ("title: Medical", "marguerite: Medical", 2, "a person: found an unknown key"),
        ("name: Li Na", "nam: Li Na", 5, "a person: expected the key `name`, found none"),
    ],
)
def test_what_is_wrong_is_named_without_a_name(old: str, new: str, line: int, what: str) -> None:
    """The line and what was expected are enough to mend it."""
    found = problems_of(lambda: parse_persons(LIST.replace(old, new).encode(), "people.yml"))
    assert (line, True) in [(line_of(problem), problem.what.startswith(what)) for problem in found]
    assert all("marguerite" not in everything_in(problem).lower() for problem in found)


def test_a_key_that_stands_twice_is_not_repeated() -> None:
    """Not even where the file is no list of people at all."""
    problem = only_problem(lambda: parse_persons(b"marguerite: 1\nmarguerite: 2\n", "people.yml"))
    assert problem.what == "a key stands here for the second time"
