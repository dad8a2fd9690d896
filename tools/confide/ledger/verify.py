"""The whole history, from the pinned root to HEAD, without any secret key; and the records that follow from it.

Every commit is signed by a keeper of its parents; every event is one file, one commit, one message, one link in each
reader's chain, and never changed; every agreement keeps its proposed bytes and its signatures hold. What cannot be
believed is named, and while something is wrong nothing is allowed on it.
"""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast
from weakref import WeakKeyDictionary

from confide.ledger import fold, instruments, snapshot
from confide.ledger.fold import Advanced, Pins
from confide.ledger.lazily import Lazily, each
from confide.ledger.objects import RawCommit
from confide.ledger.repo import Repository
from confide.ledger.snapshot import Commits
from confide.ledger.state import Chronicle, State
from confide.ledger.verification import Verification
from confide.model.problem import Malformed, NotYet, Problem
from confide.model.record import Record
from confide.policy.lapse import recorded
from confide.policy.replay import crossings, lapses

__all__ = ["Pins", "Verification", "verify"]


@dataclass(frozen=True)
class _Known:
    """Where an earlier pass over the same repository ended, so that the next one goes on from there."""

    pins: Pins
    found: Verification
    state: State


# What a commit's id stands for never changes, so neither does what was found up to it. Held as long as the repository
# is open, by one process that opened it.
_KNOWN: WeakKeyDictionary[Repository, _Known] = WeakKeyDictionary()


def verify(repo: Repository, pins: Pins, at: str = "", *, quick: bool = False) -> Verification:
    """Verify up to HEAD, or up to the commit `at`.

    `quick` goes on from what this user verified last in this clone, if that can be believed (`snapshot`), and keeps
    what was found for the next time; without it everything is verified from the root.

    Raises NotYet without a commit, Malformed when not even the root can be believed.
    Stops at the first commit whose signer cannot be believed: what follows it is not looked at. A second call on the
    same open repository looks at new commits only, where they follow on what was verified.
    """
    head = at or repo.head()
    if head is None:
        why = "a practice begins with one"
        raise NotYet(Problem("the repository has no commit yet", why, hint="run `confide init`"))
    known = _KNOWN.get(repo) or (_kept(repo, pins) if quick else None)
    if known and (known.pins != pins or known.found.faults or not _follows(repo, known.found.head, head)):
        known = None
    walk = _Walk(repo, pins, head, known)
    found = walk.run()
    state = walk.states[found.head]
    _KNOWN[repo] = _Known(pins, found, state)
    if quick and (walk.known is None or walk.known.head != found.head):
        _keep(repo, pins, found, state)
    return found


def _kept(repo: Repository, pins: Pins) -> _Known | None:
    kept = snapshot.load(repo, pins.root, pins.keeper, lambda head: _anew(repo, pins, head))
    if kept is None:
        return None
    found = Verification(
        kept.head, kept.commits, kept.state.practice, each(kept.state.chronicles, _record), remarks=kept.remarks,
        introduced=kept.introduced, latest=kept.state.latest, counts=kept.counts, quiet=kept.quiet,
    )  # fmt: skip
    return _Known(pins, found, kept.state)


def _anew(repo: Repository, pins: Pins, head: str) -> tuple[State, Mapping[str, str]]:
    walk = _Walk(repo, pins, head, None)
    walk.run()
    return walk.states[head], walk.introduced


def _keep(repo: Repository, pins: Pins, found: Verification, state: State) -> None:
    """Only a history without anything wrong is kept: a fault is found again each time."""
    if found.problems:
        snapshot.forget(repo)
        return
    spoken = {p for p in found.partnerships if p not in found.quiet and _speaks(found, state, p)}
    kept = snapshot.Kept(found.head, found.commits, state, snapshot.Commits({}, lambda: None), found.remarks, {},
                         frozenset())  # fmt: skip
    snapshot.save(repo, pins.root, pins.keeper, kept, spoken.__contains__, found.introduced)


