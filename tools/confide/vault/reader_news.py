"""What is new on a reader's pages since they last opened them: marks of the pages then, compared with those now.

The marks lie with the host. Names and marks are keyed by the reader's own secret key, so that nobody who copies the
disk can try guesses of a page on it, or read which pages there are: that some text waits for a review, for example. A
mark covers what a page says, not the navigation around it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

_SAID = re.compile(rb"<article\b.*?</article>", re.DOTALL)
_PAGE = "index.html"
_MARK_BYTES = 8


@dataclass(frozen=True)
class Marks:
    """`kept` is what lies with the host: a page's hidden name → the mark of what it says. `pages`: hidden name →
    address."""

    kept: Mapping[str, str]
    pages: Mapping[str, str]


def marks(pages: Mapping[str, bytes], secret: bytes) -> Marks:
    """Of every page that is a page of its own: `texts/`, `agreement-1/`. Hidden names have an order of their own."""
    key = hashlib.sha256(b"confide/1 news\n" + secret).digest()
    named = {
        _keyed(key, name.encode()): (name.removesuffix(_PAGE), _keyed(key, name.encode() + b"\n" + _said(data)))
        for name, data in sorted(pages.items())
        if name.endswith(f"/{_PAGE}")
    }
    kept = {hidden: named[hidden][1] for hidden in sorted(named)}
    return Marks(kept, {hidden: page for hidden, (page, _) in named.items()})


def _said(data: bytes) -> bytes:
    found = _SAID.search(data)
    return found[0] if found else data


def _keyed(key: bytes, text: bytes) -> str:
    return hmac.new(key, text, hashlib.sha256).digest()[:_MARK_BYTES].hex()


def changed(before: Mapping[str, str], now: Marks) -> tuple[str, ...]:
    """The pages that say something else than last time, or were not there; none at a first visit."""
    found = (page for hidden, page in now.pages.items() if before.get(hidden) != now.kept[hidden])
    return tuple(found) if before else ()
