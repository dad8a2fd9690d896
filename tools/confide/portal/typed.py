"""What people type, forgiven where that costs nothing: capitals and spaces in six plain words, blanks at the ends."""

from __future__ import annotations

import re

from confide.vault.passphrase import WORDS

# Longer than any passphrase anybody remembers; the rest would only be work for Argon2id's first hash.
LONGEST = 300
_WORD = re.compile(r"[a-z]{3,9}\Z")


def passphrase(text: str) -> str:
    """The passphrase that `text` stands for: six plain words joined by dashes however they were written, else as is."""
    words = re.split(r"[\s\-‐‑–—_.,]+", text.strip().casefold())
    return "-".join(words) if len(words) == WORDS and all(map(_WORD.match, words)) else text.strip()
