"""The last day of an input window, written down for the months the tables speak of: a second, plain reading."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from confide.model.agreement import Agreement

# The public holidays that fall into a window of the tables.
HOLIDAYS = {"DE": {date(2026, 5, 14), date(2026, 5, 25)}, "NL": {date(2026, 5, 14), date(2026, 5, 25)}}


def last_day(agreement: Agreement, shown: datetime) -> date:
    """The fifth working day (or whatever `input-window` says) after the day of showing, where the agreement applies."""
    count, _, unit = str(agreement.settings.get("input-window", "5 working days")).partition(" ")
    if unit != "working days":
        raise ValueError(unit)
    holidays = HOLIDAYS.get(str(agreement.settings.get("calendar", "")), set())
    day, left = shown.astimezone(ZoneInfo(agreement.time_zone)).date(), int(count)
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in holidays
    return day
