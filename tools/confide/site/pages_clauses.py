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


def _summary(value: Mapping[str, Any], reading: Reading) -> Markup:
    labels, sentences = reading.labels, []
    rest = dict(value)
    to, by = _parties(rest.pop("to", ())), _parties(rest.pop("by", ()))
    due = rest.pop("due", ())
    dates = listing(_in_words(d, reading) for d in (due if isinstance(due, list | tuple) else [due]))
    first = rest.pop("when", ())
    after = ""
    if "client-first" in (first if isinstance(first, list | tuple) else [first]):
        you = reading.is_client
        after = f", after {'you have' if you else 'the client has'} read it"
    receive = "will receive a summary"
    if to:
        by_whom = f" from {labels.who(by)}" if by else ""
        sentences.append(f"{capital(labels.who(to))} {receive}{by_whom}{f' on {dates}' if dates else ''}{after}.")
    if headings := rest.pop("headings", ()):
        sentences.append(f"It speaks of {_in_words(headings, reading)}.")
    if includes := rest.pop("includes", ()):
        sentences.append(f"It includes {_in_words(includes, reading)}.")
    if excludes := rest.pop("excludes", ()):
        sentences.append(f"It never includes {listing((_in_words(e, reading) for e in excludes), 'or')}.")
    if (silent := rest.pop("if-silent", "")) == "hold":
        sentences.append(
            f"If {labels.role('client')} {'say' if reading.is_client else 'says'} nothing, nothing is sent."
        )
    elif silent:
        sentences.append(f"If nothing is said: {plain(str(silent))}.")
    if purposes := rest.pop("not-for", ()):
        sentences.append(f"It is never to be used for {listing((plain(str(p)) for p in purposes), 'or')}.")
    others = _any(rest, reading) if rest else NOTHING
    return html("{}{}", items(html("{}", sentence) for sentence in sentences), others)


def _exceptions(value: Mapping[str, Any], reading: Reading) -> Markup:
    rows = facts((_GROUNDS.get(key, capital(plain(key))), _in_words(known, reading)) for key, known in value.items())
    return html("<p>Confidentiality may be set aside only in these cases.</p>{}", rows)


def _any(value: Any, reading: Reading) -> Markup:
    if isinstance(value, Mapping):
        return facts((capital(plain(str(key))), capital(_in_words(known, reading))) for key, known in value.items())
    return html("<p>{}.</p>", capital(_in_words(value, reading)))


def _in_words(value: Any, reading: Reading) -> str:
    """Any value of the signed text in words: parties by their labels, types by their phrases, dates as days."""
    if isinstance(value, Mapping):
        return "; ".join(f"{plain(str(key))}: {_in_words(known, reading)}" for key, known in value.items())
    if isinstance(value, list | tuple):
        return listing(_in_words(item, reading) for item in value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else str(value)
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
    values = value if isinstance(value, list | tuple) else [value]
    return tuple(str(party) for party in values if role_of(str(party)) is not None)
