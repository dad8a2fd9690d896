"""What the coach's own site shows: every partnership, who is in it, where it stands, what is due. Needs unlocking."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from confide.model.due import Due
from confide.model.partnership import Person
from confide.model.view import View
from confide.policy import accounting, force, life
from confide.workflows import due, people, views
from confide.workflows.practice import Practice

COACH = "coach"


@dataclass(frozen=True)
class Standing:
    """One partnership: its people, its state in a word, what its agreement says of time, and who has not signed.

    waits: the parties whose signature is missing under the newest version. sound: whether its record verifies.
    """

    partnership: str
    persons: tuple[Person, ...] = field(repr=False)
    state: str
    version: int
    until: date | None
    last: date | None
    waits: tuple[str, ...]
    sound: bool

    def named(self, party: str) -> tuple[str, ...]:
        return tuple(person.name for person in self.persons if person.party == party)


@dataclass(frozen=True)
class Overview:
    """All partnerships on a day, and the board of what is due, the most urgent first."""

    today: date
    standings: tuple[Standing, ...]
    due: tuple[Due, ...]


def overview(practice: Practice) -> Overview:
    """Everything, unlocked."""
    board = due.board(practice)
    return Overview(board.today, tuple(standing(practice, partnership) for partnership in practice.ids()), board.due)


def standing(practice: Practice, partnership: str) -> Standing:
    """Where one partnership stands."""
    record = practice.record(partnership)
    agreement = force.in_force(record, practice.now)
    newest = max(record.agreements, key=lambda a: a.version, default=None)
    return Standing(
        partnership,
        people.load(practice, partnership).persons,
        life.state(record, practice.now).value,
        agreement.version if agreement else 0,
        agreement.until if agreement else None,
        record.events[-1].at.date() if record.events else None,
        force.missing(record, newest) if newest else (),
        not record.faults,
    )


def coachs_view(practice: Practice, partnership: str) -> View:
    """The whole partnership as the coach reads it: all agreements, every event; texts stand in the notes.

    Nothing is asked of the coach here: what she signs she signs with `confide agree sign`.
    """
    record = practice.record(partnership)
    seen = views.view(practice, partnership, COACH)
    persons = people.load(practice, partnership).persons
    names: dict[str, tuple[str, ...]] = {}
    for person in persons:
        names[person.party] = (*names.get(person.party, ()), person.name)
    return replace(
        seen,
        names=tuple(sorted(names.items())),
        agreements=tuple(replace(shown, statement=b"") for shown in seen.agreements),
        entries=accounting.register(record),
        offers=(),
    )
