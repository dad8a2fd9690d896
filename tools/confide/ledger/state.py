"""What is known at one commit: a pure function of the commits below it, folded one by one from the root.

States are never changed. Each commit's state is made from its parents' states, so that "before" always means Git
ancestry, and two orders of looking at a history with merges give the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from confide.ledger.lazily import Lazily, put
from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.instrument import Instrument
from confide.model.partnership import Partnership, Practice
from confide.model.problem import Problem
from confide.model.record import Record
from confide.vault.sequoia import Certificate


@dataclass(frozen=True)
class Chronicle:
    """One partnership so far. `files` maps the paths of its agreements, instruments and keys to blob ids.

    `proposals` maps an agreement's version to the event that put it to its signatories; `instruments` are registered.
    `sealed` maps the blob of each sealed file to where it first lay; `misplaced` the paths of those that are for
    somebody else, or in another's place, to what is wrong.
    """

    partnership: Partnership
    files: Mapping[str, str] = field(default_factory=dict)
    agreements: tuple[Agreement, ...] = ()
    proposals: Mapping[int, Event] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    faults: tuple[Problem, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    crossed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    misplaced: Mapping[str, Problem] = field(default_factory=dict)

    @property
    def record(self) -> Record:
        """What decisions are taken on."""
        return Record(
            self.partnership,
            self.agreements,
            self.events,
            (*self.faults, *self.misplaced.values()),
            self.instruments,
            self.crossed,
        )

    def with_faults(self, problems: Iterable[Problem]) -> Chronicle:
        """The same with more found wrong; each problem once."""
        return replace(self, faults=tuple(dict.fromkeys((*self.faults, *problems))))


@dataclass(frozen=True)
class State:
    """The whole practice at one commit. `keys` are the public keys under `records/keys/`, by fingerprint."""

    practice: Practice
    keys: Mapping[str, Certificate]
    chronicles: Mapping[str, Chronicle] = field(default_factory=dict)
    latest: datetime | None = None

    @property
    def keepers(self) -> tuple[Certificate, ...]:
        """The keys of those who may sign the next commit."""
        return tuple(self.keys[fingerprint] for fingerprint in self.practice.keepers if fingerprint in self.keys)


def joined(states: Iterable[State]) -> State:
    """What a merge starts from: the first parent's files, and everything that happened on any side."""
    first, *others = states
    for other in others:
        first = _with(first, other)
    return first


def _with(state: State, other: State) -> State:
    chronicles: dict[str, Chronicle] = {}
    # What neither side read since both began with it is the same on both.
    theirs_since = other.chronicles.since if isinstance(other.chronicles, Lazily) else other.chronicles
    for partnership, theirs in theirs_since.items():
        ours = state.chronicles.get(partnership)
        if ours is None:
            chronicles[partnership] = theirs
        elif ours is not theirs:
            chronicles[partnership] = _both(ours, theirs)
    latest = max((at for at in (state.latest, other.latest) if at), default=None)
    return replace(state, chronicles=put(state.chronicles, chronicles), latest=latest)


def _both(ours: Chronicle, theirs: Chronicle) -> Chronicle:
    events = {event.id for event in ours.events}
    there = {event.id for event in theirs.events}
    versions = {agreement.version for agreement in ours.agreements}
    known = {instrument.id for instrument in ours.instruments}
    return replace(
        ours,
        agreements=(*ours.agreements, *(a for a in theirs.agreements if a.version not in versions)),
        proposals={**theirs.proposals, **ours.proposals},
        events=(*ours.events, *(event for event in theirs.events if event.id not in events)),
        instruments=(*ours.instruments, *(one for one in theirs.instruments if one.id not in known)),
        sealed={**theirs.sealed, **ours.sealed},
        misplaced={**theirs.misplaced, **ours.misplaced},
        crossed=_crossed(ours, theirs, frozenset(events - there), frozenset(there - events)),
    ).with_faults(theirs.faults)


def _crossed(
    ours: Chronicle, theirs: Chronicle, here: frozenset[str], there: frozenset[str]
) -> Mapping[str, frozenset[str]]:
    """What either side knew, and each event of one side beside each of the other."""
    found = {**ours.crossed}
    for event, others in theirs.crossed.items():
        found[event] = found.get(event, frozenset()) | others
    for side, other in ((here, there), (there, here)):
        for event in side if other else ():
            found[event] = found.get(event, frozenset()) | other
    return found
