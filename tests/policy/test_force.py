"""Which version is in force at a moment, at the edges (POLICY 3)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from confide.model.agreement import Agreement
from confide.model.decision import Verdict
from confide.model.record import Record
from confide.policy import force
from tests.policy.small import NOW, agreement, answer, ask, record, share


def test_an_agreement_may_run_to_the_end_of_the_calendar() -> None:
    """`until: 9999-12-31` is how people write that it does not end; it is no error."""
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        endless = agreement(until=date.max, time_zone=zone)
        assert answer(ask(), record(endless)) == (Verdict.ALLOW, {"goals"})
        assert force.expires(endless).tzinfo is UTC


def test_another_partnerships_agreement_is_never_in_force() -> None:
    """Nothing signed in one place can be used in another."""
    assert answer(ask(), record(agreement(partnership="p-9mq2"))) == (Verdict.DENY, {"in-force"})


def test_an_agreement_that_nobody_signs_is_never_in_force() -> None:
    """All of no signatories have always signed; that is no agreement."""
    assert answer(ask(), record(agreement(signatories=()))) == (Verdict.DENY, {"in-force"})


def signed_twice(**newer: Any) -> Record:
    second = agreement(share("goals"), version=2, **newer)
    return record(agreement(), second)


@pytest.mark.parametrize(
    ("newer", "now", "expected"),
    [
        ({"effective": date(2026, 4, 1)}, NOW, 1),
        ({"effective": date(2026, 3, 2)}, NOW, 2),
        ({"until": date(2026, 3, 1)}, NOW, None),
        ({"until": date(2026, 3, 2)}, NOW, 2),
        ({"accepted": ("own-key",)}, NOW, 1),
    ],
    ids=["not-begun", "first-day", "expired", "last-day", "not-accepted"],
)
def test_the_newest_version_in_force_decides(newer: dict[str, Any], now: datetime, expected: int | None) -> None:
    """A newer version replaces the older from its first day on, for ever; one not validly signed replaces none."""
    known = signed_twice(**newer)
    found: Agreement | None = force.in_force(known, now)
    assert (found.version if found else None) == expected
