"""What is new on a reader's pages since they last opened them: marks of the pages then, compared with those now.

The marks lie with the host. Each is keyed by the reader's own secret key, so that nobody who copies the disk can try
guesses of a page on it; and a mark covers what a page says, not the navigation around it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping

_SAID = re.compile(rb"<article\b.*?</article>", re.DOTALL)
_PAGE = "index.html"
_MARK_BYTES = 8


def marks(pages: Mapping[str, bytes], secret: bytes) -> dict[str, str]:
    """Address → mark, for every page that is a page of its own: `texts/`, `agreement-1/`."""
    key = hashlib.sha256(b"confide/1 news\n" + secret).digest()
    return {
        name.removesuffix(_PAGE): _mark(name, data, key)
        for name, data in sorted(pages.items())
        if name.endswith(f"/{_PAGE}")
    }


def _mark(name: str, data: bytes, key: bytes) -> str:
    said = _SAID.search(data)
    text = said[0] if said else data
    return hmac.new(key, name.encode() + b"\n" + text, hashlib.sha256).digest()[:_MARK_BYTES].hex()


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The pages that say something else than last time, or were not there; none at a first visit."""
    return tuple(name for name, mark in now.items() if before.get(name) != mark) if before else ()
