"""signed-before-coaching (S-14, S-27): coaching begins while an agreement that everybody signed is in force."""

from __future__ import annotations

from datetime import date

from confide.policy.rules.signed_before_coaching import check
from tests.policy.small import NOW, add, agreement, record


def test_beginning_under_an_agreement_in_force_is_clean() -> None:
    """Everybody had signed, and its first day had come; that it ran out later changes nothing."""
    known = add(record(agreement(until=date(2026, 1, 31))), "began", to=("client",), agreement=1)
    assert list(check(known, NOW)) == []


def test_beginning_before_everybody_signed_is_a_violation() -> None:
    """The event is named at its place, even though all sign later."""
    known = add(record(signed=False), "began", to=("client",), agreement=1)
    version = known.agreements[0]
    for party in version.signatories:
        about = {"agreement": 1, "document": version.digest, "strength": "portal", "number": 1}
        known = add(known, "signed", party, to=("client",), **about)
    (found,) = check(known, NOW)
    (began,) = known.of_kind("began")
    assert found.what == f"coaching began with event {began.id} before an agreement was in force"
    assert found.place == began.place
    assert found.hint == "see who had not signed: confide agree status"
    assert found.rule == "signed-before-coaching"


def test_beginning_before_the_first_day_is_a_violation() -> None:
    """Signed, and not yet effective, is not in force."""
    known = add(record(agreement(effective=date(2026, 6, 1))), "began", to=("client",), agreement=1)
    assert [p.rule for p in check(known, NOW)] == ["signed-before-coaching"]
