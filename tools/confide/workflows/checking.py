"""`check`: every rule over every partnership, all violations at once, without a key."""

from __future__ import annotations

from dataclasses import dataclass

from confide.ledger.judged import Judgment, Judgments
from confide.model.problem import Malformed, Problem
from confide.policy.check import violations
from confide.policy.lapse import recorded
from confide.records import tree
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
    """Verify the history, then judge each partnership. A draft that does not parse is a violation, not a crash.

    One that is as it was when it was judged last today is not judged again (`ledger/judged`).
    """
    found = practice.verification
    problems = [("practice", problem) for problem in found.faults]
    chosen = [only] if only else sorted(found.partnerships)
    pins = practice.pins
    known = Judgments(practice.repo, pins.root, pins.keeper, found.head, practice.now)
    edited = {
        tree.partnership_of(path)
        for path in practice.repo.dirty(*(f"{tree.directory(one)}/agreements" for one in chosen))
    }
    lapses: list[tuple[str, Problem]] = []
    events = 0
    for partnership in chosen:
        judged = known.of(partnership) if partnership not in edited else None
        if judged is None:
            record = practice.record(partnership)
            drafts = _drafts(practice, partnership)
            judged = Judgment(len(record.events), (*violations(record, practice.now), *drafts), recorded(record))
            if partnership not in edited:
                known.keep(record, judged)
        events += judged.events
        lapses += [(partnership, problem) for problem in judged.lapses]
        problems += [(partnership, problem) for problem in judged.problems]
    known.save()
    return Checked(len(chosen), events, found.commits, tuple(problems), tuple(lapses))


def _drafts(practice: Practice, partnership: str) -> list[Problem]:
    problems: list[Problem] = []
    for version in practice.versions(partnership):
        try:
            agreements.load(practice, partnership, version)
        except Malformed as malformed:
            problems += malformed.problems
    return problems
