"""A legal hold: while one stands, nothing of its partnership is destroyed, whatever its retention says (S-10)."""

from __future__ import annotations

from confide.model.event import Event
from confide.model.problem import Problem, Usage
from confide.policy.hold import holds
from confide.policy.withdrawal import EVENT
from confide.workflows import fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words


def hold(practice: Practice, partnership: str, words: str) -> Event:
    """Keep everything from now on. Why stays sealed."""
    practice.trusted(partnership)
    event = Event(fresh.event_id(), "held", partnership, practice.now, COACH)
    return add_with_words(practice, event, words)


def lift(practice: Practice, partnership: str, words: str) -> Event:
    """Lift the oldest hold that stands; others stay. Raises Usage where there is none."""
    standing = holds(practice.trusted(partnership))
    if not standing:
        raise Usage(Problem("no hold stands", "nothing is kept for the law", hint="confide duty hold"))
    target = EVENT + standing[0].id
    event = Event(fresh.event_id(), "released", partnership, practice.now, COACH, target=target)
    return add_with_words(practice, event, words)
