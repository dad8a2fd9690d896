"""Words that stand nowhere else in the world: each marks one text or one name, so that finding it means a leak."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

LETTERS = "bcdfghjklmnpqrstvwxz"
MARK = "qz"


def word() -> str:
    """A made-up word of fourteen letters. It is new in every run, so that a find on this machine is this run's."""
    return MARK + "".join(secrets.choice(LETTERS) for _ in range(12))


def name() -> str:
    """A made-up name of two words."""
    return f"{word().title()} {word().title()}"


def found_in(text: str, words: Iterable[str]) -> list[str]:
    """Those of `words` that occur in `text`, whatever the case."""
    lower = text.lower()
    return [one for one in words if one.lower() in lower]
