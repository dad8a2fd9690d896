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

from confide.ledger import fold
from confide.ledger.fold import Advanced, Pins
from confide.ledger.objects import RawCommit
from confide.ledger.repo import Repository
from confide.ledger.state import State
from confide.model.partnership import Practice
from confide.model.problem import Malformed, NotYet, Problem
from confide.model.record import Record
from confide.policy.replay import lapses

__all__ = ["Pins", "Verification", "verify"]


@dataclass(frozen=True)
class Verification:
    """What verified, up to `head`; `commits` were looked at. `introduced` maps an event's id to its commit.

    `faults` concern the whole practice; those of one partnership stand in its record. `remarks` block nothing.
    """

    head: str
    commits: int
    practice: Practice
    partnerships: Mapping[str, Record]
    faults: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    introduced: Mapping[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that blocks something, the whole practice first; each once."""
        records = (fault for record in self.partnerships.values() for fault in record.faults)
        return tuple(dict.fromkeys((*self.faults, *records)))

    @cached_property
    def notices(self) -> tuple[Problem, ...]:
        """What should be looked at and blocks nothing: lapses (each disclosure decided again), words in messages."""
        sound = (record for record in self.partnerships.values() if not record.faults)
        return (*self.remarks, *(lapse for record in sound for lapse in lapses(record)))


def verify(repo: Repository, pins: Pins) -> Verification:
    """Verify up to HEAD. Raises NotYet without a commit, Malformed when not even the root can be believed.

    Stops at the first commit whose signer cannot be believed: what follows it is not looked at.
    """
    head = repo.head()
    if head is None:
        raise NotYet(Problem("the repository has no commit yet", hint="run `confide init`"))
    return _Walk(repo, pins, head).run()


class _Walk:
    """One pass over the history. A state is kept only until the last child of its commit was looked at."""

    def __init__(self, repo: Repository, pins: Pins, head: str) -> None:
        self.repo = repo
        self.pins = pins
        self.head = head
        self.states: dict[str, State] = {}
        self.faults: list[Problem] = []
        self.remarks: list[Problem] = []
        self.introduced: dict[str, str] = {}
        lines = repo.run("rev-list", "--parents", head).decode().splitlines()
        self.children = Counter(parent for line in lines for parent in line.split()[1:])

    def run(self) -> Verification:
        count, last = 0, ""
        try:
            for commit in self.repo.commits():
                self._take(commit)
                count, last = count + 1, commit.id
        except Malformed as malformed:
            if not last:
                raise
            self.faults += malformed.problems
        state = self.states[last]
        if last != self.head and not self.faults:
            raise NotYet(Problem("the history grew while it was read", hint="run the command again"))
        records = {name: chronicle.record for name, chronicle in sorted(state.chronicles.items())}
        if last != self.head:
            broken = tuple(self.faults)
            records = {name: replace(one, faults=(*one.faults, *broken)) for name, one in records.items()}
        return Verification(
            last, count, state.practice, records, tuple(self.faults), tuple(self.remarks), self.introduced
        )

    def _take(self, commit: RawCommit) -> None:
        found = self._advanced(commit)
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
