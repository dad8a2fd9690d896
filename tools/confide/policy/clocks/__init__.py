"""All clocks that run in a partnership, by slug: one file each, named after it. A new one is added here, nowhere else.

A clock is a function of a `Desk` that yields what is due. What concerns the whole practice (backups, the coach's own
key, the inbox) is no fact of a record: `workflows/due.py` adds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from confide.model.due import Due
from confide.policy.clocks import (
    check_ins,
    concerns,
    delayed_notices,
    expiring,
    feedback,
    instruments,
    open_cases,
    publishing,
    reading,
    retention,
    signatures,
    summaries,
)
from confide.policy.clocks.desk import Clock, Desk

CLOCKS: Mapping[str, Clock] = {
    "check-ins": check_ins.clock,
    "concerns": concerns.clock,
    "delayed-notices": delayed_notices.clock,
    "expiring": expiring.clock,
    "feedback": feedback.clock,
    "instruments": instruments.clock,
    "open-cases": open_cases.clock,
    "publishing": publishing.clock,
    "reading": reading.clock,
    "retention": retention.clock,
    "signatures": signatures.clock,
    "summaries": summaries.clock,
}


def running(desk: Desk) -> tuple[Due, ...]:
    """Everything that is due in one partnership, the most urgent first; nothing of a record that does not verify."""
    if desk.record.faults:
        return (desk.due("faults", None, "the record does not verify", "confide verify"),)
    return in_order(due for clock in CLOCKS.values() for due in clock(desk))


def in_order(found: Iterable[Due]) -> tuple[Due, ...]:
    """By day, what should have been done already first; each line once."""
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.day or date.min, one.partnership, one.what)))
