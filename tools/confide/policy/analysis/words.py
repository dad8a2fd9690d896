"""Types, parties, forms and clauses in plain words, so that a finding reads like something a person would say."""

from __future__ import annotations

import re
from collections.abc import Iterable

from confide.model.words import Attribution, Form, base_type

# What stands for every subtype of a type that nobody has named.
ANY_OTHER = "any-other"

_TYPES = {
    "engagement": "dates and invoices",
    "proprietary": "proprietary information",
    "strategy": "strategy and projects",
}
_FORMS = {
    Form.NONE: "not at all",
    Form.TOPIC: "by topic only",
    Form.AGGREGATE: "as a group result",
    Form.SUMMARY: "in summary",
    Form.VERBATIM: "word for word",
}
_ATTRIBUTIONS = {
    Attribution.NONE: "without saying who said it",
    Attribution.CATEGORY: "by group",
    Attribution.NAME: "by name",
}
_CHANNELS = {"site": "on the site", "in-person": "in person", "phone": "by phone", "video": "by video",
             "paper": "on paper", "e-mail": "by e-mail"}  # fmt: skip
# A duty before, as what has to have happened.
_DUTIES = {
    "client-first": "the client has read the exact text",
    "client-informed": "the client has been informed",
    "acknowledged": "the recipient has accepted the duty of confidentiality",
    "consulted": "the adviser has been consulted",
}
# Subtypes that are said before their type.
_BEFORE = frozenset({"shared", "private", "joint", "first", "second", "personal", "public"})
_CAPITALS = {"hr": "HR"}
_ATTESTS = re.compile(r"(\S+) attests: (.+)\Z", re.DOTALL)
_NUMBERED = re.compile(r"(.+)-([2-9]\d?)\Z")


def party(who: str) -> str:
    """`payer.hr` → `the payer's HR`; `client-2` → `client 2`."""
    stem, _, department = who.partition(".")
    if department:
        return f"{party(stem)}'s {_CAPITALS.get(department) or plain(department) + ' department'}"
    if numbered := _NUMBERED.match(stem):
        return f"{plain(numbered[1])} {numbered[2]}"
    return _CAPITALS.get(stem, f"the {plain(stem)}")


def what(kind: str) -> str:
    """`partnership-goals/shared` → `shared partnership goals`; `conflicts/formal` → `conflicts (formal)`."""
    base, _, sub = kind.partition("/")
    words = _TYPES.get(base, plain(base))
    if not sub:
        return words
    return f"{plain(sub)} {words}" if sub in _BEFORE or other(kind) else f"{words} ({plain(sub)})"


def whats(kinds: Iterable[str], last: str = "and") -> str:
    """Several types; one that is named as a whole speaks for its subtypes."""
    known = dict.fromkeys(kinds)
    return listing((what(kind) for kind in known if kind == base_type(kind) or base_type(kind) not in known), last)


def parties(who: Iterable[str], last: str = "and") -> str:
    return listing((party(one) for one in who), last)


def form(how: Form) -> str:
    return _FORMS[how]


def attribution(how: Attribution) -> str:
    return _ATTRIBUTIONS[how]


def channel(how: str) -> str:
    return _CHANNELS.get(how, plain(how))


def duty(rule: str, message: str) -> str:
    """A duty before, as what it waits for: `the client has been informed`."""
    if attested := _ATTESTS.match(message):
        return f"{party(attested[1])} has attested: {attested[2]}"
    return _DUTIES.get(rule, message)


def duties(known: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Several, as (rule, message); what somebody attests comes last, because its words may go on."""
    return tuple(duty(*one) for one in sorted(known, key=lambda one: (one[0] == "attested", one)))


def clauses(ids: Iterable[str], last: str = "and") -> str:
    """`clause a`, `clauses a and b`."""
    known = list(ids)
    return f"clause{'s' if len(known) > 1 else ''} {listing(known, last)}"


def plain(word: str) -> str:
    return word.replace("-", " ")


def listing(parts: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    known = list(parts)
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} {last} {known[-1]}" if known else ""


def question(sender: str, recipient: str, kind: str, how: Form | None = None) -> str:
    """`may the coach tell the payer about strategy and projects, in summary?`"""
    manner = f", {form(how)}" if how else ""
    return f"may {party(sender)} tell {party(recipient)} about {what(kind)}{manner}?"


def other(kind: str) -> bool:
    """Whether the type stands for all subtypes that nobody has named."""
    return kind.startswith(f"{base_type(kind)}/{ANY_OTHER}")
