"""Other binding documents that run out (S-07): what they forbid is then no longer forbidden by them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from confide.model.due import Due
from confide.policy.clocks.desk import Desk
from confide.policy.instruments import in_force

SLUG = "instruments"
AHEAD = timedelta(days=30)


def clock(desk: Desk) -> Iterator[Due]:
    """The last day of each that is registered and ends within a month."""
    for instrument in in_force(desk.record, desk.now, desk.zone):
        if instrument.until is not None and instrument.until - desk.today <= AHEAD:
            what = f"{instrument.kind} {instrument.id} ends"
            yield desk.due(SLUG, instrument.until, what, "confide instrument list")
