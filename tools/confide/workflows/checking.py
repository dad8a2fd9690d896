"""`check`: every rule over every partnership, all violations at once, without a key."""

from __future__ import annotations

from dataclasses import dataclass

from confide.model.problem import Malformed, Problem
from confide.policy.check import violations
from confide.workflows import agreements
from confide.workflows.practice import Practice


@dataclass(frozen=True)
class Checked:
    """What was looked at, and every violation found: `partnership` → problems; `practice` for the whole."""

    partnerships: int
    events: int
    commits: int
    problems: tuple[tuple[str, Problem], ...]


def check(practice: Practice, only: str | None = None) -> Checked:
    """Verify the history, then judge each partnership. A draft that does not parse is a violation, not a crash."""
    found = practice.verification
    problems = [("practice", problem) for problem in found.faults]
    chosen = [only] if only else sorted(found.partnerships)
    events = 0
    for partnership in chosen:
        record = practice.record(partnership)
        events += len(record.events)
        problems += [(partnership, problem) for problem in violations(record, practice.now)]
        problems += [(partnership, problem) for problem in _drafts(practice, partnership)]
    return Checked(len(chosen), events, found.commits, tuple(problems))


def _drafts(practice: Practice, partnership: str) -> list[Problem]:
    problems: list[Problem] = []
    for version in practice.versions(partnership):
        try:
            agreements.load(practice, partnership, version)
        except Malformed as malformed:
            problems += malformed.problems
    return problems
