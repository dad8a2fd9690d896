"""public-before (S-09): what counts as public had been so before we told it."""

from __future__ import annotations

from datetime import date

import pytest

from confide.model.record import Record
from confide.policy.rules.public_before import check
from tests.policy.small import GOALS, NOW, add, disclosed, record


def cited(known: Record, **changed: object) -> Record:
    values = {
        "to": ("client",), "what": (GOALS.what,), "sections": (GOALS,), "document": "sha256:" + "0" * 64,
        "day": date(2026, 1, 5), "evidence": "no-breach",
    }  # fmt: skip
    return add(known, "public", **(values | changed))


def test_a_day_before_our_own_is_clean() -> None:
    """Published before coaching began, told since."""
    assert list(check(cited(disclosed(record())), NOW)) == []
    assert list(check(disclosed(cited(record())), NOW)) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"day": date(2026, 12, 24)}, "it names no day before it was recorded"),
        ({"evidence": "attested"}, "nobody attests that no breach made it public"),
    ],
)
def test_a_citation_that_shows_nothing_is_a_violation(changed: dict[str, object], why: str) -> None:
    """Of a day to come, or of what may have been a breach."""
    known = cited(record(), **changed)
    (found,) = check(known, NOW)
    assert found.why == why
    assert found.place == known.events[-1].place
    assert found.rule == "public-before"


def test_public_since_we_told_it_is_a_violation() -> None:
    """What is public only since our own disclosure was not public already."""
    known = disclosed(record())
    (found,) = check(cited(known, day=known.events[-1].at.date()), NOW)
    assert found.why.startswith("we told it on")
