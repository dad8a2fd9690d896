"""Disclosures that nobody has read (S-04): published, and their reader has not opened a site that holds them."""

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
    """One line for each reader whose log is known; the coach may remind them, without a word of what it is."""
    enrolled = {event.reader: event.to[0] for event in desk.record.of_kind("enrolled")}
    for event in desk.record.of_kind("revoked"):
        enrolled.pop(event.reader, None)
    for reader, party in enrolled.items():
        if reader not in desk.opened:
            continue
        waiting = tuple(_unread(desk, reader, party))
        if waiting:
            many = f"{len(waiting)} disclosures" if len(waiting) > 1 else "a disclosure"
            day = desk.day(waiting[0].at) + WITHIN
            yield desk.due(SLUG, day, f"the {party} has not opened {many}", f"confide notice {party}")


def _unread(desk: Desk, reader: str, party: str) -> Iterator[Event]:
    """What was told to them after the site they opened last, and stands in a newer one."""
    events = desk.record.events
    sites = {
        s.sequence: n for n, e in enumerate(events) if e.kind == "published" for s in e.sites if s.reader == reader
    }
    if not sites:
        return
    seen, newest = sites.get(desk.opened[reader], -1), max(sites.values())
    for event in events[seen + 1 : newest]:
        if event.kind == "disclosed" and party in event.to and not disclosure_withdrawn(desk.record, event, party):
            yield event
