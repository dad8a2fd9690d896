"""An address that opens nothing any more: the key goes off the record, and the portal forgets the way in."""

from __future__ import annotations

from confide.model.event import Event
from confide.records import tree
from confide.workflows import fresh
from confide.workflows.invite import store
from confide.workflows.practice import Practice
from confide.workflows.readers import Reader
from confide.workflows.recording import COACH


def revoke(practice: Practice, reader: Reader) -> Event:
    """Record it first, then close the door: a door that is closed without a record would open again."""
    event = Event(
        id=fresh.event_id(),
        kind="revoked",
        partnership=reader.partnership,
        at=practice.now,
        by=COACH,
        to=(reader.party,),
        number=reader.number,
        reader=reader.id,
        key=reader.key,
    )
    path = tree.party_key(reader.partnership, reader.party, reader.number)
    recorded = practice.add(event, {path: None} if reader.key else {})
    if not practice.dry_run and practice.store_path.is_dir():
        store(practice).revoke(reader.id)
    return recorded
