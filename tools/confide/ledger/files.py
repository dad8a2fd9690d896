"""The files that a commit brings, read into the state: who keeps the practice, whose keys, who takes part.

Without a readable list of keepers nobody could sign what follows, so that raises; what is wrong with one partnership's
files is found against that partnership, and its last good reading stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from confide.ledger.lazily import put
from confide.ledger.objects import FILE_MODE, Change, RawCommit
from confide.ledger.repo import Repository
from confide.ledger.state import Chronicle, State
from confide.model.partnership import Practice
from confide.model.problem import Malformed, Place, Problem
from confide.records import tree
from confide.records.partnership_file import parse_partnership
from confide.records.practice_file import parse_practice
from confide.vault.sequoia import Certificate

# Kinds of files in a partnership's directory whose versions matter to what comes later.
_FOLLOWED = frozenset({"agreement", "signature", "document", "party-key", "key", "instrument", "instrument-document"})


@dataclass
class Found:
    """Collects what is wrong, by partnership; the empty one stands for the whole practice."""

    problems: dict[str, list[Problem]] = field(default_factory=dict)

    def add(self, partnership: str, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.problems.setdefault(partnership, []).append(problem)

    def add_by_place(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(tree.partnership_of(problem.place.file) if problem.place else "", [problem])


def with_files(repo: Repository, commit: RawCommit, state: State, found: Found) -> State:
    """The state with this commit's files, but not yet its event."""
    kinds = [(tree.shape(change.path), change) for change in commit.changed if change.path.startswith("records/")]
    if any(kind == "practice" for kind, _ in kinds):
        practice = practice_of(repo, commit, next(change for kind, change in kinds if kind == "practice"))
        state = replace(state, practice=practice)
    keys = [change for kind, change in kinds if kind == "keeper-key"]
    if keys:
        state = replace(state, keys=keys_of(repo, state.keys, keys))
    touched = [(kind, change) for kind, change in kinds if kind == "partnership" or kind in _FOLLOWED]
    if not touched:
        return state
    chronicles: dict[str, Chronicle] = {}
    for _, change in touched:
        if change.status != "D" and change.mode != FILE_MODE:
            found.add_by_place(
                [
                    Problem(
                        "a link or program stands in the record",
                        "a link could lead anywhere",
                        place=Place(change.path),
                        rule="shape",
                    )
                ]
            )
    for kind, change in sorted(touched, key=lambda pair: pair[0] != "partnership"):
        partnership = tree.partnership_of(change.path)
        known = chronicles.get(partnership) or state.chronicles.get(partnership)
        if kind == "partnership":
            known = _partnership(repo, change, known, found)
            known = replace(known, files=_files(known, change)) if known else None
        elif known is not None:
            known = replace(known, files=_files(known, change))
        else:
            found.add(
                "",
                [
                    Problem(
                        f"commit {commit.short} adds to a partnership that is not there",
                        "a partnership begins with its own file",
                        rule="partnership",
                    )
                ],
            )
        if known is not None:
            chronicles[partnership] = known
    return replace(state, chronicles=put(state.chronicles, chronicles))


def _files(known: Chronicle, change: Change) -> dict[str, str]:
    files = {path: blob for path, blob in known.files.items() if path != change.path}
    return files if change.status == "D" else {**files, change.path: change.blob}


def _partnership(repo: Repository, change: Change, known: Chronicle | None, found: Found) -> Chronicle | None:
    """The newest reading. One that cannot be read, or is gone, leaves the last and a fault."""
    try:
        if change.status == "D" or change.mode != FILE_MODE:
            raise Malformed(
                Problem(
                    "a partnership's file is gone", "it says who takes part", Place(change.path), rule="partnership"
                )
            )
        parsed = parse_partnership(repo.blob(change.blob), change.path)
    except Malformed as malformed:
        found.add(tree.partnership_of(change.path) if known else "", malformed.problems)
        return known
    return replace(known, partnership=parsed) if known else Chronicle(parsed)


def practice_of(repo: Repository, commit: RawCommit, change: Change | None) -> Practice:
    """Without a readable list of keepers nobody could sign what follows."""
    if change is None or change.status == "D" or change.mode != FILE_MODE:
        raise Malformed(
            Problem(
                f"commit {commit.short} leaves no `{tree.PRACTICE}`",
                "it says who may sign",
                Place(tree.PRACTICE),
                rule="practice",
            )
        )
    return parse_practice(repo.blob(change.blob), change.path)


def keys_of(repo: Repository, known: Mapping[str, Certificate], changes: Iterable[Change]) -> dict[str, Certificate]:
    keys = dict(known)
    for change in changes:
        if tree.shape(change.path) != "keeper-key":
            continue
        name = change.path.rpartition("/")[2].removesuffix(".asc")
        keys.pop(name, None)
        if change.status == "D":
            continue
        certificate = Certificate.parse(repo.blob(change.blob))
        if certificate.fingerprint != name:
            raise Malformed(
                Problem(
                    "a key lies under another key's fingerprint",
                    "whoever is named there did not sign with it",
                    place=Place(change.path),
                    rule="keeper-key",
                )
            )
        keys[name] = certificate
    return keys
