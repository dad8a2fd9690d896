"""`people replace`: another person takes over a role; the agreement stays, because the role signed it, not the name.

The schedule of people is part of what was agreed, so its change is an event that fixes the new one. Whoever leaves
loses their way in first: an interruption leaves a role without a reader, never a reader without a role.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from confide.model.event import Event
from confide.model.partnership import People, Person
from confide.model.problem import NotAllowed, Problem, Usage
from confide.model.record import Record
from confide.model.words import Role
from confide.policy import force
from confide.records import tree
from confide.workflows import asking, fresh, people
from confide.workflows.practice import Practice
from confide.workflows.readers import reader_for
from confide.workflows.recording import COACH, add_with_words
from confide.workflows.revoke import revoke


@dataclass(frozen=True)
class Replaced:
    """What was recorded: the new schedule, and the address that was closed, if there was one."""

    event: Event
    closed: Event | None


def replace_person(practice: Practice, partnership: str, person: Person, words: str = "") -> Replaced:
    """Put `person` into the place that `person.party` and `person.number` name. Everybody else stays who they are."""
    record = practice.trusted(partnership)
    _check_replaceable(record, person.party)
    schedule = people.load(practice, partnership)
    _check_known(record, schedule)
    before = next((known for known in schedule.of(person.party) if known.number == person.number), None)
    if before is None:
        raise Usage(
            Problem(
                f"there is no person {person.number} for `{person.party}`",
                "nobody can be replaced who was never listed",
                tree.place(tree.people(partnership)),
                "leave out --person, or look at who is on the list",
            )
        )
    if before == person:
        raise Usage(Problem("that is the same person", "there is nothing to record", hint="give the new one"))
    reader = reader_for(record, person.party, person.number)
    closed = revoke(practice, reader) if reader is not None else None
    others = tuple(person if known == before else known for known in schedule.persons)
    public = practice.read(tree.partnership_key(partnership))
    sealed, after = people.seal(practice, partnership, others, public)
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=fresh.event_id(),
        kind="replaced",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=_told(record, person.party),
        number=person.number,
        document=after.digest,
        agreement=agreement.version if agreement else 0,
    )
    return Replaced(add_with_words(practice, event, words, {tree.people(partnership): sealed}), closed)


def _check_replaceable(record: Record, party: str) -> None:
    role = asking.party_of(record, party).role
    newest = max(record.agreements, key=lambda agreement: agreement.version, default=None)
    speaks = newest is not None and party in newest.consent.get("about-organisation", ())
    if role is Role.COACH:
        what, why = "the coach is not replaced", "she keeps this record and signs it with her key"
    elif role is Role.CLIENT and not speaks:
        what, why = (
            "the client is not replaced",
            "what was said is hers; with another person another partnership begins",
        )
    else:
        return
    raise NotAllowed(Problem(what, why, hint="begin one: confide new", rule="replaced"))


def _check_known(record: Record, schedule: People) -> None:
    """The schedule must be the one that was agreed or recorded last: otherwise the event would cover up a change."""
    proposed = [a for a in record.agreements if force.proposal(record, a) is not None]
    newest = max(proposed, key=lambda agreement: agreement.version, default=None)
    if newest is None or schedule.digest == newest.people or people.explained(record, newest, schedule) is not None:
        return
    raise NotAllowed(
        Problem(
            "the schedule of people is not the one that was agreed",
            "somebody changed it without an event",
            tree.place(tree.people(record.partnership.id)),
            f"see who, and restore it: git log -- {tree.people(record.partnership.id)}",
            "people-schedule",
        )
    )


def _told(record: Record, party: str) -> tuple[str, ...]:
    """All who signed with this role: they agreed with somebody else in it."""
    newest = max(record.agreements, key=lambda agreement: agreement.version, default=None)
    signed = newest.signatories if newest else ("client",)
    return tuple(dict.fromkeys((party, *(other for other in signed if other != COACH))))


def another(person: Person, party: str, number: int) -> Person:
    """A person as handed over, put into the place of somebody else."""
    return replace(person, party=party, number=number)
