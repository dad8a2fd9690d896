"""only-allowed (S-03): every disclosure on record was permitted at its own moment."""

from __future__ import annotations

from confide.policy.rules.only_allowed import check
from tests.policy.small import NOW, add, disclosed, record


def test_a_disclosure_that_was_allowed_is_clean() -> None:
    """The usual disclosure, and nothing that happens to it later, is no violation."""
    known = disclosed(record())
    assert list(check(known, NOW)) == []
    known = add(known, "withdrawn", "client", to=("payer",), target="term/goals", agreement=1, evidence="signed")
    assert list(check(known, NOW)) == []


def test_one_that_was_not_is_named_with_the_reasons() -> None:
    """Before anybody signed: the event, why it was not allowed, where it stands, and that it is not shown."""
    known = disclosed(record(signed=False))
    (found,) = check(known, NOW)
    event = known.of_kind("disclosed")[0]
    assert found.what == f"disclosure {event.id} was not allowed when it was made"
    assert found.why == "in-force"
    assert found.place == event.place
    assert found.hint == f"what is not allowed is not shown; what was done about it: confide lapse --event {event.id}"
    assert found.rule == "only-allowed"


def test_every_one_is_reported() -> None:
    """Two lapses are two violations, and an allowed one between them is none."""
    known = disclosed(disclosed(disclosed(record(), to=("manager",))), channel="phone")
    assert [p.why for p in check(known, NOW)] == ["default-deny", "controlled-channel"]
