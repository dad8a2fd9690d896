"""Parsed values with the lines they stand on: what the YAML reader gives and the field reader takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

Scalar = str | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Node:
    """One value. `line` counts from 1: the line of its key in a mapping, of itself in a list.

    `value` is a scalar, a tuple of nodes, or a mapping from key to node in the order of the file.
    """

    value: Scalar | tuple[Node, ...] | Mapping[str, Node]
    line: int = 1

    def items(self) -> Iterator[tuple[str, Node]]:
        """The entries of a mapping; nothing for any other value."""
        return iter(self.value.items() if isinstance(self.value, Mapping) else ())


def kind_of(value: object) -> str:
    """What a value is, in words that a message can use."""
    if value is None:
        return "nothing"
    if isinstance(value, str) and not value.strip():
        return "an empty text"
    names: tuple[tuple[type, str], ...] = (
        (bool, "`true` or `false`"),
        (int, "a number"),
        (str, "a text"),
        (datetime, "a time"),
        (date, "a date"),
        (tuple, "a list"),
    )
    return next((name for known, name in names if isinstance(value, known)), "a mapping")
