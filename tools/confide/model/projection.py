"""An event as one party sees it: the bytes that party's hash chain is made of (promises 2 and 3).

The event file lists a link for every party who may see it. Were the chain taken over the whole file, one party's
links would move with events that only others can see. So each chain is taken over the event less the others' links.
"""

from __future__ import annotations

import json
from dataclasses import fields
from enum import Enum, IntEnum
from typing import Any

from confide.model.commitment import digest, framed
from confide.model.event import NO_PREVIOUS, Event

_NOT_CONTENT = frozenset({"place", "digest", "previous"})


def seen_bytes(event: Event, party: str) -> bytes:
    """The event less other parties' links: JSON (RFC 8259) with sorted keys, no spaces, ASCII; defaults left out."""
    content: dict[str, Any] = {}
    for item in fields(event):
        value = getattr(event, item.name)
        if item.name not in _NOT_CONTENT and value not in ((), "", 0, None):
            content[item.name] = _plain(value)
    content["previous"] = event.previous.get(party, NO_PREVIOUS)
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
