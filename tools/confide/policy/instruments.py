"""Other binding documents: each restricts from the day it is registered, and none ever permits (S-07; POLICY 3, 5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from confide.model.instrument import Instrument
from confide.model.record import Record


def in_force(record: Record, now: datetime) -> Iterator[Instrument]:
    """The registered instruments that restrict at `now`. One registered under other bytes counts all the same:
    what an instrument forbids is never forgotten because its file was changed (verification reports the change)."""
    registered = {event.target for event in record.of_kind("instrument") if event.at <= now}
    for instrument in record.instruments:
        expired = instrument.until is not None and now.date() > instrument.until
        if f"instrument/{instrument.id}" in registered and not expired:
            yield instrument
