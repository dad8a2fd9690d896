"""Some weeks after feedback was told: does anybody pay for having spoken (S-24)? Silence may be fear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from confide.model.detail import CONCERN
from confide.model.due import Due
from confide.policy import cases
from confide.policy.clocks.desk import Desk
from confide.policy.feedback import FOLDER

SLUG = "check-ins"
# Late enough that a grudge has shown itself, early enough that something can still be done about it.
AFTER = timedelta(weeks=6)
AHEAD = timedelta(days=7)


def clock(desk: Desk) -> Iterator[Due]:
    """One line for all that was told since the coach last asked, counted from the first of it."""
    if desk.steps is None:
        return
    asked = [t.steps[-1].event.at for t in cases.threads(desk.steps, CONCERN) if t.last("asked-about") is not None]
    told = [
        event.at
        for event in desk.record.of_kind("disclosed", "told")
        if any(exact.section.startswith(FOLDER) for exact in event.sections)
    ]
    waiting = [at for at in told if not asked or at > asked[-1]]
    if waiting and desk.day(waiting[0]) + AFTER - AHEAD <= desk.today:
        what = "ask how it went on since feedback was told"
        yield desk.due(SLUG, desk.day(waiting[0]) + AFTER, what, "confide concern --none")
