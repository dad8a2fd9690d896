"""`concern`: somebody fears to pay for having spoken; it is answered, and in the open nobody sees it (S-24)."""

from __future__ import annotations

from confide.model.detail import CONCERN, QUESTION, Detail
from confide.model.event import Event
from confide.model.problem import Problem, Usage
from confide.policy import cases, force
from confide.policy.cases import Thread
from confide.workflows import fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import CASE, COACH, add_with_detail, case_steps


def waiting(practice: Practice, partnership: str) -> tuple[Thread, ...]:
    """The concerns and questions without an answer, oldest first."""
    known = cases.threads(case_steps(practice, partnership))
    asked = (one for one in known if one.case in (CONCERN, QUESTION))
    return tuple(one for one in asked if one.open and one.last("answered") is None)


def raised(practice: Practice, partnership: str, channel: str, words: str) -> Event:
    """Record a concern that reached the coach herself. Who raised it stands in the sealed words, or nowhere."""
    return _step(practice, partnership, "raised", channel, words)


def asked_about(practice: Practice, partnership: str, channel: str, words: str = "") -> Event:
    """Record that the coach asked whether anybody pays for having spoken, and heard of nothing (S-24)."""
    return _step(practice, partnership, "asked-about", channel, words)


def answered(practice: Practice, partnership: str, channel: str, words: str) -> Event:
    """Record what was answered and done about the oldest concern or question that waits."""
    open_ones = waiting(practice, partnership)
    if not open_ones:
        raise Usage(
            Problem("no concern waits for an answer", "none was raised, or all were answered", hint="confide due")
        )
    oldest = open_ones[0]
    return _step(practice, partnership, "answered", channel, words, oldest.case, oldest.id)


def _step(
    practice: Practice,
    partnership: str,
    name: str,
    channel: str,
    words: str,
    kind: str = CONCERN,
    case: str = "",
) -> Event:
    record = practice.trusted(partnership)
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=fresh.event_id(),
        kind=CASE,
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=(COACH,),
        target=f"event/{case}" if case else "",
        agreement=agreement.version if agreement else 0,
    )
    return add_with_detail(practice, event, Detail(words, kind, name, {"on": practice.now.date(), "channel": channel}))
