"""Who reads: the events say which addresses were given to whom, whose key was confirmed, and who was revoked."""

from __future__ import annotations

from dataclasses import dataclass

from confide.model.event import Event
from confide.model.record import Record
from confide.model.words import Role, role_of


@dataclass(frozen=True)
class Reader:
    """One address of the portal: whose it is, and the key confirmed for it (empty while nobody enrolled)."""

    id: str
    partnership: str
    party: str
    number: int
    key: str = ""


def readers(record: Record) -> tuple[Reader, ...]:
    """Everybody invited and not revoked, in the order of invitation. A new invitation takes the old key away."""
    found: dict[str, Reader] = {}
    for event in record.of_kind("invited", "enrolled", "key-changed", "revoked"):
        if event.kind == "revoked":
            found.pop(event.reader, None)
        elif role_of(event.to[0]) is not Role.SOURCE:
            found[event.reader] = _reader(record, event)
    return tuple(found.values())


def circles(record: Record) -> tuple[Event, ...]:
    """The invitations of circles of sources that were not revoked; each stands for everybody who has its code."""
    found: dict[str, Event] = {}
    for event in record.of_kind("invited", "revoked"):
        if event.kind == "revoked":
            found.pop(event.reader, None)
        elif role_of(event.to[0]) is Role.SOURCE:
            found[event.reader] = event
    return tuple(found.values())


def _reader(record: Record, event: Event) -> Reader:
    return Reader(event.reader, record.partnership.id, event.to[0], event.number, event.key)


def reader_for(record: Record, party: str, number: int) -> Reader | None:
    """The address that this person has now, or None."""
    return next((r for r in readers(record) if (r.party, r.number) == (party, number)), None)
