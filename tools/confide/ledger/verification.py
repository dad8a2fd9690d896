"""What verification found: the records that follow from a history, and what cannot be believed of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from confide.model.partnership import Practice
from confide.model.problem import Problem
from confide.model.record import Record
from confide.policy.lapse import recorded
from confide.policy.replay import crossings, lapses


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
    latest: datetime | None = None
    # Partnerships that need not be read to be told about: how many events they have, and those without a word to say.
    counts: Mapping[str, int] = field(default_factory=dict, compare=False)
    quiet: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def events(self) -> int:
        """How many events are on record."""
        return sum(self.counts[p] if p in self.counts else len(self.partnerships[p].events) for p in self.partnerships)

    @property
    def _spoken(self) -> tuple[str, ...]:
        return tuple(partnership for partnership in self.partnerships if partnership not in self.quiet)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that blocks something, the whole practice first; each once."""
        records = (fault for p in self._spoken for fault in self.partnerships[p].faults)
        return tuple(dict.fromkeys((*self.faults, *records)))

    @cached_property
    def notices(self) -> tuple[Problem, ...]:
        """What should be looked at and blocks nothing: lapses (each disclosure decided again), what
        crossed in two clones, words in messages."""
        sound = [record for p in self._spoken if not (record := self.partnerships[p]).faults]
        judged = (lapse for record in sound for lapse in (*lapses(record), *recorded(record), *crossings(record)))
        blocking = set(self.problems)
        return (*(one for one in self.remarks if one not in blocking), *self.waiting, *judged)
