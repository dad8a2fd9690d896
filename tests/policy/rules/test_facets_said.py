"""facets-said (S-28): every term means something certain."""

from __future__ import annotations

import pytest

from confide.policy.rules.facets_said import check
from tests.policy.small import NOW, agreement, record, share, withhold


def test_six_facets_are_clean() -> None:
    """The usual clause, and a withhold that leaves facets out, which means any."""
    assert list(check(record(agreement(share(), withhold())), NOW)) == []


@pytest.mark.parametrize(
    ("facets", "why"),
    [
        ({"senders": ()}, "does not say `by`"),
        ({"when": None}, "does not say `when`"),
        ({"what": ("gossip",)}, "`gossip` is not a type of information"),
        ({"recipients": ("anna",)}, "`anna` is not a party"),
    ],
)
def test_a_term_that_cannot_be_obeyed_is_a_violation(facets: dict[str, object], why: str) -> None:
    """The clause is named, with what is wrong in it, at its line."""
    term = share(**facets)
    (found,) = check(record(agreement(term)), NOW)
    assert why in found.what
    assert found.place == term.place
    assert found.rule == "facets-said"
