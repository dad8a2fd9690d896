"""How these tests read a refusal: what, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from confide.model.problem import Malformed, Problem

DATA = Path(__file__).parent / "data"


def problems_of(call: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems with which `call` is refused as malformed; not to be refused fails the test."""
    with pytest.raises(Malformed) as refused:
        call()
    assert refused.value.problems
    return refused.value.problems


def only_problem(call: Callable[[], object]) -> Problem:
    """The one problem of a refusal."""
    found = problems_of(call)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def line_of(problem: Problem) -> int:
    assert problem.place is not None
    return problem.place.line


def everything_in(problem: Problem) -> str:
    """All text of a problem, as a canary may hide in any of it."""
    return "\n".join((problem.what, problem.why, problem.hint, problem.rule, str(problem.place)))
