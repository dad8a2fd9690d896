"""onward-as-agreed (S-22): who may pass something on was agreed before coaching began."""

from __future__ import annotations

from dataclasses import replace

import pytest

from confide.model.agreement import Term
from confide.model.record import Record
from confide.policy.rules.onward_as_agreed import check
from tests.policy.small import NOW, add, agreement, record, share


def begun(first: Term, *later: Term) -> Record:
    """Coaching begins under agreement 1; agreement 2 is proposed and signed afterwards."""
    known = add(record(agreement(first)), "began", to=("client", "payer"), agreement=1)
    if later:
        second = agreement(*later, version=2)
        known = replace(known, agreements=(*known.agreements, second))
    return known


def test_what_was_agreed_before_is_clean() -> None:
    """The same people may be told as before, or fewer."""
    finance = share(onward=("payer.finance",))
    assert list(check(begun(finance), NOW)) == []
    assert list(check(begun(finance, finance), NOW)) == []
    assert list(check(begun(finance, share(onward=())), NOW)) == []


@pytest.mark.parametrize("changed", [{"onward": ("payer.legal",)}, {"recipients": ("payer", "manager")}])
def test_what_was_added_later_is_a_violation(changed: dict[str, object]) -> None:
    """Another party may be told, or somebody else may pass it on."""
    added = share(**({"onward": ("payer.finance",)} | changed))
    (found,) = check(begun(share(onward=("payer.finance",)), added), NOW)
    assert found.what.startswith("clause `goals` lets payer")
    assert found.place == added.place
    assert found.rule == "onward-as-agreed"


def test_before_coaching_began_it_is_what_all_agree() -> None:
    """An amendment of the beginning is the beginning."""
    known = record(agreement(), agreement(share(onward=("payer.finance",)), version=2))
    assert list(check(known, NOW)) == []
