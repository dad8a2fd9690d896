"""`begin` and `end`: the two moments that everything else is before, between or after (S-14, S-27)."""

from __future__ import annotations

from confide.model.event import Event
from confide.model.problem import NotAllowed, Problem
from confide.policy import force
from confide.policy.integrity import not_in_force
from confide.workflows import fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import COACH, add_with_words


def begin(practice: Practice, partnership: str) -> Event:
    """Coaching begins. Refused until an agreement that everybody signed is in force."""
    record = practice.trusted(partnership)
    begun = record.of_kind("began")
    if begun:
        raise NotAllowed(Problem(f"coaching began on {begun[0].at:%d %B %Y}", place=begun[0].place))
    agreement = force.in_force(record, practice.now)
    if agreement is None:
        reasons = not_in_force(record, practice.now)
        raise NotAllowed(
            *(
                Problem(f"coaching cannot begin: {r.message}", r.sid, r.place, r.command or r.change, r.rule)
                for r in reasons
            )
        )
    event = Event(
        id=fresh.event_id(),
        kind="began",
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=tuple(p for p in agreement.signatories if p != COACH),
        agreement=agreement.version,
    )
    return practice.add(event)


def end(practice: Practice, partnership: str, by: str, words: str = "") -> Event:
    """The partnership ends. From here on nothing new is disclosed; what was disclosed stays on the record."""
    record = practice.trusted(partnership)
    over = force.ended(record)
    if over is not None:
        raise NotAllowed(Problem(f"the partnership ended on {over.at:%d %B %Y}", place=over.place))
    agreement = force.in_force(record, practice.now)
    if agreement is None:
        raise NotAllowed(Problem("no agreement is in force, so there is nothing to end"))
    event = Event(
        id=fresh.event_id(),
        kind="ended",
        partnership=partnership,
        at=practice.now,
        by=by,
        to=tuple(p for p in agreement.signatories if p != by),
        agreement=agreement.version,
    )
    return add_with_words(practice, event, words)
