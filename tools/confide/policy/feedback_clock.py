"""How long feedback may wait: promptly is what the agreement says, counted from the day it arrived (S-17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement
from confide.model.detail import FEEDBACK, Step
from confide.model.record import Record
from confide.policy import cases, feedback, force
from confide.policy.periods import PROMPTLY, Working, after, monday_to_friday


@dataclass(frozen=True)
class Waiting:
    """Feedback that has not reached the client: the case, when it arrived, the last day, and whether that is over.

    held: no terms bind it, so that it can be told to nobody yet. refused: nor will they, because its circle declined
    them since, or could not be told; what is left is to return it (S-20).
    """

    case: str
    received: date
    due: date
    late: bool
    threat: bool
    held: bool
    refused: bool = False


def promptly(agreement: Agreement | None) -> str:
    """The agreed period."""
    found = agreement.settings.get("promptly") if agreement is not None else None
    return found if isinstance(found, str) else PROMPTLY


def promptly_after(agreement: Agreement | None, day: date, working: Working = monday_to_friday) -> date:
    """The last day on which something that arrived on `day` is still passed on promptly."""
    zone = agreement.time_zone if agreement is not None else "UTC"
    return after(day, promptly(agreement), zone, working)


def waiting(
    record: Record, steps: Iterable[Step], now: datetime, working: Working = monday_to_friday
) -> tuple[Waiting, ...]:
    """What still has to be relayed, the most urgent first; what is held waits for terms, or is returned."""
    agreement = force.in_force(record, now) or force.last_in_force(record, now)
    today = now.astimezone(ZoneInfo(agreement.time_zone)).date() if agreement is not None else now.date()
    found = []
    threads = cases.threads(steps, FEEDBACK)
    for number, thread in enumerate(threads):
        first = thread.steps[0].detail
        arrived = feedback.received(thread.steps[0])
        done = not thread.open or feedback.relayed(record, thread.id) is not None
        if first.step != "intake" or arrived is None or done:
            continue
        due = promptly_after(agreement, arrived, working)
        circle = first.word("circle")
        held = not feedback.bound_by(
            record, thread.id, circle, first.word("promised"), first.word("client") or feedback.CLIENT
        )
        later = (known.steps[0].detail for known in threads[number:])
        refused = held and any(one.step == "undelivered" and one.word("circle") == circle for one in later)
        found.append(Waiting(thread.id, arrived, due, today > due, first.word("threat") != "no", held, refused))
    return tuple(sorted(found, key=lambda one: (one.due, one.case)))
