"""What the coach answered to a question or a concern, for whoever asked and for nobody else (S-24).

Question and answer are steps of a case: in the open neither says what it is, and the words are sealed beside them.
The answer is addressed to the party who asked, so it stands in the chain of events that they can verify.
"""

from __future__ import annotations

from collections.abc import Iterable

from confide.model.detail import CONCERN, QUESTION, Step
from confide.model.view import Answer
from confide.policy import cases

STEP = "answered"


def answers(steps: Iterable[Step], party: str, number: int) -> tuple[Answer, ...]:
    """The answers to what person `number` in the role `party` wrote, oldest first. `steps` are opened."""
    return tuple(
        Answer(step.event.id, step.event.at, asked.event.at, asked.detail.words, step.detail.words)
        for thread in cases.threads(steps)
        if thread.case in (QUESTION, CONCERN)
        for asked, step in ((thread.steps[0], step) for step in thread.steps if step.detail.step == STEP)
        if (asked.event.by, asked.event.number) == (party, number) and party in step.event.to
    )
