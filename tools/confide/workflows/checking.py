"""`check`: every rule over every partnership, all violations at once, without a key."""

from __future__ import annotations

from dataclasses import dataclass

from confide.model.problem import Malformed, Problem
from confide.policy.check import violations
from confide.policy.lapse import recorded
from confide.workflows import agreements
from confide.workflows.practice import Practice


@dataclass(frozen=True)
class Checked:
    """What was looked at, and every violation found: `partnership` → problems; `practice` for the whole.

    lapses: what happened against the rules and is on record with what was done about it; nothing is left to settle.
    """

    partnerships: int
    events: int
    commits: int
    problems: tuple[tuple[str, Problem], ...]
    lapses: tuple[tuple[str, Problem], ...] = ()


def check(practice: Practice, only: str | None = None) -> Checked:
    """Verify the history, then judge each partnership. A draft that does not parse is a violation, not a crash."""
    found = practice.verification
    problems = [("practice", problem) for problem in found.faults]
    chosen = [only] if only else sorted(found.partnerships)
    lapses: list[tuple[str, Problem]] = []
    events = 0
    for partnership in chosen:
        record = practice.record(partnership)
        events += len(record.events)
        lapses += [(partnership, problem) for problem in recorded(record)]
        problems += [(partnership, problem) for problem in violations(record, practice.now)]
        problems += [(partnership, problem) for problem in _drafts(practice, partnership)]
    return Checked(len(chosen), events, found.commits, tuple(problems), tuple(lapses))


def _drafts(practice: Practice, partnership: str) -> list[Problem]:
    problems: list[Problem] = []
    for version in practice.versions(partnership):
        try:
            agreements.load(practice, partnership, version)
        except Malformed as malformed:
            problems += malformed.problems
    return problems
