"""What a PDF shows, as far as it can be read without drawing it: the strings of its pages, put together again.

Printing programs cut a line into pieces and write each with its distance; a font of glyph numbers cannot be read at
all. So this is part of a tripwire: it finds what an ordinary program exported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from confide.records.media import pdf_layers

_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<(?:[0-9A-Fa-f]{2})+>", re.DOTALL)
_SHOWN = re.compile(rb"\[((?:[^\[\]()]|\((?:\\.|[^\\()])*\))*)\]\s*TJ", re.DOTALL)
_ESCAPED = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b" ", b"f": b" "}


def pdf_words(data: bytes) -> Iterator[str]:
    """For each layer: every string by itself, and the pieces of each line as one."""
    for layer in pdf_layers(data):
        yield " ".join(map(_text, _STRING.findall(layer)))
        if lines := _SHOWN.findall(layer):
            yield " ".join("".join(map(_text, _STRING.findall(line))) for line in lines)


def _text(string: bytes) -> str:
    inside = string[1:-1]
    plain = bytes.fromhex(inside.decode()) if string.startswith(b"<") else _ESCAPED.sub(_unescaped, inside)
    if plain.startswith(b"\xfe\xff"):
        return plain[2:].decode("utf-16-be", "replace")
    return plain.decode("cp1252", "replace")


def _unescaped(match: re.Match[bytes]) -> bytes:
    letter = match[1]
    return _LETTERS.get(letter) or (bytes([int(letter, 8) & 0xFF]) if letter.isdigit() else letter)
