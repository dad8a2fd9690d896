"""How long things are kept, as the agreement says, and what is due to be destroyed (S-27).

The clause names two kinds of material: the notes (feedback and summaries are kept like them), and the agreement with
its log. A period `after end` runs from the end of the partnership: the event that ended it, or the last day of the last
agreement that was in force. Any other period of the notes runs from the day of each note; of the agreement and its log
nothing can go before the end, so there it runs from the end too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from confide.model.agreement import Agreement
from confide.model.destruction import EVERYTHING, NOTES
from confide.model.problem import Place
from confide.model.record import Record
from confide.policy import force
from confide.policy.destruction import gone
from confide.policy.hold import holds
from confide.policy.index import clauses_of
from confide.policy.periods import last_day, period

CLAUSE = "retention"
AFTER_END = " after end"


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


def _notes(record: Record, now: datetime, last: Agreement, said: str, notes: Iterable[str]) -> Iterator[Keeping]:
    if not said or gone(record, NOTES) is not None:
        return
    held = bool(holds(record))
    if said.endswith(AFTER_END):
        end = _ended_on(record, now, last)
        if end is not None:
            yield Keeping(NOTES, _after(end, said), said, last.place, held)
        return
    for path in notes:
        if gone(record, path) is None:
            day = date.fromisoformat(path.rpartition("/")[2][:10])
            yield Keeping(path, _after(day, said), said, last.place, held)


def _after(day: date, said: str) -> date:
    """The last day of the period that begins on the day after `day`; days are already those of the agreement here."""
    return last_day(period(said), datetime.combine(day, time(12), UTC), "UTC")


def _log(record: Record, now: datetime, last: Agreement, clause: Mapping[str, object]) -> Iterator[Keeping]:
    said, end = str(clause.get("agreement-and-log") or ""), _ended_on(record, now, last)
    if said and end is not None:
        yield Keeping(EVERYTHING, _after(end, said), said, last.place, bool(holds(record)))


def _ended_on(record: Record, now: datetime, last: Agreement) -> date | None:
    """The last day of the partnership, where its last agreement counts its days."""
    event, over = force.ended(record), over_since(record, now)
    if event is None:
        return last.until if over is not None else None
    return event.at.astimezone(clauses_of(last).zone).date()
