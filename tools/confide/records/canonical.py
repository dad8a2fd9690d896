"""The one way in which files of the tool's own are written: flat, in the order given, one entry a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from confide.records.scalars import write


def render(mapping: Mapping[str, Any]) -> bytes:
    """UTF-8, LF: scalars behind their key, lists of scalars and mappings in flow style, a list of mappings one a line.

    Raises ValueError for a time without zone, or text that is no Unicode (a lone surrogate).
    """
    return "".join(_entry(key, value) for key, value in mapping.items()).encode()


def _entry(key: str, value: Any) -> str:
    if isinstance(value, Sequence) and value and all(isinstance(item, Mapping) for item in value):
        return f"{write(key)}:\n" + "".join(f"  - {_flow(item)}\n" for item in value)
    return f"{write(key)}: {_flow(value)}\n"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{write(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return write(value)
