"""An event's file: canonical bytes, so that one event has one file and one digest, and nothing can hide in it.

`parse_event(render_event(e)) == e`, and `render_event(parse_event(b)) == b` for every `b` that is accepted: a comment,
another order or another spelling is refused, because the file is hashed, chained and never written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from pathlib import PurePosixPath
from typing import Any

from confide.model.commitment import digest
from confide.model.event import COMMON_FIELDS, KIND_FIELDS, Copies, Event, Exact, Site
from confide.model.problem import Malformed, Place, Problem
from confide.model.words import Attribution, Form, nearest
from confide.records import canonical, event_rows, yaml
from confide.records.fields import Fields, Report
from confide.records.shapes import (
    CHANNEL,
    DIGEST,
    EVENT,
    EVIDENCE,
    FINGERPRINT,
    KIND_OF_TYPE,
    PARTNERSHIP,
    PARTY,
    PREVIOUS,
    READER,
    SCOPE,
    STRENGTH,
    TARGET,
    TERM,
    one_of,
)
from confide.records.wording import shown

FORMAT = 1
_OWN_PATH = re.compile(r"(?:.*/)?(p-[^/]+)/events/[^/]+\Z")
_NOT_WRITTEN = frozenset({"place", "digest"})
# Every field that stands in a file, in the order of the model, which is the order of the file.
_ORDER = tuple(item.name for item in fields(Event) if item.name not in _NOT_WRITTEN)
_DEFAULTS = {
    item.name: item.default if item.default is not MISSING else {} for item in fields(Event) if item.name in _ORDER
}
_EXACT_DEFAULTS = {item.name: item.default for item in fields(Exact) if item.default is not MISSING}

_COPIES_DEFAULTS = {item.name: item.default for item in fields(Copies) if item.default is not MISSING}


def render_event(event: Event) -> bytes:
    """The canonical bytes. Raises Malformed for an event that could not be read back as it is."""
    data = _rendered(event)
    if _read(data, f"{event.name}.yml") != event:
        raise Malformed(Problem(f"an event of kind {shown(event.kind)} holds a field it has no use for", rule="event"))
    return data


def _rendered(event: Event) -> bytes:
    required, optional = KIND_FIELDS.get(event.kind, (frozenset(), frozenset()))
    known = COMMON_FIELDS | required
    entries: dict[str, Any] = {"event": FORMAT}
    for name in _ORDER:
        value = getattr(event, name)
        if name in known or (name in optional and value != _DEFAULTS[name]):
            entries[name] = _plain(value)
    return _bytes(entries, event)


def parse_event(data: bytes, file: str) -> Event:
    """The event in `data`, with `place` and `digest` set. Raises Malformed with every problem."""
    event = _read(data, file)
    if _rendered(event) != data:
        raise Malformed(
            Problem(
                "expected the canonical form, found another spelling of the same event",
                "event files are hashed and chained",
                Place(file),
                "event files are written by `confide` alone; restore it: git checkout -- FILE",
                "event",
            )
        )
    return event


def _bytes(entries: Mapping[str, Any], event: Event) -> bytes:
    try:
        return canonical.render(entries)
    except (ValueError, TypeError) as found:
        raise Malformed(Problem(f"an event of kind {shown(event.kind)} cannot be written", rule="event")) from found


def _plain(value: Any) -> Any:
    if isinstance(value, (Form, Attribution)):
        return value.word
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Exact):
        named = {item.name: getattr(value, item.name) for item in fields(Exact)}
        return {name: _plain(part) for name, part in named.items() if _EXACT_DEFAULTS.get(name, MISSING) != part}
    if isinstance(value, Site):
        return {item.name: getattr(value, item.name) for item in fields(Site)}
    if isinstance(value, Copies):
        named = {item.name: getattr(value, item.name) for item in fields(Copies)}
        return {name: part for name, part in named.items() if _COPIES_DEFAULTS.get(name, MISSING) != part}
    return value


def _read(data: bytes, file: str) -> Event:
    report = Report(file)
    # The shortcut is safe here: every caller renders what was understood and compares.
    found = Fields(canonical.read(data) or yaml.load(data, file).root, report, "the event")
    if found.number("event") not in (0, FORMAT):
        report.add(f"`event`: expected the format {FORMAT}, found another", found.line("event"))
    kind = found.one("kind", one_of(KIND_FIELDS))
    required, optional = KIND_FIELDS.get(kind, (frozenset(), frozenset()))
    values: dict[str, Any] = {
        name: read(found)
        for name, read in READ.items()
        if name in COMMON_FIELDS | required or (name in optional and found.has(name))
    }
    if kind:
        found.finish()
    report.stop()
    event = Event(**values, kind=kind, place=Place(file), digest=digest(data))
    _check_name(event, file)
    return event


def _check_name(event: Event, file: str) -> None:
    path = PurePosixPath(file)
    problems = []
    if path.name != f"{event.name}.yml":
        problems.append("the file's name does not agree with `id`, `kind` and `at`")
    if (own := _OWN_PATH.match(file)) and own[1] != event.partnership:
        problems.append("the file stands in another partnership's directory than `partnership` says")
    if problems:
        why, hint = "an event is named by what it says, once and for all", "put it back where it was recorded"
        raise Malformed(*(Problem(what, why, Place(file), hint, "event") for what in problems))


def _previous(found: Fields) -> dict[str, str]:
    links = found.inner("previous")
    if links is None:
        return {}
    result = {}
    for party, node in links.entries():
        if not PARTY.fits(party):
            hint = nearest(party, PARTY.known)
            links.report.add(f"`previous`: expected a party, found {shown(party)}", node.line, hint=hint)
        result[party] = links.one(party, PREVIOUS)
    return result


READ: Mapping[str, Callable[[Fields], Any]] = {
    "id": lambda found: found.one("id", EVENT),
    "partnership": lambda found: found.one("partnership", PARTNERSHIP),
    "at": lambda found: found.time("at"),
    "by": lambda found: found.one("by", PARTY),
    "to": lambda found: found.many("to", PARTY),
    "what": lambda found: found.many("what", KIND_OF_TYPE),
    "form": event_rows.form,
    "attribution": event_rows.attribution,
    "channel": lambda found: found.one("channel", CHANNEL),
    "sections": event_rows.exacts,
    "terms": lambda found: found.many("terms", TERM),
    "agreement": lambda found: found.number("agreement"),
    "document": lambda found: found.one("document", DIGEST),
    "strength": lambda found: found.one("strength", STRENGTH),
    "number": lambda found: found.number("number"),
    "key": lambda found: found.one("key", FINGERPRINT),
    "reader": lambda found: found.one("reader", READER),
    "target": lambda found: found.one("target", TARGET),
    "evidence": lambda found: found.one("evidence", one_of(EVIDENCE)),
    "because": lambda found: found.many("because", EVENT),
    "sites": event_rows.sites,
    "day": lambda found: found.day("day"),
    "scope": lambda found: found.one("scope", SCOPE),
    "copies": event_rows.copies,
    "detail": lambda found: found.one("detail", DIGEST),
    "previous": _previous,
}
