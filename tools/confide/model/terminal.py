"""What others wrote, on its way to a screen: a terminal obeys control characters, so none of them gets there."""

from __future__ import annotations

import unicodedata


def harmless(text: str) -> str:
    """The text with a mark in place of each control character, and of each that is only there to turn others round."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf") else "\N{REPLACEMENT CHARACTER}" for c in text
    )
