"""`agree draft`: a first agreement from a few answers, or an amendment from the version before it.

Every paragraph says which sentence of the policy it comes from. What comes out always passes `agree check`.
"""

from __future__ import annotations

import re
from datetime import date

from confide.model.problem import Problem, Usage
from confide.workflows.draft_answers import Answers, check
from confide.workflows.draft_foot import foot
from confide.workflows.draft_head import head
from confide.workflows.draft_shared import shared
from confide.workflows.draft_sides import Sides
from confide.workflows.draft_withheld import withheld

__all__ = ["Answers", "amendment", "first"]


def first(answers: Answers) -> bytes:
    """Agreement 1: the coach's usual stance, to be gone through with everybody and changed to what they agree.

    Raises Usage with everything in the answers that no agreement could be made of.
    """
    check(answers)
    sides = Sides(answers)
    return "".join((head(sides), *map(str, shared(sides)), *map(str, withheld(sides)), foot(sides))).encode()


def amendment(before: bytes, version: int, people: str, effective: date, until: date | None = None) -> bytes:
    """The next version: the one before it with a new number, days and schedule, for the coach to change.

    Only those lines are touched. Raises Usage where the text before does not have them as lines of their own.
    """
    text = before.decode()
    values = {"agreement": str(version), "people": people, "effective": effective.isoformat()}
    if until is not None:
        values["until"] = until.isoformat()
    for key, value in values.items():
        text, found = re.subn(rf"(?m)^{key}:[ ]+[^\s#]+", f"{key}: {value}", text, count=1)
        if not found:
            raise Usage(
                Problem(
                    f"the agreement before has no line that begins with `{key}:`",
                    "an amendment starts from its exact text",
                    hint="write the new version yourself: confide agree draft --from FILE",
                )
            )
    return text.encode()
