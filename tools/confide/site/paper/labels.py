"""What people are called in a text that all of them read: nobody is `you`, and every `they` says who."""

from __future__ import annotations

import re
from collections.abc import Iterable

from confide.site.labels import Labels
from confide.site.words import listing

_DEPARTMENTS = {
    "hr": "HR department",
    "finance": "finance department",
    "legal": "legal department",
    "board": "board",
    "procurement": "procurement department",
    "learning": "learning and development department",
}
# Sentences are shared with the private pages, which say `these private pages` of themselves.
_HERE = re.compile(r"\bthese (private )?pages\b")


class Neutral(Labels):
    """Labels without a reader: `the sponsor`, `the client’s manager`. Knows no names."""

    def __init__(self) -> None:
        self.reader = ""
        self._names = {}

    def receivers(self, parties: tuple[str, ...]) -> str:
        """On paper the people of a sentence are further away than on a page of one's own."""
        del parties
        return "Whoever learns it"

    def _role(self, party: str) -> str:
        """A department with whom it belongs to: `the sponsor’s legal department`."""
        stem, dot, department = party.partition(".")
        return f"{super()._role(stem)}’s {_DEPARTMENTS[department]}" if dot else super()._role(party)

    def each(self, parties: Iterable[str]) -> str:
        """Several, any one of whom alone: `the sponsor or the coach`."""
        return self.who(parties, "or")


def elsewhere(sentence: str) -> str:
    """The sentence as it is said away from the private pages."""
    return _HERE.sub("the private pages", sentence)


def quoted(text: str) -> str:
    """Words of the file itself, marked as such."""
    return f"“{text.strip()}”"


def stopped(text: str) -> str:
    """Words of the file as they stand there, with a full stop behind where there is none."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def either(words: Iterable[str]) -> str:
    """`a, b or c`."""
    return listing(words, "or")
