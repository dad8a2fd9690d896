"""The schema of an event: one for each kind, made from the kinds' fields and from what the reader asks of a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, Field, fields
from typing import Any, cast

from confide.model.event import COMMON_FIELDS, KIND_FIELDS, Copies, Event, Exact, Site
from confide.records.event_file import FORMAT, READ
from confide.records.fields import Fields
from confide.records.schema_words import Schema, day, keys, listed, moment, whole, word
from confide.records.shapes import (
    DIGEST,
    FINGERPRINT,
    FLAG,
    FORM,
    KIND_OF_TYPE,
    PARTY,
    PREVIOUS,
    READER,
    SECTION,
    STATE,
    WHERE,
    Shape,
)

_EXACT: dict[str, Schema] = {
    "section": word(SECTION),
    "commitment": word(DIGEST),
    "what": word(KIND_OF_TYPE),
    "form": word(FORM),
    **dict.fromkeys(("subject", "source", "owner"), word(PARTY)),
    "flags": listed(word(FLAG)),
}
_SITE: dict[str, Schema] = {"reader": word(READER), "sequence": whole(), "digest": word(DIGEST)}

_COPIES: dict[str, Schema] = {
    "where": word(WHERE),
    "state": word(STATE),
    "count": whole(),
    "key": word(FINGERPRINT),
}


class _Asked:
    """Stands in for a file: it answers nothing, and remembers what the reader of a field would have accepted."""

    def __init__(self) -> None:
        self.schema: Schema = {}

    def one(self, key: str, shape: Shape) -> str:
        del key
        self.schema = word(shape)
        return ""

    def many(self, key: str, shape: Shape) -> tuple[str, ...]:
        del key
        self.schema = listed(word(shape))
        return ()

    def number(self, key: str, *, least: int = 1) -> int:
        del key
        self.schema = whole(least)
        return 0

    def time(self, key: str) -> None:
        del key
        self.schema = moment()

    def day(self, key: str) -> None:
        del key
        self.schema = day()


def event() -> Schema:
    """Any event: `kind` decides which of the kinds it has to be."""
    kinds = {kind: of_kind(kind) for kind in KIND_FIELDS}
    chosen = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {"$ref": f"#/$defs/{kind}"},
        }
        for kind in kinds
    ]
    return {
        "type": "object",
        "properties": {"kind": {"enum": list(kinds)}},
        "required": ["kind"],
        "allOf": chosen,
        "$defs": kinds,
    }


def of_kind(kind: str) -> Schema:
    """One kind of event: the fields it must have and those it may have, in the order of the file."""
    required, optional = KIND_FIELDS[kind]
    names = [item.name for item in fields(Event) if item.name in COMMON_FIELDS | required | optional]
    properties: dict[str, Schema] = {"event": {"const": FORMAT}}
    properties |= {name: {"const": kind} if name == "kind" else _field(name) for name in names}
    return keys(properties, {"event"} | COMMON_FIELDS | required)


def _field(name: str) -> Schema:
    rows: dict[str, Schema] = {
        "sections": {"type": "array", "items": _row(_EXACT, fields(Exact)), "minItems": 1},
        "sites": {"type": "array", "items": _row(_SITE, fields(Site)), "minItems": 1},
        "copies": {"type": "array", "items": _row(_COPIES, fields(Copies)), "minItems": 1},
        "previous": {"type": "object", "propertyNames": word(PARTY), "additionalProperties": word(PREVIOUS)},
    }
    if name in rows:
        return rows[name]
    asked = _Asked()
    READ[name](cast(Fields, asked))
    return asked.schema


def _row(known: dict[str, Schema], items: Iterable[Field[Any]]) -> Schema:
    listed_items = tuple(items)
    return keys({item.name: known[item.name] for item in listed_items}, _without_default(listed_items))


def _without_default(items: Iterable[Field[Any]]) -> list[str]:
    return [item.name for item in items if item.default is MISSING]
