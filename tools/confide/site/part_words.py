"""Words for what an agreement settles beside its terms: any key and any value of the signed text, for one reader.

Nothing is left out because it is not known here: an unknown key or value is shown in its own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from confide.model.words import CHANNELS, Form, base_type, is_type_shaped, role_of
from confide.site.labels import Labels
from confide.site.words import capital, channel_phrase, day, form_title, listing, plain, type_phrase

_KEYS = {
    "by": "Who can end it",
    "survives": "What stays in force afterwards",
    "controllers": "Responsible for the data",
    "held-in": "Kept in",
    "access-request": "A request to see one’s own data is answered within",
    "incident-notice": "If something goes wrong, those concerned hear within",
    "notes": "Notes of sessions",
    "agreement-and-log": "Agreement and history",
    "legal-hold": "What the law says must be kept",
    "unsolicited": "Feedback nobody asked for",
    "circles": "Groups, and how many people each has",
    "too-small": "A group that is too small is called",
}
_VALUES = {
    "organisation": "the organisation",
    "continue-coaching": "whether to go on with the coaching",
    "withheld": "what is withheld",
    "onward": "what may be passed on",
    "retention": "how long records are kept",
    "final-summary": "the final summary",
    "accept": "accepted, and passed on like other feedback",
}
_PHRASES_OF_TYPES = frozenset({"feedback", "conflicts", "discussions", "proprietary", "strategy", "engagement"})


def key_words(key: str) -> str:
    """A key as a heading of its row; the form words of a definition are those of the table."""
    forms = {form.word: form_title(form) for form in Form}
    return _KEYS.get(key) or forms.get(key) or capital(plain(key))


def in_words(value: Any, labels: Labels, last: str = "and") -> str:
    """A value: parties by their labels, types and channels by their phrases, dates as days, lists joined by `last`."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return day(value)
        case Mapping():
            return _mapping(value, labels)
        case list() | tuple() | frozenset() | set():
            return listing((in_words(item, labels) for item in value), last)
    return _word(str(value), labels)


def many(value: Any) -> list[Any]:
    """The items of a list, or the one value as a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


def parties(value: Any) -> tuple[str, ...]:
    """The party ids among the items."""
    return tuple(str(party) for party in many(value) if role_of(str(party)) is not None)


def _mapping(value: Mapping[Any, Any], labels: Labels) -> str:
    rest = "; ".join(f"{_word(str(k), labels)}: {in_words(v, labels)}" for k, v in value.items() if k != "id")
    if "id" not in value:
        return rest
    return f"{value['id']} ({rest})" if rest else str(value["id"])


def _word(text: str, labels: Labels) -> str:
    if text in _VALUES:
        return _VALUES[text]
    if role_of(text) is not None:
        return labels.role(text)
    if text in CHANNELS:
        return channel_phrase(text)
    if is_type_shaped(text) and ("-" in text or base_type(text) in _PHRASES_OF_TYPES):
        return type_phrase(text)
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
