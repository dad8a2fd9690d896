"""Where a partnership stands: draft, proposed, agreed, coaching, ended, destroyed; each step is an event (S-27).

The state is read from the record and never stored. What may be done in it follows from it; recording what happened
anyway (a lapse, a correction, a refusal) is possible in every state in which there is a record left.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from confide.model.record import Record
from confide.policy import force
from confide.policy.destruction import gone


class State(Enum):
    """In the order of a partnership's life."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    COACHING = "coaching"
    ENDED = "ended"
    DESTROYED = "destroyed"


_ALWAYS = frozenset({"note", "refuse", "lapse", "correct", "log", "export"})
# State → the acts that this state itself does not refuse. An act that is missing is refused whatever else is true.
# What never came to be agreed may be destroyed; whoever reads may be let in anew as long as there are pages.
ACTS: Mapping[State, frozenset[str]] = {
    State.DRAFT: _ALWAYS | {"propose", "destroy"},
    State.PROPOSED: _ALWAYS | {"propose", "invite", "sign", "publish", "destroy"},
    State.AGREED: _ALWAYS | {"propose", "invite", "sign", "begin", "disclose", "told", "withdraw", "publish", "end"},
    State.COACHING: _ALWAYS | {"propose", "invite", "sign", "disclose", "told", "withdraw", "publish", "end"},
    State.ENDED: _ALWAYS | {"invite", "withdraw", "publish", "destroy"},
    State.DESTROYED: frozenset({"log"}),
}


def state(record: Record, now: datetime) -> State:
    """The state at `now`. An agreement that ran out ends the partnership unless a newer version awaits signatures."""
    if gone(record) is not None:
        return State.DESTROYED
    if force.ended(record) is not None:
        return State.ENDED
    begun = bool(record.of_kind("began"))
    if force.in_force(record, now) is not None:
        return State.COACHING if begun else State.AGREED
    proposed = [a for a in record.agreements if force.proposal(record, a) is not None]
    waiting = any(not force.complete(record, a) or now < force.starts(a) for a in proposed)
    last = force.last_in_force(record, now)
    if last is not None and not any(a.version > last.version for a in proposed):
        return State.ENDED
    if begun:
        return State.COACHING
    if any(force.complete(record, a) for a in proposed) and waiting:
        return State.AGREED
    return State.PROPOSED if proposed else State.DRAFT


def may_follow(record: Record, now: datetime, act: str) -> bool:
    """Whether the state of this partnership does not refuse `act` by itself."""
    return act in ACTS[state(record, now)]
