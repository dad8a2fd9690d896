"""`who`: who was told, who may be told, and who could ever learn a thing."""

from __future__ import annotations

from confide.model.problem import Problem, Usage
from confide.policy.analysis.who import Who, who
from confide.workflows import asking
from confide.workflows.practice import Practice


def about(practice: Practice, partnership: str, what: str) -> tuple[Who, ...]:
    """The answer for a type and each subtype the agreement tells apart. Raises Usage while there is no agreement."""
    record = practice.record(partnership)
    asking.check_type(record, what)
    found = who(record, what, practice.now)
    if not found:
        raise Usage(
            Problem(
                "no agreement was proposed yet",
                "until then nobody may be told anything",
                hint=f"confide agree draft --in {partnership}",
            )
        )
    return found
