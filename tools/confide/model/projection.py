"""An event as one party sees it: the bytes that party's hash chain is made of (promises 2 and 3).

The event file lists a link for every party who may see it. Were the chain taken over the whole file, one party's
links would move with events that only others can see. So each chain is taken over the event less the others' links, and
less whoever else it was addressed to and whichever circle it came from: a receipt holds these bytes, and a digest of
them could be guessed at.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from enum import Enum, IntEnum
from typing import Any

from confide.model.commitment import digest, framed
from confide.model.event import NO_PREVIOUS, Event, Exact
from confide.model.words import Role, base_type, role_of

_NOT_CONTENT = frozenset({"place", "digest", "previous"})
_CLIENT, _COACH = "client", "coach"
# What stands for every circle of sources, and each of them.
SOURCES = "sources"
# Those who sign an agreement know each other by it.
AGREEMENT_KINDS = frozenset({"proposed", "signed", "began", "ended"})
# Whoever received something about the client, or asked for it, is named to her, even where sources are not (S-04).
NAMES_READERS = frozenset({"disclosed", "told", "refused", "lapse"})


def seen_bytes(event: Event, party: str) -> bytes:
    """The event as `seen_by` the party: JSON (RFC 8259) with sorted keys, no spaces, ASCII; defaults left out."""
    return _bytes(seen_by(event, party), event.previous.get(party, NO_PREVIOUS))


def whole_bytes(event: Event, party: str) -> bytes:
    """The same of the event with nothing left out but the others' links: equal to `seen_bytes` where it names nobody
    whom the party may not know."""
    return _bytes(event, event.previous.get(party, NO_PREVIOUS))


def seen_by(event: Event, party: str) -> Event:
    """The event with other recipients left out, except for the client (S-04), and sources called that (S-18, S-24).

    Where a source is hidden, so is what the event rests on: the same terms behind two texts would say that they come
    from the same person.
    """
    to = event.to
    if event.kind not in AGREEMENT_KINDS and party != _CLIENT:
        to = tuple(other for other in to if other in (party, _COACH))
    sections = tuple(_unsourced(exact, party) for exact in event.sections)
    return replace(
        event,
        by=unnamed(event.by, event, party),
        to=tuple(dict.fromkeys(unnamed(other, event, party) for other in to)),
        sections=sections,
        because=event.because if sections == event.sections else (),
    )


def unnamed(other: str, event: Event, party: str) -> str:
    """To the client a source is only that: neither which circle, nor one of how many."""
    hidden = party == _CLIENT and event.kind not in NAMES_READERS and role_of(other) is Role.SOURCE
    return SOURCES if hidden else other


def _unsourced(exact: Exact, party: str) -> Exact:
    """Feedback without the circle that it came from; whoever gave it is a source, a member of the board too (S-16),
    and as its owner they would be named as well."""
    feedback = base_type(exact.what) == "feedback"
    named: dict[str, Any] = {
        name: SOURCES
        for name in ("subject", "source", "owner")
        if (other := getattr(exact, name)) not in {party, _CLIENT, _COACH}
        and (role_of(other) is Role.SOURCE or (feedback and other == exact.source))
    }
    return replace(exact, **named)


def _bytes(event: Event, previous: str) -> bytes:
    content: dict[str, Any] = {}
    for item in fields(event):
        value = getattr(event, item.name)
        if item.name not in _NOT_CONTENT and value not in ((), "", 0, None):
            content[item.name] = _plain(value)
    content["previous"] = previous
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def seen_digest(event: Event, party: str) -> str:
    """The digest under which the next event visible to `party` names this one."""
    return digest(framed("seen", party.encode(), seen_bytes(event, party)))


def _plain(value: Any) -> Any:
    if isinstance(value, IntEnum):
        return value.name.lower()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "isoformat"):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if getattr(value, f.name) not in ((), "")}
    return value
