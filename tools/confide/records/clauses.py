"""The ways in which a part of an agreement is read, each a value that can also be asked what it reads.

A reader is called with the fields it stands in and its key. That the ways are data and not closures is what lets the
schema for editors be made from the very list that the program reads by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from confide.records.fields import Fields
from confide.records.shapes import Shape

Read = Callable[[Fields, str], Any]


@dataclass(frozen=True)
class One:
    """One word of a shape."""

    shape: Shape

    def __call__(self, fields: Fields, key: str) -> str:
        return fields.one(key, self.shape)


@dataclass(frozen=True)
class Many:
    """A list of such words, each of them once."""

    shape: Shape
    may_be_empty: bool = False

    def __call__(self, fields: Fields, key: str) -> tuple[str, ...]:
        return fields.many(key, self.shape, may_be_empty=self.may_be_empty)


@dataclass(frozen=True)
class Number:
    """A whole number from `least` up."""

    least: int = 1

    def __call__(self, fields: Fields, key: str) -> int:
        return fields.number(key, least=self.least)


@dataclass(frozen=True)
class Inner:
    """A mapping with these keys and no other; all are optional but the required ones."""

    spec: Mapping[str, Read]
    required: tuple[str, ...] = ()

    def __call__(self, fields: Fields, key: str) -> Mapping[str, Any]:
        return clause(fields.inner(key), self.spec, *self.required)


@dataclass(frozen=True)
class Each:
    """A list of such mappings."""

    spec: Mapping[str, Read]
    required: tuple[str, ...] = ()

    def __call__(self, fields: Fields, key: str) -> tuple[Mapping[str, Any], ...]:
        nodes = fields.items(key)
        name = f"an entry of `{key}`"
        return tuple(clause(Fields(node, fields.report, name), self.spec, *self.required) for node in nodes)


def text(fields: Fields, key: str) -> str:
    """Words that say something."""
    return fields.text(key)


def days(fields: Fields, key: str) -> tuple[Any, ...]:
    """A list of calendar days."""
    return fields.days(key)


def inner(spec: Mapping[str, Read], *required: str) -> Inner:
    return Inner(spec, required)


def each(spec: Mapping[str, Read], *required: str) -> Each:
    return Each(spec, required)


def clause(fields: Fields | None, spec: Mapping[str, Read], *required: str) -> Mapping[str, Any]:
    """The values of the keys that are there, read as `spec` says, in its order."""
    if fields is None:
        return MappingProxyType({})
    found = {key: read(fields, key) for key, read in spec.items() if fields.has(key) or key in required}
    # Asking once more marks what is known, so that the hint for a misspelt key can name what is missing here.
    for key in spec:
        if key not in found:
            fields.node(key, required=False)
    fields.finish()
    return MappingProxyType(found)
