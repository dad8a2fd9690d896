"""What a plain YAML word means, and how a value is written so that every YAML reader takes it for the same.

YAML 1.2 core schema (section 10.3.2), narrowed: `no` and `off` are words; a whole number, a day and a UTC time are what
they look like; whatever another reader could take for a number or a time has to be quoted.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from functools import lru_cache

from confide.records.nodes import Scalar

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Numbers and times in the spellings of YAML 1.1 and 1.2 that are not among those above.
_AMBIGUOUS = re.compile(
    r"""[-+]?(
        [0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)? | \.[0-9][0-9_]*([eE][-+]?[0-9]+)?
        | 0[box][0-9a-fA-F_]+ | \.(inf|Inf|INF|nan|NaN|NAN)
    )\Z
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]*)?)?[ \t]*(Z|[-+][0-9:]+)?\Z
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\Z | =\Z | <<\Z
    """,
    re.VERBOSE,
)
# Bare words that are safe in block and flow style, for every reader: no indicator, no colon before a space.
_BARE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_./#@+-]|:(?=[A-Za-z0-9])| (?=[A-Za-z0-9]))*\Z")
# Words that YAML 1.1 readers take for true or false.
_OLD_WORDS = frozenset({"y", "n", "yes", "no", "on", "off"})
_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


class Ambiguous(ValueError):
    """A plain word that different readers would take for different things."""


def resolve(text: str) -> Scalar:
    """The value of a plain (unquoted) scalar. Raises Ambiguous where it has no single meaning."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    try:
        if _DAY.match(text):
            return date.fromisoformat(text)
        if _TIME.match(text):
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as found:
        raise Ambiguous("a day or time that does not exist") from found
    if _AMBIGUOUS.match(text):
        raise Ambiguous("a number or time in an unusual spelling")
    return text


def write(value: Scalar) -> str:
    """The canonical spelling: bare where that is safe, else in double quotes; times are UTC in whole seconds."""
    if isinstance(value, datetime):
        if value.tzinfo is None or value.microsecond:
            raise ValueError("a time has a zone and no fraction of a second")
        moment = value.astimezone(UTC)
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value if _is_bare(value) else _quoted(value)
    return json.dumps(value)


@lru_cache(4096)
def _is_bare(text: str) -> bool:
    if not _BARE.match(text) or text.lower() in _OLD_WORDS:
        return False
    try:
        return resolve(text) == text
    except Ambiguous:
        return False


def _quoted(text: str) -> str:
    """Double quotes with the escapes of JSON, which YAML shares, and the invisible characters escaped as well."""
    return _TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
