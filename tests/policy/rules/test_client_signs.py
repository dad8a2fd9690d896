"""client-signs (S-11): the client, the coach, and everybody whose consent an agreement relies on, sign it."""

from __future__ import annotations

import pytest

from confide.model.problem import Place
from confide.policy.rules.client_signs import check
from tests.policy.small import NOW, agreement, record


def test_an_agreement_that_all_who_consent_sign_is_clean() -> None:
    """Coach, client and the organisation sign; a source consents under terms of their own, not by signing."""
    consent = {"about-client": ("client",), "about-organisation": ("payer",), "feedback": ("source",)}
    assert list(check(record(agreement(consent=consent)), NOW)) == []


@pytest.mark.parametrize(
    ("signatories", "missing"),
    [(("coach", "payer"), "client"), (("client", "payer"), "coach"), (("coach", "client"), "payer")],
)
def test_whoever_must_consent_and_is_not_asked_is_named(signatories: tuple[str, ...], missing: str) -> None:
    """Each of them is a violation of its own, at the agreement, with what to do."""
    (found,) = check(record(agreement(signatories=signatories)), NOW)
    assert found.what == f"`{missing}` does not sign agreement 1"
    assert found.place == Place("agreements/1.yml", 1)
    assert found.hint == f"add `{missing}` to `signatories`"
    assert found.rule == "client-signs"


def test_each_is_reported_once() -> None:
    """Somebody who must consent to two things is one violation."""
    consent = {"about-client": ("client", "manager"), "about-organisation": ("manager",)}
    assert len(list(check(record(agreement(consent=consent)), NOW))) == 1
