"""Who is who in a draft: the people of an agreement by what they are in it, each named once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from confide.model.words import PARTY_ROLES, Role, role_of
from confide.workflows.draft_answers import ORDINALS, Answers

_SPONSORS = (Role.PAYER, Role.STAKEHOLDER)
# Those who speak for the organisation where nobody pays.
_REPRESENT = frozenset({"manager", "board", "hr", "association"})
_STEMS = sorted(PARTY_ROLES, key=len, reverse=True)


@dataclass(frozen=True)
class Sides:
    """The parties of one draft, sorted once."""

    answers: Answers

    def _of(self, *roles: Role) -> tuple[str, ...]:
        return tuple(party for party in self.answers.parties if role_of(party) in roles)

    @cached_property
    def coaches(self) -> tuple[str, ...]:
        return self._of(Role.COACH)

    @cached_property
    def clients(self) -> tuple[str, ...]:
        return self._of(Role.CLIENT)

    @cached_property
    def payers(self) -> tuple[str, ...]:
        return tuple(party for party in self.sponsors if role_of(party) is Role.PAYER)

    @cached_property
    def signatories(self) -> tuple[str, ...]:
        """S-27: all partners. Sponsors who do not sign are told nothing."""
        usual = (*self.coaches, *self.clients, *self._of(*_SPONSORS))
        return self.answers.signatories or usual

    @cached_property
    def sponsors(self) -> tuple[str, ...]:
        """Whoever pays or has a stake, and signs."""
        return tuple(party for party in self._of(*_SPONSORS) if party in self.signatories)

    @cached_property
    def advisers(self) -> tuple[str, ...]:
        return self._of(Role.ADVISER)

    @cached_property
    def adviser(self) -> str:
        """The one to ask first: an adviser before a supervisor."""
        named = [party for party in self.advisers if stem(party) == "adviser"]
        return (*named, *self.advisers, "")[0]

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Everybody who neither coaches, is coached, sponsors nor advises: sources, authorities, who does not sign."""
        known = {*self.coaches, *self.clients, *self.sponsors, *self.advisers}
        return tuple(party for party in self.answers.parties if party not in known)

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """S-08: who consents for the organisation: who pays, else who represents it, else the client herself."""
        represent = tuple(party for party in self.sponsors if stem(party) in _REPRESENT)
        return self.payers or represent or self.clients

    @cached_property
    def quorum(self) -> tuple[str, ...]:
        """S-11: whose agreement information about a client needs; the clients are always among them."""
        return tuple(dict.fromkeys((*self.clients, *self.answers.quorum)))

    @cached_property
    def representatives(self) -> tuple[str, ...]:
        """S-10: appropriate representatives, possibly authorities."""
        legal = (party if "." in party else f"{party}.legal" for party in self.payers)
        return self.answers.representatives or (*legal, "authority")

    @cached_property
    def alone(self) -> tuple[tuple[str, str], ...]:
        """With several clients: each with the word for what is about them alone; empty with one."""
        return tuple(zip(self.clients, ORDINALS, strict=False)) if len(self.clients) > 1 else ()


def stem(party: str) -> str:
    """`manager-2` and `payer.hr` by the word of the closed list they begin with."""
    base = party.partition(".")[0]
    return next((word for word in _STEMS if base == word or base.startswith(f"{word}-")), base)
