"""The shapes of words that may stand in the open: closed lists and identifiers, each with what a message says of it."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from confide.model import ids
from confide.model.agreement import DUTIES_BEFORE
from confide.model.destruction import EVERYTHING, NOTES, STATES
from confide.model.destruction import WHERE as WHERE_COPIES
from confide.model.words import (
    CHANNELS,
    DEPARTMENTS,
    FLAGS,
    PARTY_ROLES,
    PURPOSES,
    Attribution,
    Form,
    Strength,
    is_type_shaped,
    role_of,
)
from confide.records.layout import is_note_name


@dataclass(frozen=True)
class Shape:
    """What one word must look like. `known` are the words a hint may propose, `hint` the word when none is near."""

    expected: str
    fits: Callable[[str], bool]
    known: tuple[str, ...] = ()
    hint: str = ""
    rule: str = ""


def one_of(words: Iterable[str], *, rule: str = "") -> Shape:
    """A word of a closed list."""
    known = tuple(words)
    listed = ", ".join(f"`{word}`" for word in known)
    expected = listed if len(known) == 1 else f"one of {listed}"
    return Shape(expected, lambda text: text in known, known, rule=rule)


def shaped(expected: str, pattern: str) -> Shape:
    """A word that matches the whole of a pattern."""
    compiled = re.compile(rf"(?:{pattern})\Z")
    return Shape(expected, lambda text: compiled.match(text) is not None)


def is_party(text: str) -> bool:
    """A party of the closed list, in ASCII: digits of other scripts look alike."""
    return text.isascii() and role_of(text) is not None


def party_or(*more: str) -> Shape:
    """A party, or one of a few other words."""
    known = (*PARTY_ROLES, *(f"payer.{department}" for department in sorted(DEPARTMENTS)), *more)
    hint = "parties are words of a closed list, perhaps with a number or department: `manager`, `client-2`, `payer.hr`"
    return Shape("a party", lambda text: text in more or is_party(text), known, hint, "party")


def information_type(known: Iterable[str]) -> Shape:
    """One of `known`, perhaps with a subtype behind a slash."""
    types = tuple(known)
    fits = lambda text: is_type_shaped(text) and text.partition("/")[0] in types  # noqa: E731 - one expression
    return Shape("a type of information", fits, types, f"known types: {', '.join(types)}", "type")


def _is_zone(text: str) -> bool:
    if not re.match(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*\Z", text):
        return False
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_reader(text: str) -> bool:
    return 6 <= len(text) <= 16 and set(text) <= set(ids.ALPHABET) and any(letter.isdigit() for letter in text)


def _is_section_ref(text: str) -> bool:
    place, mark, section = text.partition("#")
    folder, slash, stem = place.partition("/")
    known = is_note_name if folder == "notes" else ids.is_event
    return bool(mark and slash) and folder in NOTE_FOLDERS and known(stem) and ids.is_section(section)


def _is_scope(text: str) -> bool:
    folder, slash, stem = text.partition("/")
    if not slash:
        return text in (EVERYTHING, NOTES)
    return folder in NOTE_FOLDERS and (is_note_name if folder == "notes" else ids.is_event)(stem)


def _is_target(text: str) -> bool:
    kind, _, target = text.partition("/")
    return (kind == "event" and ids.is_event(target)) or (kind in ("term", "instrument") and ids.is_term(target))


NOTE_FOLDERS = ("notes", "feedback", "summaries")
# Forms in which something is told; `none` is the absence of telling.
FORMS = tuple(form.word for form in Form if form)
# How something is known: the party's own signature, or the coach's word for it; whoever was to attest denied it. An
# answer was given, declined or waived with the agreed reason; a publication was no breach. A source accepted the terms
# they were told, or wrote under the standing notice.
EVIDENCE = ("signed", "attested", "denied", "given", "declined", "waived", "no-breach", "accepted", "notice")

PARTY = party_or()
PARTNERSHIP = Shape("a partnership id such as `p-k7f3`", ids.is_partnership, hint="`confide new` makes one")
PRACTICE = Shape("a practice id such as `c-4mz8`", ids.is_practice, hint="`confide init` makes one")
EVENT = Shape("an event id of eight letters", ids.is_event)
TERM = Shape("lower-case words joined by dashes", ids.is_term)
DIGEST = Shape("`sha256:` and 64 hexadecimal digits", ids.is_digest)
FINGERPRINT = Shape(
    "a full fingerprint: 40 hexadecimal digits, upper case", ids.is_fingerprint, hint="`gpg --fingerprint` prints it"
)
READER = Shape("a reader id of random letters with a digit", _is_reader)
SECTION = Shape("a section such as `notes/2026-02-03#s2`", _is_section_ref)
TARGET = Shape("`event/` and an event id, `term/` or `instrument/` and its id", _is_target)
SCOPE = Shape("`everything`, `notes`, or a note such as `notes/2026-02-03`", _is_scope)
WHERE = one_of(WHERE_COPIES)
STATE = one_of(STATES)
PREVIOUS = Shape("a digest or `none`", lambda text: text == "none" or ids.is_digest(text))
KIND_OF_TYPE = Shape("a type such as `conflicts` or `partnership-goals/shared`", is_type_shaped)
FORM = one_of(FORMS)
ATTRIBUTION = one_of(attribution.word for attribution in Attribution)
CHANNEL = one_of(CHANNELS)
FLAG = one_of(sorted(FLAGS))
PURPOSE = one_of(PURPOSES)
STRENGTH = one_of(strength.value for strength in Strength)
DUTY = one_of(DUTIES_BEFORE)
PERIOD = shaped(
    "a period such as `3 working days` or `1 year after end`",
    r"[1-9][0-9]{0,3} (hours?|days?|working days?|weeks?|months?|years?)( after end)?",
)
ZONE = Shape("a time zone such as `Europe/London`", _is_zone)
COUNTRY = shaped("a country code such as `GB`, perhaps with a region: `GB-SCT`", r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
