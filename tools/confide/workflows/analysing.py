"""`agree check` beyond its errors, and `agree diff`: what an agreement amounts to, and what an amendment changes."""

from __future__ import annotations

from confide.model.problem import Problem, Usage
from confide.policy.analysis.change import Change
from confide.policy.analysis.diff import diff
from confide.policy.analysis.examine import examine
from confide.policy.analysis.finding import Finding
from confide.workflows import agreements
from confide.workflows.practice import Practice


def look(practice: Practice, partnership: str, version: int | None = None) -> tuple[Finding, ...]:
    """What is worth knowing about one version, proposed or not, and about what was disclosed under it."""
    agreement, _ = agreements.load(practice, partnership, version)
    record = practice.record(partnership)
    return examine(agreement, record.partnership, record)


def changes(
    practice: Practice, partnership: str, old: int | None, new: int | None
) -> tuple[int, int, tuple[Change, ...]]:
    """The versions compared, and every change between them; without numbers the newest against the one before it."""
    versions = practice.versions(partnership)
    if new is None:
        new = versions[-1] if versions else None
    if old is None:
        old = max((version for version in versions if new is not None and version < new), default=None)
    if old is None or new is None:
        raise Usage(
            Problem(
                "there are no two versions to compare",
                "a diff says what an amendment changes",
                hint="confide agree draft makes the next version",
            )
        )
    before, after = (agreements.load(practice, partnership, version)[0] for version in (old, new))
    return old, new, diff(before, after, practice.record(partnership).partnership)
