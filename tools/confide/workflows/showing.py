"""What goes on paper beside the agreement: the people it is bound to, and whether its text is fixed by now."""

from __future__ import annotations

from confide.model.agreement import Agreement
from confide.model.partnership import People
from confide.model.problem import NotAllowed, Problem
from confide.policy import force
from confide.workflows import people
from confide.workflows.practice import Practice


def schedule(practice: Practice, agreement: Agreement) -> People:
    """The people, unlocked. Raises NotAllowed where the agreement is bound to another list of them.

    A page that named other people than those the signed text stands for would be a false document.
    """
    found = people.load(practice, agreement.partnership)
    if found.digest != agreement.people:
        raise NotAllowed(
            Problem(
                f"agreement {agreement.version} is bound to another list of people than the one on record",
                "a page would name people who are not part of what is signed",
                agreement.place,
                "draft the next version: confide agree draft binds it to the people on record",
                "people-schedule",
            )
        )
    return found


def is_proposed(practice: Practice, agreement: Agreement) -> bool:
    """Whether exactly these bytes were put to everybody; before that they can still change."""
    return force.proposal(practice.record(agreement.partnership), agreement) is not None
