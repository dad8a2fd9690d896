"""What is on record and not yet on anybody's pages: a withdrawal today, everything else within days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from confide.model.due import Due
from confide.model.event import Event
from confide.policy.audience import audience
from confide.policy.clocks.desk import Desk

SLUG = "publishing"
# A page that says nothing new for so long looks as if there were nothing to say.
WITHIN = timedelta(days=3)
_SHOWN = frozenset({"enrolled", "disclosed", "told", "lapse", "refused", "corrected", "shown", "proposed"})
# Who else reads everything, and what is going to be destroyed: they should learn of it in time to object.
_SHOWN |= frozenset({"granted", "relieved", "condemned", "spared"})


def clock(desk: Desk) -> Iterator[Due]:
    """The oldest event since the last publication that somebody who reads may see, and every withdrawal."""
    concerned = _unpublished(desk)
    taken = [event for event in concerned if event.kind == "withdrawn"]
    if taken:
        yield desk.due(SLUG, desk.day(taken[0].at), "a withdrawal is not published", "confide publish")
    fresh = [event for event in concerned if event.kind in _SHOWN]
    if fresh and not taken:
        count = f"{len(fresh)} entries are" if len(fresh) > 1 else "an entry is"
        yield desk.due(SLUG, desk.day(fresh[0].at) + WITHIN, f"{count} not published", "confide publish")


def _unpublished(desk: Desk) -> list[Event]:
    """What somebody who had a key by then may see; what was before that, their first pages bring.

    Whoever only signs with a key of their own, and was given no address, has no pages to wait for.
    """
    found: list[Event] = []
    readers: dict[str, str] = {}
    invited = {event.reader for event in desk.record.of_kind("invited")}
    for event in desk.record.events:
        if event.kind == "published":
            found = []
        elif event.kind == "enrolled" and event.reader in invited:
            readers[event.reader] = event.to[0]
        elif event.kind == "revoked":
            readers.pop(event.reader, None)
        if set(readers.values()).intersection(audience(event, desk.record)):
            found.append(event)
    return found
