"""How long things are kept, as the agreement says, and what is due to be destroyed (S-27).

The clause names two kinds of material: the notes (feedback and summaries are kept like them), and the agreement with
its log. A period `after end` runs from the end of the partnership: the event that ended it, or the last day of the last
agreement that was in force. Any other period of the notes runs from the day of each note; of the agreement and its log
nothing can go before the end, so there it runs from the end too. Working days are Monday to Friday.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from confide.model.agreement import Agreement
from confide.model.destruction import EVERYTHING, NOTES
from confide.model.problem import Place
from confide.model.record import Record
from confide.policy import force
from confide.policy.destruction import gone
from confide.policy.hold import holds
from confide.policy.index import clauses_of

CLAUSE = "retention"
AFTER_END = " after end"
_SATURDAY = 5


@dataclass(frozen=True)
class Keeping:
    """Something that is kept until a day: `scope` is what would be destroyed then, `said` the words of the agreement.

    `held`: a legal hold stands, so that it is kept however long ago the day was.
    """

    scope: str
    until: date
    said: str
    place: Place
    held: bool = False


def over_since(record: Record, now: datetime) -> datetime | None:
    """When the partnership ended, or None while an agreement is in force or still awaits its signatures."""
    event = force.ended(record)
    if event is not None:
        return event.at
    last = force.last_in_force(record, now)
    if last is None or force.in_force(record, now) is not None:
        return None
    newer = (a for a in record.agreements if a.version > last.version and not force.complete(record, a))
    return None if any(newer) else force.expires(last)


def keeping(record: Record, now: datetime, notes: Iterable[str] = ()) -> tuple[Keeping, ...]:
    """Everything whose day can be told, earliest first. `notes` are paths such as `notes/2026-02-03`."""
    last = force.in_force(record, now) or force.last_in_force(record, now)
    if last is None or gone(record) is not None:
        return ()
    clause = last.clauses.get(CLAUSE)
    said = clause if isinstance(clause, Mapping) else {}
    found = (*_notes(record, now, last, str(said.get("notes") or ""), notes), *_log(record, now, last, said))
    return tuple(sorted(found, key=lambda one: (one.until, one.scope)))


def due(record: Record, now: datetime, notes: Iterable[str] = ()) -> tuple[Keeping, ...]:
    """What should be destroyed by now: its day is over, and no hold stands."""
    last = force.last_in_force(record, now)
    if last is None:
        return ()
    today = now.astimezone(clauses_of(last).zone).date()
    return tuple(one for one in keeping(record, now, notes) if one.until < today and not one.held)


def after(period: str, day: date) -> date:
    """The last day of a period that begins on `day`: `3 working days`, `2 years`. Hours are days begun."""
    number, unit = period.removesuffix(AFTER_END).split(" ", 1)
    count = int(number)
    if unit.startswith("working"):
        return _working(day, count)
    if unit.startswith("hour"):
        return day + timedelta(days=-(-count // 24))
    if unit.startswith(("day", "week")):
        return day + timedelta(days=count * (7 if unit.startswith("week") else 1))
    months = count * (12 if unit.startswith("year") else 1) + day.month - 1
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _notes(record: Record, now: datetime, last: Agreement, said: str, notes: Iterable[str]) -> Iterator[Keeping]:
    if not said or gone(record, NOTES) is not None:
        return
    held = bool(holds(record))
    if said.endswith(AFTER_END):
        end = _ended_on(record, now, last)
        if end is not None:
            yield Keeping(NOTES, after(said, end), said, last.place, held)
        return
    for path in notes:
        if gone(record, path) is None:
            day = date.fromisoformat(path.rpartition("/")[2][:10])
            yield Keeping(path, after(said, day), said, last.place, held)


def _log(record: Record, now: datetime, last: Agreement, clause: Mapping[str, object]) -> Iterator[Keeping]:
    said, end = str(clause.get("agreement-and-log") or ""), _ended_on(record, now, last)
    if said and end is not None:
        yield Keeping(EVERYTHING, after(said, end), said, last.place, bool(holds(record)))


def _ended_on(record: Record, now: datetime, last: Agreement) -> date | None:
    """The last day of the partnership, where its last agreement counts its days."""
    event, over = force.ended(record), over_since(record, now)
    if event is None:
        return last.until if over is not None else None
    return event.at.astimezone(clauses_of(last).zone).date()


def _working(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day