def _speaks(found: Verification, state: State, partnership: str) -> bool:
    """Whether there is anything to look at in a partnership without faults."""
    record = found.partnerships[partnership]
    return any(
        (*lapses(record), *recorded(record), *crossings(record), *instruments.waiting(state.chronicles[partnership]))
    )


def _record(chronicle: Chronicle) -> Record:
    return chronicle.record


def _follows(repo: Repository, old: str, new: str) -> bool:
    """Whether every commit from `old` (without it) to `new` has all its parents among them or in `old`."""
    lines = [line.split() for line in repo.run("rev-list", "--parents", new, f"^{old}").decode().splitlines()]
    within = {old, *(line[0] for line in lines)}
    return new in within and all(within.issuperset(line[1:]) and len(line) > 1 for line in lines)


class _Walk:
    """One pass over the history. A state is kept only until the last child of its commit was looked at."""

    def __init__(self, repo: Repository, pins: Pins, head: str, known: _Known | None) -> None:
        self.repo = repo
        self.pins = pins
        self.head = head
        self.known = known.found if known else None
        self.states: dict[str, State] = {known.found.head: known.state} if known else {}
        self.faults = list(known.found.faults) if known else []
        self.remarks = list(known.found.remarks) if known else []
        self.introduced: dict[str, str] = {}
        self.first_bad = known.found.first_bad if known else ""
        self.looked_at = ""
        since = (f"^{known.found.head}",) if known else ()
        lines = repo.run("rev-list", "--parents", head, *since).decode().splitlines()
        self.children = Counter(parent for line in lines for parent in line.split()[1:])

    def run(self) -> Verification:
        count, last = (self.known.commits, self.known.head) if self.known else (0, "")
        try:
            for commit in self.repo.commits(last or None, self.head):
                self._take(commit)
                count, last = count + 1, commit.id
        except Malformed as malformed:
            if not last:
                raise
            self.faults += malformed.problems
            self.first_bad = self.first_bad or (self.looked_at if self.looked_at != last else "")
        state = self.states[last]
        if last != self.head and not self.faults:
            why = "another command is recording"
            raise NotYet(Problem("the history grew while it was read", why, hint="run the command again"))
        records = each(state.chronicles, _record)
        if last != self.head:
            broken = tuple(self.faults)
            records = {name: replace(one, faults=(*one.faults, *broken)) for name, one in records.items()}
        changed = state.chronicles.since if isinstance(state.chronicles, Lazily) else state.chronicles
        quiet = self.known.quiet.difference(changed) if self.known else frozenset()
        waiting = tuple(
            problem for p in state.chronicles if p not in quiet for problem in instruments.waiting(state.chronicles[p])
        )
        counts = {p: n for p, n in self.known.counts.items() if p not in changed} if self.known else {}
        return Verification(
            last,
            count,
            state.practice,
            records,
            tuple(self.faults),
            tuple(self.remarks),
            waiting,
            self._introduced(),
            self.first_bad,
            state.latest,
            counts,
            quiet,
        )

    def _introduced(self) -> Mapping[str, str]:
        """What this walk met over what was known: read from the snapshot where it was kept there."""
        known = self.known.introduced if self.known else {}
        if isinstance(known, ChainMap):
            return ChainMap({**known.maps[0], **self.introduced}, *known.maps[1:])
        return (
            ChainMap(self.introduced, cast("dict[str, str]", known))
            if isinstance(known, Commits)
            else {**known, **self.introduced}
        )

    def _take(self, commit: RawCommit) -> None:
        self.looked_at = commit.id
        found = self._advanced(commit)
        if found.wrong and not self.first_bad:
            self.first_bad = commit.id
        self.states[commit.id] = found.state
        self.faults += found.faults
        self.remarks += found.notices
        if found.event is not None:
            self.introduced.setdefault(found.event.id, commit.id)
        for parent in commit.parents:
            self.children[parent] -= 1
            if not self.children[parent]:
                del self.states[parent]

    def _advanced(self, commit: RawCommit) -> Advanced:
        if not commit.parents:
            return fold.first(self.repo, commit, self.pins)
        return fold.following(self.repo, commit, [self.states[parent] for parent in commit.parents])
