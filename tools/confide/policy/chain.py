"""The next link of every chain: what each party who may see an event could see just before it (promise 3).

Two clones that recorded apart leave two newest events. The next link then names both, so that neither can be dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations

from confide.model.commitment import digest, framed
from confide.model.event import NO_PREVIOUS, Event
from confide.model.projection import seen_digest
from confide.model.record import Record
from confide.policy.audience import audience

# More clones than this never record apart at the same time.
MOST_APART = 8


def links(record: Record, event: Event) -> Mapping[str, str]:
    """party → digest, as that party sees it, of the newest event of `record` visible to them, or `none`."""
    links = dict.fromkeys(sorted(audience(event, record)), NO_PREVIOUS)
    wanted = set(links)
    if record.crossed:
        return {party: _after_crossing(record, party) for party in links}
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


def _after_crossing(record: Record, party: str) -> str:
    mine = [event for event in record.events if party in event.previous]
    newest: tuple[str, ...] = ()
    for event in mine:
        named = named_by(event.previous[party], newest)
        newest = (*(known for known in newest if known not in named), seen_digest(event, party))
    return joined(newest)


def joined(newest: Iterable[str]) -> str:
    """The link that names all of these digests: the only one itself, or a digest over them in order, or `none`."""
    found = sorted(newest)
    if len(found) > 1:
        return digest(framed("crossed", *(one.encode() for one in found)))
    return found[0] if found else NO_PREVIOUS


def named_by(link: str, newest: Iterable[str]) -> tuple[str, ...]:
    """Which of these digests a link names: one, or several that were joined; none when it names another."""
    known = tuple(newest)[:MOST_APART]
    for size in range(1, len(known) + 1):
        for some in combinations(known, size):
            if joined(some) == link:
                return some
    return ()
