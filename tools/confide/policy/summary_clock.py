"""When a payer's summary has to be begun, shown and released: her time to answer must fit before the day it is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement
from confide.model.event import Event
from confide.model.record import Record
from confide.policy import force, summary
from confide.policy.periods import INPUT_WINDOW, Working, last_day, monday_to_friday, period
from confide.policy.voices import CLIENT, clients
from confide.policy.withdrawal import EVENT

SHARE, ANSWER, RELEASE = "share", "answer", "release"


@dataclass(frozen=True)
class Owed:
    """One summary that is still owed: the day it is due, the latest day to show it, the next step, and its last day.

    step: `share` until she was shown it; `answer` while her time runs, and after it where her silence holds it back;
    `release` once she has answered, or her silence lets it go. client: whose it is.
    """

    due: date
    start: date
    step: str
    by: date
    late: bool
    client: str = CLIENT


def window(agreement: Agreement) -> str:
    """How long she may take to answer."""
    found = agreement.settings.get("input-window")
    return found if isinstance(found, str) else INPUT_WINDOW


def today(agreement: Agreement, now: datetime) -> date:
    return now.astimezone(ZoneInfo(agreement.time_zone)).date()


def last_answer(agreement: Agreement, now: datetime, working: Working = monday_to_friday) -> date:
    """The last day to answer what is shown now."""
    return last_day(period(window(agreement)), now, agreement.time_zone, working)


def latest_start(agreement: Agreement, due: date, working: Working = monday_to_friday) -> date:
    """The last day on which it can be shown so that her time to answer is over before it is due."""
    zone = ZoneInfo(agreement.time_zone)
    day = due - timedelta(days=1)
    while not working(day) or last_answer(agreement, datetime.combine(day, time(12), zone), working) >= due:
        day -= timedelta(days=1)
    return day


def released(record: Record, client: str = CLIENT) -> tuple[Event, ...]:
    """Every summary of a client that went out."""
    alone = len(clients(record)) == 1
    return tuple(
        event
        for event in record.of_kind("disclosed", "told")
        if summary.ID in event.terms and (alone or any(exact.subject == client for exact in event.sections))
    )


def due_days(record: Record, agreement: Agreement, client: str = CLIENT) -> tuple[date, ...]:
    """The agreed days that no summary has met yet: each that went out meets the earliest one left."""
    agreed = sorted(day for day in summary.clause(agreement).get("due", ()) if isinstance(day, date))
    return tuple(agreed[len(released(record, client)) :])


def answered(record: Record, shown: Event) -> Event | None:
    """Her answer to what she was shown, or what stands for it."""
    target = EVENT + shown.id
    return next((event for event in reversed(record.of_kind("input")) if event.target == target), None)


def shown_since(record: Record, client: str = CLIENT) -> Event | None:
    """The newest text of a summary that a client was shown since their last one went out."""
    before = released(record, client)
    since = record.events.index(before[-1]) + 1 if before else 0
    for event in reversed(record.events[since:]):
        if (
            event.kind == "shown"
            and client in event.to
            and not event.reader
            and any(exact.section.startswith(summary.FOLDER) for exact in event.sections)
        ):
            return event
    return None


def owed(record: Record, now: datetime, working: Working = monday_to_friday) -> Iterator[Owed]:
    """The summaries that the agreement in force still asks for, client by client, the next one first."""
    for client in clients(record):
        yield from owed_by(record, now, working, client)


def owed_by(record: Record, now: datetime, working: Working, client: str) -> Iterator[Owed]:
    """Those about one client."""
    agreement = force.in_force(record, now)
    if agreement is None:
        return
    day, shown = today(agreement, now), shown_since(record, client)
    for number, due in enumerate(due_days(record, agreement, client)):
        start = latest_start(agreement, due, working)
        if number or shown is None:
            yield Owed(due, start, SHARE, start, day > start, client)
            continue
        over = shown.day is not None and day > shown.day
        if answered(record, shown) is None and not (over and summary.sent_in_silence(agreement)):
            yield Owed(due, start, ANSWER, shown.day or due, over, client)
        else:
            yield Owed(due, start, RELEASE, due, day > due, client)
