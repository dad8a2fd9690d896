"""What a party is called depends on who reads: `your manager` to the client, `the client's manager` to the others."""

from __future__ import annotations

import re
from collections.abc import Iterable

from confide.model.view import View
from confide.model.words import role_of
from confide.site.words import capital, listing, plain

# Party → (to the client, to everybody else). A party that is not listed is called by its id.
_ROLES: dict[str, tuple[str, str]] = {
    "coach": ("your coach", "the coach"),
    "client": ("the client", "the client"),
    "payer": ("your sponsor", "the sponsor"),
    "manager": ("your manager", "the client’s manager"),
    "board": ("the board", "the board"),
    "association": ("the association", "the association"),
    "works-council": ("the works council", "the works council"),
    "stakeholder": ("another person involved", "another person involved"),
    "team": ("your team", "the client’s team"),
    "hr": ("HR", "HR"),
    "sources": ("people who gave feedback", "people who gave feedback"),
    "peers": ("your peers", "the client’s peers"),
    "reports": ("your direct reports", "the client’s direct reports"),
    "adviser": ("the confidentiality adviser", "the confidentiality adviser"),
    "supervisor": ("your coach’s supervisor", "the coach’s supervisor"),
    "authority": ("a legal authority", "a legal authority"),
    "police": ("the police", "the police"),
    "court": ("a court", "a court"),
    "regulator": ("a regulator", "a regulator"),
    "credentialing-body": ("the coach’s professional body", "the coach’s professional body"),
}
_DEPARTMENTS = {
    "hr": "HR",
    "finance": "Finance",
    "legal": "Legal",
    "board": "the board",
    "procurement": "Procurement",
    "learning": "Learning and Development",
}
_ORDINALS = ("", "", "second ", "third ", "fourth ", "fifth ")
_NUMBERED = re.compile(r"(.+)-([2-9]\d?)\Z")


class Labels:
    """The names of all parties for one reader. Holds only the names that this reader may know."""

    def __init__(self, view: View) -> None:
        self.reader = view.party
        self._names = dict(view.names)

    def names(self, party: str) -> tuple[str, ...]:
        """The people in that role whom the reader knows; empty if none."""
        return self._names.get(party, ())

    def role(self, party: str) -> str:
        """Inside a sentence, without a name: `you`, `your manager`, `HR`."""
        return "you" if party == self.reader else self._role(party)

    def full(self, party: str) -> str:
        """With the name where it is known: `Dana Whitfield (your sponsor)`."""
        if party == self.reader or not self.names(party):
            return self.role(party)
        return f"{listing(self.names(party))} ({self._role(party)})"

    def title(self, party: str) -> str:
        """As a heading: `Your manager`, `You`."""
        return capital(self.role(party))

    def who(self, parties: Iterable[str], last: str = "and") -> str:
        """Several, without names; the reader is named last in English, but first here: it is their page."""
        known = sorted(parties, key=lambda party: party != self.reader)
        return listing((self.role(party) for party in known), last)

    def receivers(self, parties: tuple[str, ...]) -> str:
        """Those who learn something, at the head of a sentence about what they may do with it."""
        return "You" if parties == (self.reader,) else "They"

    def _role(self, party: str) -> str:
        stem, _, department = party.partition(".")
        if department:
            return _DEPARTMENTS.get(department, plain(department))
        numbered = _NUMBERED.match(stem)
        base, number = (numbered[1], int(numbered[2])) if numbered else (stem, 1)
        word = _ROLES.get(base, (plain(base), plain(base)))[0 if role_of(self.reader) is CLIENT else 1]
        if number == 1:
            return word
        ordinal = _ORDINALS[number] if number < len(_ORDINALS) else f"{number}th "
        article, space, noun = word.rpartition(" ") if word.count(" ") == 1 else ("", "", word)
        return f"{article}{space}{ordinal}{noun}"


CLIENT = role_of("client")
