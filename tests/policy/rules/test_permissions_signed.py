"""permissions-signed (S-05): nothing rests on a permission that was only spoken."""

from __future__ import annotations

import pytest

from confide.model.record import Record
from confide.policy.rules.permissions_signed import check
from tests.policy.small import GOALS, NOW, add, disclosed, record


def told(**changed: object) -> Record:
    """The client permits, and the disclosure says that it rests on that."""
    values = {
        "to": ("payer",), "what": (GOALS.what,), "form": GOALS.form, "evidence": "signed", "strength": "portal",
        "agreement": 1, "id": "a0000001",
    }  # fmt: skip
    return disclosed(add(record(), "permitted", "client", **(values | changed)), because=("a0000001",))


def test_a_signed_permission_is_clean() -> None:
    """In a way that the agreement accepts."""
    assert list(check(told(), NOW)) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"evidence": "attested", "strength": ""}, "was spoken"),
        ({"strength": "paper"}, "was signed by `paper`, which agreement 1 does not accept"),
    ],
)
def test_anything_less_is_a_violation(changed: dict[str, object], why: str) -> None:
    """Spoken, or signed in a way that nobody agreed on."""
    known = told(**changed)
    (found,) = check(known, NOW)
    assert found.what.endswith(f"rests on permission a0000001, which {why}")
    assert found.place == known.events[-1].place
    assert found.rule == "permissions-signed"
