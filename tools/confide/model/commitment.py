"""Salted commitments: an event fixes one exact text in one place and reveals nothing of it.

A tracked plain checksum would confirm guesses of short texts, so every section is salted with a secret that stays
inside the note's ciphertext. FORMAT.md gives the bytes.
"""

from __future__ import annotations

import hashlib
import hmac

SECRET_BYTES = 32


def framed(kind: str, *fields: bytes) -> bytes:
    """`confide/1 <kind>` and a line end, then each field behind its length as eight big-endian bytes.

    Lengths make the joined bytes unambiguous: no two different lists of fields give the same result.
    """
    return f"confide/1 {kind}\n".encode() + b"".join(len(f).to_bytes(8, "big") + f for f in fields)


def digest(data: bytes) -> str:
    """`sha256:` and the hexadecimal SHA-256 (FIPS 180-4) of `data`."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def salt(secret: bytes, section: str, text: str) -> bytes:
    """The 32-byte salt of one section: HMAC-SHA-256 (RFC 2104) of its id and text under the note's secret."""
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a note's secret has {SECRET_BYTES} bytes")
    return hmac.new(secret, framed("salt", section.encode(), text.encode()), hashlib.sha256).digest()


def commitment(salted: bytes, partnership: str, note: str, section: str, text: str) -> str:
    """The commitment to `text` as section `section` of `note` (`notes/2026-02-03`) in `partnership`."""
    fields = (salted, partnership.encode(), note.encode(), section.encode(), text.encode())
    return digest(framed("commitment", *fields))
