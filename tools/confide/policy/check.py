"""All rules over one record: every violation at once, and a rule that cannot be evaluated is violated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from confide.model.problem import Problem, Refused
from confide.model.record import Record
from confide.policy.rules import RULES, Rule

# All that code without I/O can raise by mistake or on purpose; what comes from outside the program passes.
_RAISED = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NameError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    Refused,
)


def violations(record: Record, now: datetime, rules: Mapping[str, Rule] = RULES) -> tuple[Problem, ...]:
    """Every violation of every rule. An empty set of rules is itself one: nothing checked is not a pass."""
    if not rules:
        return (Problem("there are no rules to check", rule="no-rules"),)
    found: list[Problem] = list(record.faults)
    for slug, rule in rules.items():
        try:
            found += rule(record, now)
        except _RAISED as error:
            found.append(Problem(f"the rule could not be evaluated ({type(error).__name__})", rule=slug))
    return tuple(found)
