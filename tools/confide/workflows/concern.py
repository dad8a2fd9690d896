"""`concern`: somebody fears to pay for having spoken; it is answered, and in the open nobody sees it (S-24)."""

from __future__ import annotations

from confide.model.detail import CONCERN, QUESTION, Detail
from confide.model.event import Event
from confide.model.problem import Problem, Usage
from confide.policy import cases, force
from confide.policy.answers import STEP
from confide.policy.cases import Thread
from confide.workflows import fresh
from confide.workflows.practice import Practice
from confide.workflows.recording import CASE, COACH, add_with_detail, case_steps


def waiting(practice: Practice, partnership: str) -> tuple[Thread, ...]:
    """The concerns and questions without an answer, oldest first."""
    known = cases.threads(case_steps(practice, partnership))
    asked = (one for one in known if one.case in (CONCERN, QUESTION))
    return tuple(one for one in asked if one.open and one.last(STEP) is None)


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
    return _step(practice, partnership, STEP, channel, words, oldest)


def _step(
    practice: Practice,
    partnership: str,
    name: str,
    channel: str,
    words: str,
    thread: Thread | None = None,
) -> Event:
    """Who wrote with their own key reads the answer on their pages; where nobody stands beside it, nobody does."""
    record = practice.trusted(partnership)
    agreement = force.in_force(record, practice.now)
    event = Event(
        id=fresh.event_id(),
        kind=CASE,
        partnership=partnership,
        at=practice.now,
        by=COACH,
        to=(thread.steps[0].event.by if thread else COACH,),
        target=f"event/{thread.id}" if thread else "",
        agreement=agreement.version if agreement else 0,
    )
    kind = thread.case if thread else CONCERN
    return add_with_detail(practice, event, Detail(words, kind, name, {"on": practice.now.date(), "channel": channel}))
