"""A partnership: the parties, what each is in it, and who keeps its records."""

from __future__ import annotations

from dataclasses import dataclass, field

from confide.model.problem import Place
from confide.model.words import Role, role_of


@dataclass(frozen=True)
class Party:
    """One party of a partnership: an id from the closed list (`payer`), its role, and whether it still takes part."""

    id: str
    role: Role
    active: bool = True


@dataclass(frozen=True)
class Partnership:
    """All parties with one agreement. `keepers` are fingerprints of those who may record events in it."""

    id: str
    parties: tuple[Party, ...]
    keepers: tuple[str, ...] = ()
    place: Place = field(default=Place("partnership.yml"), compare=False)

    def party(self, party: str) -> Party | None:
        """The party, or None; `payer.hr` counts as a part of `payer` when only the latter is listed."""
        for known in self.parties:
            if known.id == party:
                return known
        stem, dot, _ = party.partition(".")
        role = role_of(party)
        if dot and role is not None and any(known.id == stem and known.active for known in self.parties):
            return Party(party, role)
        return None


@dataclass(frozen=True)
class Person:
    """One person in a role, from the sealed schedule: the only place where a name stands (promise 5)."""

    party: str
    number: int
    name: str
    title: str = ""
    address: str = ""
    email: str = ""
    authority: str = ""


@dataclass(frozen=True)
class People:
    """The sealed schedule of a partnership; `digest` is salted by a secret inside it and binds the agreement to it."""

    partnership: str
    persons: tuple[Person, ...]
    digest: str

    def of(self, party: str) -> tuple[Person, ...]:
        return tuple(person for person in self.persons if person.party == party)


@dataclass(frozen=True)
class Practice:
    """One coach's practice: keepers' fingerprints, the publishing key, remotes approved for pushing, the portal."""

    id: str
    keepers: tuple[str, ...]
    publishing_key: str
    remotes: tuple[str, ...] = ()
    portal: str = ""
    place: Place = field(default=Place("records/practice.yml"), compare=False)
