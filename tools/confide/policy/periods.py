"""Periods in words people use, and when they are over: `3 working days`, `72 hours`, `1 year after end`, every quarter.

The day on which a period begins does not count, its last day counts to the end, and days are those of the agreement's
time zone. Which days are working days a calendar says (`records/working_days.py`); here it is a parameter.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Working = Callable[[date], bool]
HOUR, DAY, WORKING_DAY, WEEK, MONTH, YEAR = "hour", "day", "working day", "week", "month", "year"
# Where an agreement sets none: the founding text says promptly (S-17), and gives the client time for her input (S-13).
PROMPTLY, INPUT_WINDOW = "3 working days", "5 working days"
_PERIOD = re.compile(rf"([1-9][0-9]{{0,3}}) ({HOUR}|{DAY}|{WORKING_DAY}|{WEEK}|{MONTH}|{YEAR})s?( after end)?")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Period:
    """So many of a unit; `after_end` counts from the end of the partnership rather than from an event."""

    count: int
    unit: str
    after_end: bool = False

    @property
    def about(self) -> timedelta:
        """About how long, to compare one period with another: a working day is never less than a day."""
        return (
            self.count
            * {
                HOUR: timedelta(hours=1),
                DAY: timedelta(days=1),
                WORKING_DAY: timedelta(days=1),
                WEEK: timedelta(weeks=1),
                MONTH: timedelta(days=30),
                YEAR: timedelta(days=365),
            }[self.unit]
        )


def period(words: str) -> Period:
    """The period that an agreement says in words. Raises ValueError for anything else."""
    found = _PERIOD.fullmatch(words)
    if found is None:
        raise ValueError(f"`{words}` is no period")
    return Period(int(found[1]), found[2], found[3] is not None)


def monday_to_friday(day: date) -> bool:
    """The working days where an agreement names no country."""
    return day.weekday() < 5


def last_day(lasts: Period, since: datetime, time_zone: str, working: Working = monday_to_friday) -> date:
    """The last day on which something that happened at `since` is still within the period, where the agreement is."""
    zone = ZoneInfo(time_zone)
    first = since.astimezone(zone).date()
    try:
        match lasts.unit:
            case "hour":
                return (since + timedelta(hours=lasts.count)).astimezone(zone).date()
            case "working day":
                return _worked(first, lasts.count, working)
            case "month" | "year":
                return _months(first, lasts.count * _MONTHS[lasts.unit])
        return first + lasts.count * (timedelta(weeks=1) if lasts.unit == WEEK else timedelta(days=1))
    except OverflowError:
        return date.max


def after(day: date, words: str, time_zone: str = "UTC", working: Working = monday_to_friday) -> date:
    """The same for what happened on `day`, and a period in words. Raises ValueError for what is no period."""
    return last_day(period(words), datetime.combine(day, time(12), ZoneInfo(time_zone)), time_zone, working)


def over(lasts: Period, since: datetime, time_zone: str, working: Working = monday_to_friday) -> datetime:
    """The first instant after the period: hours to the second, days to midnight. The end of all time if it is later."""
    try:
        if lasts.unit == HOUR:
            return (since + timedelta(hours=lasts.count)).astimezone(UTC)
        after = last_day(lasts, since, time_zone, working) + timedelta(days=1)
        return datetime.combine(after, time(), ZoneInfo(time_zone)).astimezone(UTC)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def turn_ends(every: str, day: date) -> date:
    """The last day of the week (Monday to Sunday), month, quarter or year that `day` is in. Raises ValueError for
    `session`: nobody knows when the next one is."""
    if every == WEEK:
        return day + timedelta(days=6 - day.weekday())
    if every not in _MONTHS:
        raise ValueError(f"`{every}` has no last day")
    months = _MONTHS[every]
    month = (day.month + months - 1) // months * months
    return day.replace(month=month, day=monthrange(day.year, month)[1])


def _worked(first: date, count: int, working: Working) -> date:
    day = first
    while count:
        day += timedelta(days=1)
        count -= working(day)
    return day


def _months(first: date, count: int) -> date:
    """The same day so many months on; the last of the month where that has no such day."""
    years, month = divmod(first.month - 1 + count, 12)
    year, month = first.year + years, month + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(first.day, monthrange(year, month)[1]))
