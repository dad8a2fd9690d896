"""The whole history, from the pinned root to HEAD, without any secret key; and the records that follow from it.

Every commit is signed by a keeper of its parents; every event is one file, one commit, one message, one link in each
reader's chain, and never changed; every agreement keeps its proposed bytes and its signatures hold. What cannot be
believed is named, and while something is wrong nothing is allowed on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from weakref import WeakKeyDictionary

from confide.ledger import fold, instruments
from confide.ledger.fold import Advanced, Pins
from confide.ledger.objects import RawCommit
from confide.ledger.repo import Repository
from confide.ledger.state import State
from confide.model.partnership import Practice
from confide.model.problem import Malformed, NotYet, Problem
from confide.model.record import Record
from confide.policy.lapse import recorded
from confide.policy.replay import crossings, lapses

__all__ = ["Pins", "Verification", "verify"]


@dataclass(frozen=True)
class Verification:
    """What verified, up to `head`; `commits` were looked at. `introduced` maps an event's id to its commit;
    `first_bad` is the first commit with something wrong, if there is one.

    `faults` concern the whole practice; those of one partnership stand in its record. `remarks` block nothing, nor does
    what is `waiting` at `head` to be registered.
    """

    head: str
    commits: int
    practice: Practice
    partnerships: Mapping[str, Record]
    faults: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    waiting: tuple[Problem, ...] = ()
    introduced: Mapping[str, str] = field(default_factory=dict)
    first_bad: str = ""

    @property
    def events(self) -> int:
        """How many events are on record."""
        return sum(len(record.events) for record in self.partnerships.values())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that blocks something, the whole practice first; each once."""
        records = (fault for record in self.partnerships.values() for fault in record.faults)
        return tuple(dict.fromkeys((*self.faults, *records)))

    @cached_property
    def notices(self) -> tuple[Problem, ...]:
        """What should be looked at and blocks nothing: lapses (each disclosure decided again), what
        crossed in two clones, words in messages."""
        sound = tuple(record for record in self.partnerships.values() if not record.faults)
        judged = (lapse for record in sound for lapse in (*lapses(record), *recorded(record), *crossings(record)))
        blocking = set(self.problems)
        return (*(one for one in self.remarks if one not in blocking), *self.waiting, *judged)


@dataclass(frozen=True)
class _Known:
    """Where an earlier pass over the same repository ended, so that the next one goes on from there."""

    pins: Pins
    found: Verification
    state: State


# What a commit's id stands for never changes, so neither does what was found up to it. Held as long as the repository
# is open, by one process that opened it.
_KNOWN: WeakKeyDictionary[Repository, _Known] = WeakKeyDictionary()


def verify(repo: Repository, pins: Pins, at: str = "") -> Verification:
    """Verify up to HEAD, or up to the commit `at`.

    Raises NotYet without a commit, Malformed when not even the root can be believed.
    Stops at the first commit whose signer cannot be believed: what follows it is not looked at. A second call on the
    same open repository looks at new commits only, where they follow on what was verified.
    """
    head = at or repo.head()
    if head is None:
        raise NotYet(
            Problem("the repository has no commit yet", "a practice begins with one", hint="run `confide init`")
        )
    known = _KNOWN.get(repo)
    if known is not None and known.pins == pins and not known.found.faults and _follows(repo, known.found.head, head):
        walk = _Walk(repo, pins, head, known)
    else:
        walk = _Walk(repo, pins, head, None)
    found = walk.run()
    _KNOWN[repo] = _Known(pins, found, walk.states[found.head])
    return found


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
        self.introduced = dict(known.found.introduced) if known else {}
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
            raise NotYet(
                Problem(
                    "the history grew while it was read", "another command is recording", hint="run the command again"
                )
            )
        records = {name: chronicle.record for name, chronicle in sorted(state.chronicles.items())}
        if last != self.head:
            broken = tuple(self.faults)
            records = {name: replace(one, faults=(*one.faults, *broken)) for name, one in records.items()}
        waiting = tuple(problem for one in state.chronicles.values() for problem in instruments.waiting(one))
        return Verification(
            last,
            count,
            state.practice,
            records,
            tuple(self.faults),
            tuple(self.remarks),
            waiting,
            self.introduced,
            self.first_bad,
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
