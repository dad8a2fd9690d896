"""Identifiers: random, short, easy to read aloud, and never a word somebody could be recognised by (promise 5)."""

from __future__ import annotations

import re
from collections.abc import Callable

# Crockford's base 32 in lower case: no i, l, o, u, so that nothing is misread and few words can arise.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

EVENT_LENGTH = 8
PARTNERSHIP_LENGTH = 4

_LETTER = "[0-9a-hjkmnp-tv-z]"
_PARTNERSHIP = re.compile(rf"p-(?=[a-z]*[0-9]){_LETTER}{{4,16}}\Z")
_PRACTICE = re.compile(rf"c-(?=[a-z]*[0-9]){_LETTER}{{4,16}}\Z")
_EVENT = re.compile(rf"{_LETTER}{{8}}\Z")
_SECTION = re.compile(rf"(?=[a-z]*[0-9])s{_LETTER}{{1,12}}\Z")
_ATTACHMENT = re.compile(rf"(?=[a-z]*[0-9])a{_LETTER}{{1,12}}\Z")
_TERM = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}\Z")
_FINGERPRINT = re.compile(r"[0-9A-F]{40}\Z")
_NOTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(-[2-9]|-[1-9][0-9])?\Z")


def is_partnership(text: str) -> bool:
    """`p-` and four or more letters with a digit among them: a name such as `p-anna` does not pass."""
    return bool(_PARTNERSHIP.match(text))


def is_practice(text: str) -> bool:
    """`c-` and four or more letters with a digit among them."""
    return bool(_PRACTICE.match(text))


def is_event(text: str) -> bool:
    """Eight letters of the alphabet."""
    return bool(_EVENT.match(text))


def is_section(text: str) -> bool:
    """`s` and one to twelve letters with a digit among them: never a word."""
    return bool(_SECTION.match(text))


def is_attachment(text: str) -> bool:
    """`a` and one to twelve letters with a digit among them."""
    return bool(_ATTACHMENT.match(text))


def is_term(text: str) -> bool:
    """Lower-case words joined by dashes: `goals-to-sponsors`."""
    return bool(_TERM.match(text)) and len(text) <= 60


def is_digest(text: str) -> bool:
    """`sha256:` and 64 hexadecimal digits."""
    return bool(_DIGEST.match(text))


def is_fingerprint(text: str) -> bool:
    """A version 4 OpenPGP fingerprint, upper case (RFC 4880, 12.2)."""
    return bool(_FINGERPRINT.match(text))


def is_note(text: str) -> bool:
    """The date of a session, `-2` and up for further notes of that day."""
    return bool(_NOTE.match(text))


def fresh(length: int, choose: Callable[[str], str]) -> str:
    """A new identifier of `length` letters with at least one digit; `choose` picks one letter, at random."""
    while True:
        text = "".join(choose(ALPHABET) for _ in range(length))
        if any(letter.isdigit() for letter in text):
            return text
