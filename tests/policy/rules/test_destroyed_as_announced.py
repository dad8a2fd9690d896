"""destroyed-as-announced (S-27): announced, not called off, on or after its day, and no legal hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from confide.model.destruction import DESTROYED, EVERYTHING, NOTES
from confide.model.event import Copies
from confide.model.record import Record
from confide.policy.rules.destroyed_as_announced import check
from tests.policy.small import NOW, add, record

# Events of these stories follow each other day by day from here.
DAY = date(2026, 1, 12)


def announced(known: Record | None = None, day: date = DAY) -> Record:
    return add(known or record(), "condemned", id="c0000001", to=("client",), scope=NOTES, day=day)


def destroyed(known: Record, scope: str = NOTES, because: str = "c0000001") -> Record:
    fields = {"key": "A" * 40, "document": "sha256:" + "0" * 64, "copies": (Copies("keystore", DESTROYED),)}
    return add(known, "destroyed", to=("client",), scope=scope, because=(because,), **fields)


def held(known: Record) -> Record:
    return add(known, "held", id="h0000001")


def test_announced_and_waited_for_is_clean() -> None:
    """Also when a hold stood in between and was lifted."""
    assert list(check(destroyed(announced()), NOW)) == []
    assert list(check(destroyed(add(held(announced()), "released", target="event/h0000001")), NOW)) == []


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (lambda: destroyed(record()), "it was not announced, or had been called off"),
        (lambda: destroyed(announced(), EVERYTHING), "it was not announced, or had been called off"),
        (lambda: destroyed(announced(), because="c0000002"), "it was not announced, or had been called off"),
        (
            lambda: destroyed(add(announced(), "spared", to=("client",), target="event/c0000001")),
            "it was not announced, or had been called off",
        ),
        (lambda: destroyed(destroyed(announced())), "it was not announced, or had been called off"),
        (lambda: destroyed(announced(day=date(2026, 2, 1))), "it was announced for 01 February 2026"),
        (lambda: destroyed(held(announced())), "a legal hold stood"),
    ],
)
def test_anything_else_is_a_violation(story: Callable[[], Record], why: str) -> None:
    """Never announced, for something else, called off, carried out before, too early, or under a hold."""
    *_, found = check(story(), NOW)
    assert found.why.startswith(why)
    assert found.rule == "destroyed-as-announced"
