"""Disclosures that nobody has read (S-04): they stand on a published site, and the read log does not name them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from confide.model.due import Due
from confide.model.event import Event
from confide.policy.clocks.desk import Desk
from confide.policy.withdrawal import disclosure_withdrawn

SLUG = "reading"
WITHIN = timedelta(days=14)


def clock(desk: Desk) -> Iterator[Due]:
    """One line for each reader; the coach may remind them, without a word of what it is."""
    enrolled = {event.reader: event.to[0] for event in desk.record.of_kind("enrolled")}
    for event in desk.record.of_kind("revoked"):
        enrolled.pop(event.reader, None)
    for reader, party in enrolled.items():
        waiting = tuple(_unread(desk, reader, party))
        if waiting:
            many = f"{len(waiting)} disclosures" if len(waiting) > 1 else "a disclosure"
            day = desk.day(waiting[0].at) + WITHIN
            yield desk.due(SLUG, day, f"the {party} has not opened {many}", f"confide notice {party}", party)


def _unread(desk: Desk, reader: str, party: str) -> Iterator[Event]:
    """What stands on their newest site; the portal's log is taken in with the inbox (`shown`, naming the reader)."""
    events = desk.record.events
    sites = [n for n, e in enumerate(events) if e.kind == "published" and any(s.reader == reader for s in e.sites)]
    opened = (event for event in desk.record.of_kind("shown") if event.reader == reader)
    read = {exact.commitment for event in opened for exact in event.sections}
    for event in events[: sites[-1]] if sites else ():
        if event.kind != "disclosed" or party not in event.to or disclosure_withdrawn(desk.record, event, party):
            continue
        if any(exact.commitment not in read for exact in event.sections):
            yield event
