"""How problems speak of what they found: user text is shown only where it cannot be a name or a note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from confide.model.words import nearest
from confide.records.nodes import kind_of

_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9./-]{0,39}\Z")


def shown(value: object) -> str:
    """The value in backticks if it has the shape of an identifier, else only what kind of thing it is."""
    if isinstance(value, (int, date)) and not isinstance(value, bool):
        value = str(value)
        return f"`{value}`" if len(value) <= 40 else "a number"
    if isinstance(value, str) and _IDENTIFIER.match(value):
        return f"`{value}`"
    return kind_of(value)


def meant(value: object, known: Iterable[str]) -> str:
    """The hint that names the nearest known word, or nothing."""
    found = nearest(value.lower(), known) if isinstance(value, str) else ""
    return f"did you mean `{found}`?" if found else ""
