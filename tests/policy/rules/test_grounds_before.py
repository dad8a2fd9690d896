"""grounds-before (S-23): what a disclosure rests on stands before it."""

from __future__ import annotations

from confide.model.record import Record
from confide.policy.rules.grounds_before import check
from tests.policy.small import GOALS, NOW, add, disclosed, record


def informed(known: Record) -> Record:
    return add(known, "informed", to=("client",), what=(GOALS.what,), evidence="attested", id="a0000001")


def test_a_notice_before_is_clean() -> None:
    """Informed, then told."""
    assert list(check(disclosed(informed(record()), because=("a0000001",)), NOW)) == []


def test_a_notice_after_is_a_violation() -> None:
    """Told, then informed: the order of the record decides, whatever the disclosure says."""
    known = informed(disclosed(record(), because=("a0000001",), id="d0000001"))
    (found,) = check(known, NOW)
    assert found.what == "disclosed d0000001 rests on event a0000001, which came later"
    assert found.place == known.events[-2].place
    assert found.rule == "grounds-before"


def test_a_ground_that_is_not_there_is_a_violation() -> None:
    """An id that nobody has recorded."""
    (found,) = check(disclosed(record(), because=("z0000009",)), NOW)
    assert found.what.endswith("rests on event z0000009, which is not there")
