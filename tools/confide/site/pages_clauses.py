"""What an agreement settles beside its terms, in sentences: the summary, exceptions, definitions, ending, data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from confide.model.agreement import Agreement
from confide.model.words import role_of
from confide.site.markup import NOTHING, facts, html, items
from confide.site.part_words import in_words, key_words, many, parties
from confide.site.reading import Reading
from confide.site.words import capital, day, listing, plain, signing_phrase

_IN_THE_FRAME = {"adviser", "otherwise", "instruments", "requests", "signing"}
_HEADINGS = {
    "summary": "The agreed summary",
    "feedback": "Feedback from others",
    "exceptions": "Exceptions",
    "definitions": "What words mean here",
    "ending": "How it ends",
    "retention": "How long records are kept",
    "data": "Personal data",
}
GROUNDS = {
    "compelled": "If the law compels it",
    "threat": "If somebody is in danger",
    "illegal": "If something illegal comes up",
    "unethical": "If something unethical comes up",
    "input-waived-when": "When the client’s answer is not waited for",
    "credentialing-body": "What the coach’s professional body may learn",
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


def rest_of(agreement: Agreement, reading: Reading) -> Iterator[tuple[str, str, Markup]]:
    """The other parts as (anchor, heading, content), the known ones in a fixed order, then whatever else is there."""
    clauses = agreement.clauses
    special: dict[str, Callable[[Mapping[str, Any], Reading], Markup]] = {
        "summary": _summary,
        "exceptions": _exceptions,
    }
    for key in (*_HEADINGS, *(k for k in clauses if k not in _HEADINGS and k not in _IN_THE_FRAME)):
        value = clauses.get(key)
        if not value:
            continue
        write = special.get(key)
        content = write(value, reading) if write and isinstance(value, Mapping) else _any(value, reading)
        yield f"part-{key}", _HEADINGS.get(key, capital(plain(key))), content
    yield "part-frame", "Frame", _frame(agreement, reading)


def _frame(agreement: Agreement, reading: Reading) -> Markup:
    labels, clauses = reading.labels, agreement.clauses
    adviser = clauses.get("adviser")
    requests = clauses.get("requests")
    return facts(
        (
            ("From", day(agreement.effective)),
            ("Until the end of", day(agreement.until)),
            ("Days count in", agreement.time_zone),
            ("Law", agreement.law),
            ("Who agrees", labels.who(agreement.signatories)),
            ("It may be signed", listing(map(signing_phrase, agreement.accepted), "or")),
            ("Whom to ask about confidentiality", _adviser(adviser, reading)),
            ("Other agreements that must be kept", in_words(clauses.get("instruments"), labels)),
            (
                "Refused requests are seen by",
                in_words(requests.get("visible-to"), labels) if isinstance(requests, Mapping) else "",
            ),
        )
    )


def _adviser(value: Any, reading: Reading) -> str:
    if not isinstance(value, Mapping):
        return in_words(value, reading.labels)
    party = str(value.get("party", ""))
    rest = {key: one for key, one in value.items() if key not in {"party", "open-to"}}
    named = capital(reading.labels.full(party)) if party else ""
    return "; ".join(filter(None, (named, in_words(rest, reading.labels))))


def summary_due(reading: Reading) -> str:
    """`Your sponsor will receive a summary from your coach on 30 June 2026, after you have read it.`, or nothing."""
    shown = reading.current
    value = shown.agreement.clauses.get("summary") if shown is not None else None
    return _receives(value, reading) if isinstance(value, Mapping) else ""


def _receives(value: Mapping[str, Any], reading: Reading) -> str:
    to, by = parties(value.get("to", ())), parties(value.get("by", ()))
    if not to:
        return ""
    from_whom = f" from {reading.labels.who(by)}" if by else ""
    dates = in_words(value.get("due", ()), reading.labels)
    on = f" on {dates}" if dates else ""
    first = "client-first" in map(str, many(value.get("when", ())))
    after = f", after {'you have' if reading.is_client else 'the client has'} read it" if first else ""
    return f"{capital(reading.labels.who(to))} will receive a summary{from_whom}{on}{after}."


def _summary(value: Mapping[str, Any], reading: Reading) -> Markup:
    known = {"to", "by", "due", "when", "form", "headings", "includes", "excludes", "if-silent", "not-for"}
    known |= {"channel", "client-statement"}
    rest = {key: one for key, one in value.items() if key not in known}
    sentences = items(html("{}", sentence) for sentence in _summary_lines(value, reading) if sentence)
    return html("{}{}", sentences, _any(rest, reading) if rest else NOTHING)


def _summary_lines(value: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    labels, you = reading.labels, reading.is_client
    yield _receives(value, reading)
    if channel := in_words(value.get("channel", ()), labels, "or"):
        yield f"It is given {channel}."
    if headings := in_words(value.get("headings", ()), labels):
        yield f"It speaks of {headings}."
    if includes := in_words(value.get("includes", ()), labels):
        yield f"It includes {includes}."
    if excludes := in_words(value.get("excludes", ()), labels, "or"):
        yield f"It never includes {excludes}."
    yield silence(value, you=you)
    if statement := in_words(value.get("client-statement"), labels):
        yield f"What {'you have' if you else 'the client has'} to say about it is {statement}."
    if purposes := listing((plain(str(p)) for p in many(value.get("not-for", ()))), "or"):
        yield f"It is never to be used for {purposes}."


def silence(summary: Mapping[str, Any], *, you: bool) -> str:
    """What happens to a text if the client does not answer: `If you say nothing, nothing is sent.`"""
    silent = str(summary.get("if-silent", ""))
    if not silent:
        return ""
    says = "you say" if you else "the client says"
    return f"If {says} nothing, nothing is sent." if silent == "hold" else f"If {says} nothing: {plain(silent)}."


def _exceptions(value: Mapping[str, Any], reading: Reading) -> Markup:
    rows = facts((GROUNDS.get(key, capital(plain(key))), _ground(known, reading)) for key, known in value.items())
    return html("<p>Confidentiality may be set aside only in these cases.</p>{}", rows)


def _ground(value: Any, reading: Reading) -> str:
    if not isinstance(value, Mapping):
        return f"{capital(in_words(value, reading.labels))}."
    return " ".join(_part(str(key), known, reading) for key, known in value.items())


def _part(key: str, value: Any, reading: Reading) -> str:
    if role_of(key) is not None:
        who = capital(reading.labels.role(key))
        return f"{who} {'are' if who == 'You' else 'is'} {in_words(value, reading.labels)}."
    words = in_words(value, reading.labels, "or" if key in _EITHER else "and")
    return _PARTS[key].format(words) if key in _PARTS else f"{capital(plain(key))}: {words}."


def _any(value: Any, reading: Reading) -> Markup:
    if isinstance(value, Mapping):
        rows = ((key_words(str(key)), capital(in_words(known, reading.labels))) for key, known in value.items())
        return facts(rows)
    return html("<p>{}.</p>", capital(in_words(value, reading.labels)))
