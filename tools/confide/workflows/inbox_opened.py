"""The portal's read log: that pages were opened, by whom, once for each renewal, becomes a `shown` event (S-04).

Each line covers the one before. What was taken in last is on record, so a line that goes missing later shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.event import Event, Exact
from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.visible import readable
from confide.vault.portal_store import PortalStore
from confide.vault.reader_marks import Opened, unbroken
from confide.workflows import fresh
from confide.workflows.practice import Practice
from confide.workflows.readers import Reader, readers
from confide.workflows.recording import COACH


def take_in(practice: Practice, portal: PortalStore) -> Iterator[tuple[Reader, Event | Problem]]:
    """Record what every reader has opened since; or say why their log cannot be believed."""
    for partnership in practice.ids():
        for reader in readers(practice.record(partnership)):
            held = portal.reader(reader.id)
            if held and held.opened:
                found = _one(practice, reader, held.opened)
                if found is not None:
                    yield reader, found


def _one(practice: Practice, reader: Reader, lines: tuple[Opened, ...]) -> Event | Problem | None:
    record = practice.trusted(reader.partnership)
    before = [event for event in record.of_kind("shown") if event.reader == reader.id]
    last = before[-1].document if before else ""
    if not unbroken(reader.id, lines) or (last and last not in {line.digest for line in lines}):
        return Problem(
            "the portal's read log was changed",
            "each line covers the one before, and this one does not follow",
            hint="compare the portal's host with a backup of its store",
        )
    new = lines[[line.digest for line in lines].index(last) + 1 :] if last else lines
    known = {exact.commitment for event in before for exact in event.sections}
    sections = tuple(_read(record, reader, new, known))
    if not sections:
        return None
    event = Event(
        id=fresh.event_id(),
        kind="shown",
        partnership=reader.partnership,
        at=practice.now,
        by=COACH,
        to=(reader.party,),
        what=tuple(dict.fromkeys(exact.what for exact in sections)),
        sections=sections,
        channel="site",
        reader=reader.id,
        number=reader.number,
        document=new[-1].digest,
    )
    return practice.add(event)


def _read(record: Record, reader: Reader, lines: tuple[Opened, ...], known: set[str]) -> Iterator[Exact]:
    """The texts that stood on the sites that were opened, each once."""
    opened = {line.sequence for line in lines}
    for published in record.of_kind("published"):
        if any(site.reader == reader.id and site.sequence in opened for site in published.sites):
            then = record.before(published)
            for _, exact in readable(then, then.events, reader.party):
                if exact.commitment not in known:
                    known.add(exact.commitment)
                    yield exact
