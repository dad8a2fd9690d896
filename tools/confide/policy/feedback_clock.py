"""How long feedback may wait: promptly is what the agreement says, counted from the day it arrived (S-17)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement
from confide.model.detail import FEEDBACK, Step
from confide.model.record import Record
from confide.policy import cases, feedback, force, working_days

# What the founding text calls promptly, where the agreement gives no number (S-17).
PROMPTLY = "3 working days"


@dataclass(frozen=True)
class Waiting:
    """Feedback that has not reached the client: the case, when it arrived, the last day, and whether that is over."""

    case: str
    received: date
    due: date
    late: bool
    threat: bool
    held: bool


def promptly(agreement: Agreement | None) -> str:
    """The agreed period."""
    found = agreement.settings.get("promptly") if agreement is not None else None
    return found if isinstance(found, str) else PROMPTLY


def waiting(record: Record, steps: Iterable[Step], now: datetime, closed: Collection[date] = ()) -> tuple[Waiting, ...]:
    """What still has to be relayed, the most urgent first. `closed` are the days on which nobody works.

    held: no terms bind it, so that it can be told to nobody yet; it waits for them, or is returned.
    """
    agreement = force.in_force(record, now) or force.last_in_force(record, now)
    today = now.astimezone(ZoneInfo(agreement.time_zone)).date() if agreement is not None else now.date()
    found = []
    for thread in cases.threads(steps, FEEDBACK):
        first = thread.steps[0].detail
        arrived = feedback.received(thread.steps[0])
        done = not thread.open or feedback.relayed(record, thread.id) is not None
        if first.step != "intake" or arrived is None or done:
            continue
        due = working_days.after(arrived, promptly(agreement), closed)
        held = not first.word("promised")
        found.append(Waiting(thread.id, arrived, due, today > due, first.word("threat") != "no", held))
    return tuple(sorted(found, key=lambda one: (one.due, one.case)))
