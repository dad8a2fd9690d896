"""Periods of an agreement, counted from a day: `3 working days`, `2 weeks`, `1 month`. The last day counts.

Which days nobody works is a question of the country; whoever asks brings them (`closed`). Without them every weekday
is a working day, so that what has to be done in time is asked for early rather than late.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date, timedelta

_DAYS = {"day": 1, "week": 7}
SATURDAY = 5
HOURS_A_DAY = 24


def is_working_day(day: date, closed: Collection[date] = ()) -> bool:
    return day.weekday() < SATURDAY and day not in closed


def after(day: date, period: str, closed: Collection[date] = ()) -> date:
    """The last day of `period` when it begins on the day after `day`. Raises ValueError for what is no period."""
    number, _, unit = period.removesuffix(" after end").partition(" ")
    count, unit = int(number), unit.removesuffix("s")
    if unit == "working day":
        return _stepped(day, count, closed)
    if unit == "hour":
        return day + timedelta(days=-(-count // HOURS_A_DAY))
    if unit in _DAYS:
        return day + timedelta(days=count * _DAYS[unit])
    if unit not in ("month", "year"):
        raise ValueError("a period is counted in hours, days, working days, weeks, months or years")
    months = day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def latest_before(due: date, period: str, closed: Collection[date] = ()) -> date:
    """The latest working day from which `period` is over before the day `due` begins."""
    day = due - timedelta(days=1)
    while after(day, period, closed) >= due or not is_working_day(day, closed):
        day -= timedelta(days=1)
    return day


def _stepped(day: date, count: int, closed: Collection[date]) -> date:
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, closed)
    return day
