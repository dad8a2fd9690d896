"""What may lie inside one partnership's directory: each kind of file with the names it may have."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from confide.model import ids
from confide.model.event import KINDS
from confide.model.words import role_of

AGREEMENT_FILE = re.compile(r"([1-9][0-9]{0,3})\.yml\Z")
NOTE_FILE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]{1,2})?)\.md\.gpg\Z")
_PARTY_KEY = re.compile(r"keys/(.+)\.[1-9][0-9]?\.asc\Z")
_SIGNATURE = re.compile(r"agreements/[1-9][0-9]{0,3}\.(.+)\.[1-9][0-9]?\.sig\Z")
_DOCUMENT = re.compile(r"agreements/[1-9][0-9]{0,3}\.(.+)\.[1-9][0-9]?\.document\.gpg\Z")
_INSTRUMENT = re.compile(r"instruments/([^/]+)\.yml\Z")
_INSTRUMENT_DOCUMENT = re.compile(r"instruments/([^/]+)\.gpg\Z")
_NOTE = re.compile(r"notes/([^/]+)\.md\.gpg\Z")
_ATTACHMENT = re.compile(r"notes/([^/.]+)\.([^/.]+)\.gpg\Z")
_FEEDBACK = re.compile(r"feedback/([^/]+)\.md\.gpg\Z")
_SUMMARY = re.compile(r"summaries/([^/]+)\.md\.gpg\Z")
_KEPT = re.compile(r"kept/[0-9a-f]{64}\.gpg\Z")
_EVENT = re.compile(r"events/([^/]+)\.yml\Z")
_DETAIL = re.compile(r"events/([^/]+)\.detail\.yml\.gpg\Z")
_EVENT_SIGNATURE = re.compile(r"events/([^/]+)\.sig\Z")
_EVENT_DOCUMENT = re.compile(r"events/([^/]+)\.document\.gpg\Z")


def is_day(text: str) -> bool:
    """A day that exists, as `2026-02-03`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_note_name(text: str) -> bool:
    """The day of a session that exists, `-2` and up for further notes of it."""
    return ids.is_note(text) and is_day(text[:10])


def is_event_name(text: str) -> bool:
    """`2026-02-10-disclosed-x7k2m9qd`: a day, a kind, an id."""
    day, rest = text[:10], text[10:]
    return is_day(day) and any(
        rest.startswith(f"-{kind}-") and ids.is_event(rest.removeprefix(f"-{kind}-")) for kind in KINDS
    )


def _named(pattern: re.Pattern[str], fits: Callable[[str], bool]) -> Callable[[str], bool]:
    def check(inside: str) -> bool:
        match = pattern.match(inside)
        return match is not None and fits(match[1])

    return check


def _party(text: str) -> bool:
    return text.isascii() and role_of(text) is not None


def _attachment(inside: str) -> bool:
    match = _ATTACHMENT.match(inside)
    return match is not None and is_note_name(match[1]) and ids.is_attachment(match[2])


def _is(name: str) -> Callable[[str], bool]:
    return lambda inside: inside == name


# The path inside the partnership's directory decides; the first kind that fits is the one.
KINDS_BY_PLACE: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("partnership", _is("partnership.yml")),
    ("people", _is("people.yml.gpg")),
    ("key", _is("key.asc")),
    ("party-key", _named(_PARTY_KEY, _party)),
    ("agreement", lambda inside: inside.startswith("agreements/") and bool(AGREEMENT_FILE.match(inside[11:]))),
    ("signature", _named(_SIGNATURE, _party)),
    ("document", _named(_DOCUMENT, _party)),
    ("instrument", _named(_INSTRUMENT, ids.is_term)),
    ("instrument-document", _named(_INSTRUMENT_DOCUMENT, ids.is_term)),
    ("note", _named(_NOTE, is_note_name)),
    ("attachment", _attachment),
    ("feedback", _named(_FEEDBACK, ids.is_event)),
    ("summary", _named(_SUMMARY, ids.is_event)),
    ("kept", lambda inside: bool(_KEPT.match(inside))),
    ("event", _named(_EVENT, is_event_name)),
    ("detail", _named(_DETAIL, is_event_name)),
    ("event-signature", _named(_EVENT_SIGNATURE, is_event_name)),
    ("event-document", _named(_EVENT_DOCUMENT, is_event_name)),
)
