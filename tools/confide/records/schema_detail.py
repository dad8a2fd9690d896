"""The schema of an event's sealed detail: prose alone, or the facts of one step of a case."""

from __future__ import annotations

from confide.model.detail import STEPS
from confide.records.detail_file import FACTS, FORMAT, day
from confide.records.schema_agreement import read
from confide.records.schema_words import Schema, keys, prose
from confide.records.schema_words import day as a_day


def detail() -> Schema:
    """The plaintext of an event's sealed detail: what somebody wrote about it, and of a case what it is."""
    alone = keys({"detail": {"const": FORMAT}, "words": prose()}, ["detail", "words"])
    return {"anyOf": [alone, *(_step(case, step) for case, steps in STEPS.items() for step in steps)]}


def _step(case: str, step: str) -> Schema:
    required, optional = STEPS[case][step]
    head: dict[str, Schema] = {"detail": {"const": FORMAT}, "case": {"const": case}, "step": {"const": step}}
    facts = {name: a_day() if how is day else read(how) for name, how in FACTS.items() if name in required | optional}
    return keys({**head, **facts}, {*head, *required})
