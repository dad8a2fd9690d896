"""Runs of words: whether some text holds a piece of another one, whatever stands between the words."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


def words(text: str | bytes) -> list[str]:
    """The words of a text in lower case. Bytes that are no text count as Latin letters, so that nothing is skipped."""
    return _WORD.findall((text.decode("latin-1") if isinstance(text, bytes) else text).lower())


def runs(text: str | bytes, length: int) -> set[str]:
    """Every run of `length` words."""
    found = words(text)
    return {" ".join(found[at : at + length]) for at in range(len(found) - length + 1)}


def runs_of(texts: Iterable[str], length: int) -> set[str]:
    return {run for text in texts for run in runs(text, length)}
