"""Other binding documents: each restricts from the day it is registered, and none ever permits (S-07; POLICY 3, 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from confide.model.decision import Reason
from confide.model.instrument import Instrument
from confide.model.record import Record
from confide.policy.index import history
from confide.policy.malformed import unreadable

KIND = "instrument"
TARGET = "instrument/"


def in_force(record: Record, now: datetime, zone: tzinfo) -> Iterator[Instrument]:
    """The registered instruments that restrict at `now`, through their last day in `zone`, the agreement's.

    One registered under other bytes counts all the same: what an instrument forbids is never forgotten because its file
    was changed (verification reports the change).
    """
    if not record.instruments:
        return
    registered = {event.target for event in history(record).get(KIND, ()) if event.at <= now}
    today = now.astimezone(zone).date()
    for instrument in record.instruments:
        expired = instrument.until is not None and today > instrument.until
        if TARGET + instrument.id in registered and not expired:
            yield instrument


def sound(record: Record, now: datetime) -> Iterator[Reason]:
    """Step 1 for instruments: one that was registered and is not here, or that cannot be obeyed, denies everything."""
    for event in history(record).get(KIND, ()):
        here = [i for i in record.instruments if TARGET + i.id == event.target]
        if event.at <= now and not here:
            message = f"`{event.target}` was registered and is not here: nobody knows what it forbids"
            yield Reason("instrument-missing", "S-07", message, event.place, "restore its file")
    for instrument in record.instruments:
        for term in instrument.restricts:
            wrong = unreadable(term)
            if wrong:
                message = f"restriction {term.id} of instrument {instrument.id} cannot be obeyed: {wrong}"
                yield Reason("malformed-term", "S-07", message, term.place, "correct it")
