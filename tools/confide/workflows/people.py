"""The sealed schedule of a partnership: who the people are, in the one place where a name stands (promise 5)."""

from __future__ import annotations

import secrets

from confide.model.partnership import People, Person
from confide.model.problem import Problem, Usage
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
