"""The words in which a party reads: for types, forms, channels, ways of signing and days. Never the program's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from confide.model.problem import Problem, Unavailable
from confide.model.words import Attribution, Form

# Type → (as a heading, inside a sentence).
_TYPES: dict[str, tuple[str, str]] = {
    "assessment-results": ("Assessment results", "assessment results"),
    "partnership-goals": ("Goals of the coaching", "the goals of the coaching"),
    "partnership-goals/shared": ("Shared goals", "the shared goals"),
    "partnership-goals/private": ("Private goals", "the private goals"),
    "career-aspirations": ("Career plans and job hunting", "career plans and job hunting"),
    "feedback": ("Feedback from others", "feedback from others"),
    "performance-appraisals": ("Performance appraisals", "performance appraisals"),
    "conflicts": ("Conflicts at work", "conflicts at work"),
    "discussions": ("What is said in sessions", "what is said in sessions"),
    "proprietary": ("Sensitive business information", "sensitive business information"),
    "strategy": ("Strategy and projects", "strategy and projects"),
    "engagement": ("Dates and invoices", "dates, attendance and invoices"),
}
# Form → (in a table, inside a sentence, what it means).
_FORMS: dict[Form, tuple[str, str, str]] = {
    Form.NONE: ("Nothing", "not at all", "nothing is told"),
    Form.TOPIC: ("Topic only", "by topic only", "the subject is named, nothing more"),
    Form.AGGREGATE: ("Group result", "as a result over a group", "one result over a whole group of people"),
    Form.SUMMARY: ("Summary", "in summary", "conclusions, without quotation, incident or third person"),
    Form.VERBATIM: ("In full", "word for word", "the words as they were written or said"),
}
_CHANNELS: dict[str, str] = {
    "site": "on these private pages",
    "in-person": "in person",
    "phone": "by telephone",
    "video": "by video call",
    "paper": "on paper",
    "e-mail": "by e-mail",
}
_STRENGTHS: dict[str, str] = {
    "own-key": "signed with {their} own key",
    "portal": "signed on these pages",
    "e-sign": "signed electronically",
    "paper": "signed on paper",
}
_SIGNING = {
    "own-key": "with one’s own key",
    "portal": "on these pages",
    "e-sign": "electronically",
    "paper": "on paper",
}
_ATTRIBUTIONS: dict[Attribution, str] = {
    Attribution.NONE: "without saying who said it",
    Attribution.CATEGORY: "by group, never by name",
    Attribution.NAME: "by name, if that person allows it",
}


def type_title(what: str) -> str:
    """A type as a heading: `Shared goals`. An agreement's own types are read from their ids."""
    if what in _TYPES:
        return _TYPES[what][0]
    base, _, sub = what.partition("/")
    title = _TYPES[base][0] if base in _TYPES else capital(plain(base))
    return f"{title}: {plain(sub)}" if sub else title


def type_phrase(what: str) -> str:
    """A type inside a sentence: `the shared goals`."""
    if what in _TYPES:
        return _TYPES[what][1]
    base, _, sub = what.partition("/")
    phrase = _TYPES[base][1] if base in _TYPES else plain(base)
    return f"{phrase} ({plain(sub)})" if sub else phrase


def form_title(form: Form) -> str:
    return _FORMS[form][0]


def form_phrase(form: Form) -> str:
    return _FORMS[form][1]


def form_meaning(form: Form) -> str:
    return _FORMS[form][2]


def channel_phrase(channel: str) -> str:
    return _CHANNELS.get(channel, plain(channel))


def strength_phrase(strength: str, *, own: bool = False) -> str:
    """How a signature came about; `own` when it is the reader's."""
    return _STRENGTHS.get(strength, plain(strength)).format(their="your" if own else "their")


def signing_phrase(strength: str) -> str:
    """How something may be signed: `on paper`."""
    return _SIGNING.get(strength, plain(strength))


def attribution_phrase(attribution: Attribution) -> str:
    return _ATTRIBUTIONS[attribution]


def plain(word: str) -> str:
    """An id from a closed list as words: `current-ability` → `current ability`."""
    return word.replace("-", " ").replace("/", ", ")


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def listing(parts: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    known = list(parts)
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} {last} {known[-1]}" if known else ""


def number(value: int) -> str:
    """`four`, `15`: small numbers in letters."""
    small = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return small[value] if 0 <= value < len(small) else str(value)


def count(value: int, one: str, many: str) -> str:
    """`one text`, `three texts`."""
    return f"{number(value)} {one if value == 1 else many}"


def day(when: date | datetime, time_zone: str = "UTC") -> str:
    """`12 January 2026`: a moment as the day it was in that zone. Raises Unavailable for a zone that is not known."""
    if isinstance(when, datetime):
        when = when.astimezone(zone(time_zone)).date()
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(when: datetime, time_zone: str) -> str:
    """`January 2026`."""
    return day(when, time_zone).partition(" ")[2]


def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name; Unavailable if this machine does not know it, for a wrong day is worse than none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        hint = "install the system's time zone data (tzdata)"
        raise Unavailable(Problem(f"the time zone `{name}` is not known on this machine", hint=hint)) from unknown


# Not the C library's: a reader's site must not depend on the locale of the machine that built it.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
