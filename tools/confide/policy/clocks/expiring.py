"""Agreements that run out (S-27): the next version needs everybody's signature before the last day of this one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from confide.model.due import Due
from confide.policy import force
from confide.policy.clocks.desk import Desk

SLUG = "expiring"
# Long enough to draft, to talk and to sign.
AHEAD = timedelta(days=30)


def clock(desk: Desk) -> Iterator[Due]:
    """The last day of the agreement in force; and one that ran out without anybody ending the partnership."""
    current = force.in_force(desk.record, desk.now)
    if current is not None:
        newer = any(a.version > current.version and force.complete(desk.record, a) for a in desk.record.agreements)
        if current.until - desk.today <= AHEAD and not newer:
            yield desk.due(SLUG, current.until, f"agreement {current.version} ends", "confide agree draft")
        return
    last = force.last_in_force(desk.record, desk.now)
    if last is not None and force.ended(desk.record) is None:
        yield desk.due(SLUG, last.until, f"agreement {last.version} ran out; renew it or end", "confide agree draft")
