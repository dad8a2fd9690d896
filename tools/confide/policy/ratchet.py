"""Amendments work forward only: loosening reaches older texts with fresh consent alone (POLICY, change over time).

So a text has to pass every version that has been in force since it was written, the one of its own day included. It is
let past a stricter version by a permission of everybody whose it is, given since the version that loosened it began.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement
from confide.model.event import Exact
from confide.policy import force
from confide.policy.flow import Flow

_DAY = re.compile(r"[a-z]+/([0-9]{4}-[0-9]{2}-[0-9]{2})")


def session_day(exact: Exact) -> date | None:
    """The day of the session a section comes from, read off its place; None where the place names no day."""
    found = _DAY.match(exact.section)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def stricter_once(flow: Flow, current: Agreement) -> Iterator[tuple[Agreement, datetime]]:
    """The versions before `current` that the text has to pass, oldest first, each with when the next one began.

    A text written before any agreement was in force falls under the first one: it waited for exactly that (S-14). One
    whose place names no day may be as old as that, and one written on the day of a last signature older than it.
    """
    if not flow.exact.commitment:
        return
    versions = force.succession(flow.record, current)
    day = session_day(flow.exact)
    first = 0
    for n, (version, begins) in enumerate(versions):
        if day is not None and begins <= datetime.combine(day, time(), ZoneInfo(version.time_zone)):
            first = n
    for (older, _), (_, next_begins) in zip(versions[first:], versions[first + 1 :], strict=False):
        yield older, next_begins
