"""A legal hold: while it stands, nothing of its partnership is destroyed. Why stays sealed."""

from __future__ import annotations

from confide.model.event import Event
from confide.model.problem import Problem, Usage
from confide.policy.hold import holds
from confide.policy.withdrawal import EVENT
from confide.workflows import fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words


def hold(practice: Practice, partnership: str, words: str = "") -> Event:
    """From now on nothing of this partnership is destroyed. Why stays sealed."""
    practice.trusted(partnership)
    event = Event(fresh.event_id(), "held", partnership, practice.now, COACH)
    return add_with_words(practice, event, words)


def release(practice: Practice, partnership: str, held: str, words: str = "") -> Event:
    """End one hold; others stay."""
    standing = holds(practice.trusted(partnership))
    if held not in {event.id for event in standing}:
        known = ", ".join(event.id for event in standing)
        raise Usage(
            Problem(
                "no such hold stands",
                f"these do: {known}" if known else "there is none",
                hint="confide log --all",
            )
        )
    event = Event(fresh.event_id(), "released", partnership, practice.now, COACH, target=EVENT + held)
    return add_with_words(practice, event, words)
