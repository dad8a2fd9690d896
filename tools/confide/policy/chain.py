"""Each party's hash chain: an event names, for everybody who may see it, the one they could see before (promise 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from confide.model.event import NO_PREVIOUS, Event
from confide.model.projection import seen_digest
from confide.model.record import Record
from confide.policy.audience import audience


def links(record: Record, event: Event) -> Mapping[str, str]:
    """party → digest, as that party sees it, of the newest event of `record` visible to them, or `none`."""
    links = dict.fromkeys(sorted(audience(event, record)), NO_PREVIOUS)
    wanted = set(links)
    for known in reversed(record.events):
        if not wanted:
            break
        # A digest is taken only of the event that is a head: hashing every event would make a history quadratic.
        for party in wanted.intersection(known.previous):
            links[party] = seen_digest(known, party)
            wanted.discard(party)
    return links


def linked(record: Record, event: Event) -> Event:
    """`event` with its links filled in, ready to be rendered and committed on top of `record`."""
    return replace(event, previous=links(record, event))
