"""Runs of words that one text shares with another: what a summary must not have taken over from what it leaves out."""

from __future__ import annotations

import re
import unicodedata

# As many as the leak audit looks for: fewer meet by chance, more let a sentence through.
RUN = 8
_WORD = re.compile(r"\w+")


def _words(text: str) -> list[tuple[str, int]]:
    """Each word, folded, with its line counted from 1."""
    lines = unicodedata.normalize("NFKC", text).split("\n")
    return [(word, number) for number, line in enumerate(lines, 1) for word in _WORD.findall(line.casefold())]


def taken_over(text: str, source: str) -> tuple[int, ...]:
    """The lines of `text` on which a run of eight words begins that also stands in `source`, in order, each once."""
    known = [word for word, _ in _words(source)]
    runs = {tuple(known[n : n + RUN]) for n in range(len(known) - RUN + 1)}
    mine = _words(text)
    found = (mine[n][1] for n in range(len(mine) - RUN + 1) if tuple(word for word, _ in mine[n : n + RUN]) in runs)
    return tuple(dict.fromkeys(found))
