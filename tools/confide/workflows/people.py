"""The sealed schedule of a partnership: who the people are, in the one place where a name stands (promise 5)."""

from __future__ import annotations

import secrets

from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.partnership import People, Person
from confide.model.problem import Problem, Usage
from confide.model.record import Record
from confide.policy import force
from confide.records import people_file, tree
from confide.workflows.opening import opened
from confide.workflows.practice import Practice

SALT_BYTES = 16


def seal(practice: Practice, partnership: str, persons: tuple[Person, ...], public_key: bytes) -> tuple[bytes, People]:
    """The schedule signed by the coach and encrypted to the partnership, and as read back."""
    plain = people_file.render_people(partnership, persons, secrets.token_bytes(SALT_BYTES))
    people = people_file.parse_people(plain, tree.people(partnership))
    return practice.gpg.sign_and_encrypt(plain, practice.coach, public_key, practice.now), people


def load(practice: Practice, partnership: str) -> People:
    """The schedule as committed, opened with the partnership's key and verified as a keeper's."""
    path = tree.people(partnership)
    return people_file.parse_people(opened(practice, partnership, path, "the list of people"), path)


def check_person(practice: Practice, partnership: str, party: str, number: int) -> None:
    """Raise Usage for a second or later person in a role whom the sealed list does not name."""
    if number > 1 and number not in {person.number for person in load(practice, partnership).of(party)}:
        raise Usage(
            Problem(
                f"there is no person {number} for `{party}`",
                "the sealed list of people does not name one",
                tree.place(tree.people(partnership)),
                "leave out --person, or look at who is on the list",
            )
        )


def explained(record: Record, agreement: Agreement, schedule: People) -> Event | None:
    """The event that explains why a proposed agreement names another schedule than the one on record, or None."""
    proposal = force.proposal(record, agreement)
    if proposal is None or schedule.digest == agreement.people:
        return None
    since = replacements(record, agreement)
    return since[-1] if since and since[-1].document == schedule.digest else None


def replacements(record: Record, agreement: Agreement) -> tuple[Event, ...]:
    """Everybody who was replaced since an agreement was proposed, oldest first."""
    proposal = force.proposal(record, agreement)
    if proposal is None:
        return ()
    return tuple(event for event in record.events[record.events.index(proposal) :] if event.kind == "replaced")
