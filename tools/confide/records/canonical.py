"""The one way in which files of the tool's own are written: flat, in the order given, one entry a line.

`read` takes that form back at a fraction of a YAML parser's cost. It is a shortcut, not a second opinion: whoever uses
it renders what it understood and compares the bytes, so it can only ever be too strict.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from confide.records.nodes import Node, Scalar
from confide.records.scalars import resolve, write

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]|, |: |(?:[^\s,:"\[\]{}]|:(?! )| (?=[A-Za-z0-9]))+')
_LINE = re.compile(r'("(?:[^"\\]|\\.)*"|[A-Za-z0-9-]+):(?: (.+))?\Z')
_ROW = "  - "


def render(mapping: Mapping[str, Any]) -> bytes:
    """UTF-8, LF: scalars behind their key, lists of scalars and mappings in flow style, a list of mappings one a line.

    Raises ValueError for a time without zone, or text that is no Unicode (a lone surrogate).
    """
    return "".join(_entry(key, value) for key, value in mapping.items()).encode()


def _entry(key: str, value: Any) -> str:
    if (
        not isinstance(value, str)
        and isinstance(value, Sequence)
        and value
        and all(isinstance(item, Mapping) for item in value)
    ):
        return f"{write(key)}:\n" + "".join(f"{_ROW}{_flow(item)}\n" for item in value)
    return f"{write(key)}: {_flow(value)}\n"


def _flow(value: Any) -> str:
    if isinstance(value, str):
        return write(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{write(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return write(value)


def read(data: bytes) -> Node | None:
    """What `render` wrote, as nodes; None for anything that does not look like it."""
    try:
        return _read(data.decode().removesuffix("\n").split("\n"))
    except (ValueError, IndexError, RecursionError):
        return None


def _read(lines: list[str]) -> Node:
    entries: dict[str, Node] = {}
    rows: dict[str, list[Node]] = {}
    key = ""
    for number, line in enumerate(lines, 1):
        if line.startswith(_ROW) and key in rows:
            rows[key].append(_Flow(line[len(_ROW) :], number).whole())
            continue
        key, value = _split(line)
        if key in entries:
            raise ValueError("a repeated key")
        if not value:
            rows[key] = []
        entries[key] = _Flow(value, number).whole() if value else Node((), number)
    for key, found in rows.items():
        entries[key] = Node(tuple(found), entries[key].line)
    return Node(entries)


def _split(line: str) -> tuple[str, str]:
    found = _LINE.match(line)
    key = _scalar(found[1]) if found else None
    if found is None or not isinstance(key, str):
        raise ValueError("no key")
    return key, found[2] or ""


@lru_cache(4096)
def _scalar(token: str) -> Scalar:
    value: Scalar = json.loads(token) if token.startswith('"') else resolve(token)
    if write(value) != token:
        raise ValueError("not canonical")
    return value


class _Flow:
    """One value on one line, token by token."""

    def __init__(self, text: str, line: int) -> None:
        self.tokens = _TOKEN.findall(text)
        self.line = line
        self.at = 0
        if "".join(self.tokens) != text:
            raise ValueError("not canonical")

    def whole(self) -> Node:
        node = self.value()
        if self.at != len(self.tokens):
            raise ValueError("something behind the value")
        return node

    def next(self) -> str:
        self.at += 1
        return str(self.tokens[self.at - 1])

    def value(self) -> Node:
        first = self.next()
        if first == "[":
            return Node(tuple(self.list()), self.line)
        if first == "{":
            return Node(self.mapping(), self.line)
        return Node(_scalar(first), self.line)

    def list(self) -> Iterator[Node]:
        if self.tokens[self.at] == "]":
            self.at += 1
            return
        while True:
            yield self.value()
            if self.ended("]"):
                return

    def mapping(self) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        if self.tokens[self.at] == "}":
            self.at += 1
            return entries
        while True:
            key = _scalar(self.next())
            if not isinstance(key, str) or key in entries or self.next() != ": ":
                raise ValueError("no new key")
            entries[key] = self.value()
            if self.ended("}"):
                return entries

    def ended(self, closing: str) -> bool:
        token = self.next()
        if token not in (closing, ", "):
            raise ValueError("neither the end nor another entry")
        return token == closing
