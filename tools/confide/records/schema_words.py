"""Shapes of words as JSON Schema (2020-12): what an editor can check of them, and what it can propose.

A schema is a help for whoever writes; the reader in this package decides. So a pattern here may be wider than the
shape (no editor knows whether a day exists) and never narrower: a file that is read is never marked as wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from confide.model.ids import ALPHABET
from confide.model.words import DEPARTMENTS, KNOWN_TYPES, PARTY_ROLES
from confide.records.people_file import SALT
from confide.records.practice_file import PORTAL, REMOTE
from confide.records.shapes import (
    COUNTRY,
    DIGEST,
    EVENT,
    FINGERPRINT,
    KIND_OF_TYPE,
    PARTNERSHIP,
    PERIOD,
    PRACTICE,
    PREVIOUS,
    READER,
    SCOPE,
    SECTION,
    TARGET,
    TERM,
    ZONE,
    Shape,
    is_party,
)

Schema = dict[str, Any]

_LETTER = f"[{ALPHABET}]"
_WORD = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_TYPE = r"[a-z]+(-[a-z]+)*(/[a-z]+(-[a-z]+)*)?"
_SHA256 = "sha256:[0-9a-f]{64}"
_ROLES = "|".join(sorted(PARTY_ROLES, key=lambda word: (-len(word), word)))
_PARTY = rf"({_ROLES})(-([2-9]|[1-9][0-9]))?(\.({'|'.join(sorted(DEPARTMENTS))}))?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

# ECMA 262 patterns, anchored by `pattern`. Keep them within what every regular expression dialect knows.
PATTERNS: Mapping[Shape, str] = {
    PARTNERSHIP: f"p-{_LETTER}{{4,16}}",
    PRACTICE: f"c-{_LETTER}{{4,16}}",
    EVENT: f"{_LETTER}{{8}}",
    TERM: _WORD,
    DIGEST: _SHA256,
    PREVIOUS: f"none|{_SHA256}",
    FINGERPRINT: "[0-9A-F]{40}",
    READER: f"{_LETTER}{{6,16}}",
    SECTION: f"(notes|feedback|summaries)/[0-9a-z-]+#s{_LETTER}{{1,12}}",
    SCOPE: "everything|notes|(notes|feedback|summaries)/[0-9a-z-]+",
    TARGET: f"event/{_LETTER}{{8}}|(term|instrument)/{_WORD}",
    KIND_OF_TYPE: _TYPE,
    PERIOD: "[1-9][0-9]{0,3} (hours?|days?|working days?|weeks?|months?|years?)( after end)?",
    ZONE: "[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*",
    COUNTRY: "[A-Z]{2}(-[A-Z0-9]{1,3})?",
    SALT: "([0-9a-f]{2}){16,}",
    REMOTE: "[!-,.-~][!-~]*",
    PORTAL: r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?",
}


def word(shape: Shape) -> Schema:
    """The schema of one word. Raises ValueError for a shape nobody has given a pattern to."""
    if shape in PATTERNS:
        return pattern(PATTERNS[shape])
    if shape.rule == "party":
        more = [text for text in shape.known if not is_party(text)]
        return proposing((*more, *PARTY_ROLES), "|".join((_PARTY, *more)))
    if shape.rule == "type":
        return proposing(KNOWN_TYPES, _TYPE)
    if shape.known and not shape.hint and all(map(shape.fits, shape.known)):
        return {"enum": list(shape.known)}
    raise ValueError(f"a shape without a pattern: {shape.expected}")


def pattern(text: str) -> Schema:
    """A word that matches the whole of a pattern."""
    return {"type": "string", "pattern": f"^({text})$"}


def proposing(words: Iterable[str], text: str) -> Schema:
    """A word that matches the pattern; an editor proposes the known ones."""
    return {"anyOf": [{"enum": list(words)}, pattern(text)]}


def prose() -> Schema:
    """Words that say something."""
    return {"type": "string", "pattern": r"\S"}


def whole(least: int = 1) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": least}


def day() -> Schema:
    """A calendar day, unquoted: a text for every reader of YAML 1.2."""
    return {"type": "string", "format": "date", "pattern": f"^{_DAY}$"}


def moment() -> Schema:
    """A time in UTC, in whole seconds."""
    return {"type": "string", "format": "date-time", "pattern": f"^{_DAY}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z$"}


def listed(item: Schema, *, least: int = 1) -> Schema:
    """A list in which nothing stands twice."""
    found: Schema = {"type": "array", "items": item, "uniqueItems": True}
    return {**found, "minItems": least} if least else found


def keys(properties: Mapping[str, Schema], required: Iterable[str]) -> Schema:
    """A mapping with these keys and no other: a misspelt key is never ignored."""
    wanted = set(required)
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [key for key in properties if key in wanted],
        "additionalProperties": False,
    }
