"""flags-waived (S-02): what is flagged went out only after its holder had waived that for this very text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from confide.model.record import Record
from confide.policy.rules.flags_waived import check
from tests.policy.small import GOALS, NOW, add, disclosed, record

SECRET = replace(GOALS, flags=("trade-secret",), owner="payer")


def permitted(known: Record, **changed: object) -> Record:
    values = {
        "to": ("payer",),
        "what": (SECRET.what,),
        "form": SECRET.form,
        "sections": (SECRET,),
        "evidence": "signed",
    }
    return add(known, "permitted", "payer", **(values | changed))


def test_a_waiver_before_is_clean() -> None:
    """Signed, for this text, and earlier."""
    assert list(check(disclosed(permitted(record()), SECRET), NOW)) == []


def test_what_is_not_flagged_needs_none() -> None:
    """The usual disclosure."""
    assert list(check(disclosed(record()), NOW)) == []


@pytest.mark.parametrize("changed", [{"sections": ()}, {"evidence": "attested"}])
def test_neither_a_bulk_rule_nor_a_word_waives(changed: dict[str, object]) -> None:
    """A permission for the type, or one that was spoken."""
    known = disclosed(permitted(record(), **changed), SECRET)
    (found,) = check(known, NOW)
    assert "which is flagged trade-secret" in found.what
    assert found.place == known.events[-1].place
    assert found.rule == "flags-waived"


def test_a_waiver_that_came_later_is_none() -> None:
    """Before means before."""
    assert len(list(check(permitted(disclosed(record(), SECRET)), NOW))) == 1
