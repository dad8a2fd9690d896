"""withdrawn-stays (S-05): what was taken back is not told again."""

from __future__ import annotations

import pytest

from confide.model.record import Record
from confide.policy.rules.withdrawn_stays import check
from tests.policy.small import GOALS, NOW, add, disclosed, record


def taken_back() -> Record:
    """Told to the payer, and withdrawn from the payer."""
    known = disclosed(record(), id="d0000001")
    return add(known, "withdrawn", "client", to=("payer",), target="event/d0000001", evidence="attested")


def permitted(known: Record, **changed: object) -> Record:
    values = {"to": ("payer",), "what": (GOALS.what,), "form": GOALS.form, "sections": (GOALS,), "evidence": "signed"}
    return add(known, "permitted", "client", **(values | changed))


def test_told_once_and_taken_back_is_clean() -> None:
    """And so is telling it to somebody else, or again after she has permitted it."""
    assert list(check(taken_back(), NOW)) == []
    assert list(check(disclosed(taken_back(), to=("manager",)), NOW)) == []
    assert list(check(disclosed(permitted(taken_back())), NOW)) == []


@pytest.mark.parametrize("changed", [None, {"evidence": "attested"}, {"to": ("manager",)}])
def test_told_again_is_a_violation(changed: dict[str, object] | None) -> None:
    """Without a word, on a spoken one, or on a permission for somebody else."""
    before = taken_back() if changed is None else permitted(taken_back(), **changed)
    known = disclosed(before, id="d0000002")
    (found,) = check(known, NOW)
    assert found.what == "disclosure d0000002 told `payer` again what was withdrawn from them"
    assert found.place == known.events[-1].place
    assert found.rule == "withdrawn-stays"
