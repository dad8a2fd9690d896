"""The steps of a case belong together: each names the first one, and only the sealed details say what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from confide.model.detail import Step
from confide.model.event import Event
from confide.model.record import Record
from confide.policy.withdrawal import EVENT

KIND = "case"
# That somebody was asked whether they fear to pay for having spoken, and does not, is a case that is closed at once.
CLOSING = frozenset({"closed", "returned", "asked-about"})


@dataclass(frozen=True)
class Thread:
    """One case from its first step on, in the order of the record."""

    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        return self.steps[0].event.id

    @property
    def case(self) -> str:
        return self.steps[0].detail.case

    def last(self, *names: str) -> Step | None:
        """The newest step of one of these names, or None."""
        return next((step for step in reversed(self.steps) if step.detail.step in names), None)

    @property
    def open(self) -> bool:
        return self.last(*CLOSING) is None


def opened_by(event: Event) -> str:
    """The id of the step that opened the case an event belongs to: the event's own where it names no other."""
    return event.target.removeprefix(EVENT) or event.id


def threads(steps: Iterable[Step], case: str = "") -> tuple[Thread, ...]:
    """The cases that `steps` make up, oldest first; of one kind only where `case` names it."""
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(opened_by(step.event), []).append(step)
    whole = (Thread(tuple(known)) for known in found.values())
    return tuple(thread for thread in whole if case in ("", thread.case))


def continues(record: Record, event: Event) -> bool:
    """Whether a case event opens a case, or continues one that stands before it in `record`."""
    if not event.target:
        return True
    first = record.event(event.target.removeprefix(EVENT))
    return event.target.startswith(EVENT) and first is not None and first.kind == KIND and not first.target
