"""Feedback that has not reached the client yet (S-17): promptly, and what no terms bind is not forgotten (S-19).

Terms that its circle never had are reminded of (S-20); where they were declined, or could not be told, it goes back.
"""

from __future__ import annotations

from collections.abc import Iterator

from confide.model.due import Due
from confide.policy.clocks.desk import Desk
from confide.policy.feedback_clock import waiting

SLUG = "feedback"


def clock(desk: Desk) -> Iterator[Due]:
    """One line for each; cases that nobody has unlocked are told of by the clock of open cases."""
    for one in waiting(desk.record, desk.steps or (), desk.now, desk.working):
        if one.refused:
            what = f"feedback {one.case} has no terms, nor will it"
            yield desk.due(SLUG, one.due, what, f"confide feedback add --returned --case {one.case}")
        elif one.held:
            yield desk.due(SLUG, one.due, f"feedback {one.case} has no terms", "confide feedback terms")
        else:
            yield desk.due(SLUG, one.due, f"relay feedback {one.case}", f"confide feedback relay {one.case}")
