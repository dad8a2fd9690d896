"""signatures-accepted (S-27): everybody signs in a way that the agreement accepts."""

from __future__ import annotations

import pytest

from confide.policy.rules.signatures_accepted import check
from tests.policy.small import NOW, add, agreement, record


def test_signatures_that_count_are_clean() -> None:
    """All by the portal, as the agreement says."""
    assert list(check(record(), NOW)) == []


@pytest.mark.parametrize(("by", "strength"), [("client", "paper"), ("manager", "portal")])
def test_a_signature_that_counts_for_nothing_is_a_violation(by: str, strength: str) -> None:
    """Of a kind nobody agreed on, or by somebody who was not asked."""
    about = {"agreement": 1, "document": agreement().digest, "to": ("coach",), "number": 1}
    known = add(record(), "signed", by, strength=strength, **about)
    (found,) = check(known, NOW)
    assert found.what == f"the signature of `{by}` under agreement 1 counts for nothing"
    assert found.place == known.events[-1].place
    assert found.rule == "signatures-accepted"


def test_a_kind_of_signature_that_nobody_knows_is_a_violation() -> None:
    """Nobody can sign by handshake."""
    (found,) = check(record(agreement(accepted=("portal", "handshake"))), NOW)
    assert found.what == "agreement 1 accepts `handshake`, which is no kind of signature"
