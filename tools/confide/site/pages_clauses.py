"""What an agreement settles beside its terms, in sentences: the summary, exceptions, definitions, ending, data.

These parts are read as they stand in the signed text. A key or value that is not known here is shown in its own words
rather than left out: a reader must not miss what they sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from confide.model.agreement import Agreement
from confide.model.words import base_type, is_type_shaped, role_of
from confide.site.markup import NOTHING, facts, html, items
from confide.site.reading import Reading
from confide.site.words import capital, day, listing, plain, type_phrase

_SHOWN_ELSEWHERE = {"adviser", "otherwise", "instruments", "requests"}
_HEADINGS = {
    "summary": "The agreed summary",
    "feedback": "Feedback from others",
    "exceptions": "Exceptions",
    "definitions": "What words mean here",
    "ending": "How it ends",
    "retention": "How long records are kept",
    "data": "Personal data",
}
_GROUNDS = {
    "compelled": "If the law compels it",
    "threat": "If somebody is in danger",
    "illegal": "If something illegal comes up",
    "unethical": "If something unethical comes up",
    "input-waived-when": "When the client’s answer is not waited for",
    "credentialing-body": "What the coach’s professional body may learn",
}


_KEYS = {
    "by": "Who can end it",
    "survives": "What stays in force afterwards",
    "controllers": "Responsible for the data",
    "held-in": "Kept in",
    "access-request": "A request to see one’s own data is answered within",
    "incident-notice": "If something goes wrong, those concerned hear within",
    "agreement-and-log": "Agreement and history",
    "legal-hold": "What the law says must be kept",
    "unsolicited": "Feedback nobody asked for",
    "circles": "Groups, and how many people each has",
    "too-small": "A group that is too small is called",
}
# What an exception says, each part a sentence of its own.
_PARTS = {
    "by": "Ordered by {}.",
    "covers": "It protects {}.",
    "means": "That means {}.",
    "extent": "Limited to {}.",
    "to": "It may be told to {}.",
    "consult": "Asked first: {}.",
}
_EITHER = frozenset({"by", "to"})
_VALUES = {
    "organisation": "the organisation",
    "continue-coaching": "whether to go on with the coaching",
    "withheld": "what is withheld",
    "onward": "what may be passed on",
    "retention": "how long records are kept",
    "final-summary": "the final summary",
}


def rest_of(agreement: Agreement, reading: Reading) -> Iterator[tuple[str, str, Markup]]:
    """The other parts as (anchor, heading, content), the known ones in a fixed order, then whatever else is there."""
    clauses = agreement.clauses
    special: dict[str, Callable[[Mapping[str, Any], Reading], Markup]] = {
        "summary": _summary,
        "exceptions": _exceptions,
    }
    for key in (*_HEADINGS, *(k for k in clauses if k not in _HEADINGS and k not in _SHOWN_ELSEWHERE)):
        value = clauses.get(key)
        if not value:
            continue
        heading = _HEADINGS.get(key, capital(plain(key)))
        write = special.get(key)
        content = write(value, reading) if write and isinstance(value, Mapping) else _any(value, reading)
        yield f"part-{plain(key).replace(' ', '-')}", heading, content
    yield "part-frame", "Frame", _frame(agreement, reading)


def _frame(agreement: Agreement, reading: Reading) -> Markup:
    adviser = listing(reading.labels.full(party) for party in reading.view.adviser)
    return facts(
        (
            ("From", day(agreement.effective)),
            ("Until the end of", day(agreement.until)),
            ("Days count in", agreement.time_zone),
            ("Law", agreement.law),
            ("Who agrees", reading.labels.who(agreement.signatories)),
            ("Whom to ask about confidentiality", capital(adviser)),
            ("Other agreements that must be kept", _in_words(agreement.clauses.get("instruments"), reading)),
            ("Requests that were refused are seen by", _in_words(agreement.clauses.get("requests"), reading)),
        )
    )


def summary_due(reading: Reading) -> str:
    """`Your sponsor will receive a summary from your coach on 30 June 2026, after you have read it.`, or nothing."""
    shown = reading.current
    value = shown.agreement.clauses.get("summary") if shown is not None else None
    return _receives(value, reading) if isinstance(value, Mapping) else ""


def _receives(value: Mapping[str, Any], reading: Reading) -> str:
    to, by = _parties(value.get("to", ())), _parties(value.get("by", ()))
    if not to:
        return ""
    from_whom = f" from {reading.labels.who(by)}" if by else ""
    dates = _in_words(value.get("due", ()), reading)
    on = f" on {dates}" if dates else ""
    first = "client-first" in _many(value.get("when", ()))
    after = f", after {'you have' if reading.is_client else 'the client has'} read it" if first else ""
    return f"{capital(reading.labels.who(to))} will receive a summary{from_whom}{on}{after}."


def _summary(value: Mapping[str, Any], reading: Reading) -> Markup:
    known = {"to", "by", "due", "when", "headings", "includes", "excludes", "if-silent", "not-for"}
    rest = {key: one for key, one in value.items() if key not in known}
    sentences = items(html("{}", sentence) for sentence in _summary_lines(value, reading) if sentence)
    return html("{}{}", sentences, _any(rest, reading) if rest else NOTHING)


def _summary_lines(value: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    yield _receives(value, reading)
    if headings := _in_words(value.get("headings", ()), reading):
        yield f"It speaks of {headings}."
    if includes := _in_words(value.get("includes", ()), reading):
        yield f"It includes {includes}."
    if excludes := _in_words(value.get("excludes", ()), reading, "or"):
        yield f"It never includes {excludes}."
    silent = str(value.get("if-silent", ""))
    if silent == "hold":
        yield f"If {'you say' if reading.is_client else 'the client says'} nothing, nothing is sent."
    elif silent:
        yield f"If nothing is said: {plain(silent)}."
    if purposes := listing((plain(str(p)) for p in _many(value.get("not-for", ()))), "or"):
        yield f"It is never to be used for {purposes}."


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _exceptions(value: Mapping[str, Any], reading: Reading) -> Markup:
    rows = facts((_GROUNDS.get(key, capital(plain(key))), _ground(known, reading)) for key, known in value.items())
    return html("<p>Confidentiality may be set aside only in these cases.</p>{}", rows)


def _ground(value: Any, reading: Reading) -> str:
    if not isinstance(value, Mapping):
        return f"{capital(_in_words(value, reading))}."
    return " ".join(_part(str(key), known, reading) for key, known in value.items())


def _part(key: str, value: Any, reading: Reading) -> str:
    if role_of(key) is not None:
        who = capital(reading.labels.role(key))
        return f"{who} {'are' if who == 'You' else 'is'} {_in_words(value, reading)}."
    words = _in_words(value, reading, "or" if key in _EITHER else "and")
    return _PARTS[key].format(words) if key in _PARTS else f"{capital(plain(key))}: {words}."


def _any(value: Any, reading: Reading) -> Markup:
    if isinstance(value, Mapping):
        return facts(
            (_KEYS.get(str(key), capital(plain(str(key)))), capital(_in_words(known, reading)))
            for key, known in value.items()
        )
    return html("<p>{}.</p>", capital(_in_words(value, reading)))


def _in_words(value: Any, reading: Reading, last: str = "and") -> str:
    """Any value of the signed text in words: parties by their labels, types by their phrases, dates as days."""
    if isinstance(value, Mapping):
        return "; ".join(f"{plain(str(key))}: {_in_words(known, reading)}" for key, known in value.items())
    if isinstance(value, list | tuple):
        return listing((_in_words(item, reading) for item in value), last)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else str(value)
    if text in _VALUES:
        return _VALUES[text]
    if role_of(text) is not None:
        return reading.labels.role(text)
    if is_type_shaped(text) and "-" in text:
        return type_phrase(text)
    if is_type_shaped(text) and type_phrase(base_type(text)) != plain(base_type(text)):
        return type_phrase(text)
    return _day_or_text(text)


def _day_or_text(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def _parties(value: Any) -> tuple[str, ...]:
    return tuple(str(party) for party in _many(value) if role_of(str(party)) is not None)
