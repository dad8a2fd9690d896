"""Amendments work forward only: loosening reaches older texts with fresh consent alone (POLICY, change over time)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from confide.model.agreement import Agreement
from confide.model.event import Exact
from confide.model.record import Record
from confide.policy import force

_DAY = re.compile(r"[a-z]+/([0-9]{4}-[0-9]{2}-[0-9]{2})")


def session_day(exact: Exact) -> date | None:
    """The day of the session a section comes from, read off its place; None where the place names no day."""
    found = _DAY.match(exact.section)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def agreement_then(exact: Exact, record: Record, current: Agreement) -> Agreement | None:
    """The version in force when the text was written, if it is an older one than `current`; otherwise None.

    A text written before any agreement was in force falls under the first one: it waited for exactly that (S-14).
    """
    day = session_day(exact)
    if day is None:
        return None
    end_of_day = datetime.combine(day + timedelta(days=1), time(), UTC)
    older = [
        version
        for version in record.agreements
        if version.version < current.version
        and (begins := force.begins_at(record, version)) is not None
        and begins < end_of_day
    ]
    if not older:
        signed = (a for a in record.agreements if a.version < current.version and force.complete(record, a))
        return min(signed, key=lambda a: a.version, default=None)
    begun = force.begins_at(record, current)
    return None if begun is not None and begun < end_of_day else max(older, key=lambda a: a.version)
