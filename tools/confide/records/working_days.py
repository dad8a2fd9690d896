"""Which days are working days in a country: weekends and public holidays from the `holidays` library (S-17).

The one module that imports it, and only when a deadline is counted: `may` has to answer quickly.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from confide.model.agreement import Agreement
from confide.policy.periods import Working, monday_to_friday
from confide.records.shapes import COUNTRY

if TYPE_CHECKING:
    from holidays import HolidayBase


def working_days(agreement: Agreement) -> Working:
    """The working days of the country that the agreement names, or Monday to Friday.

    Monday to Friday too for a country nobody has a calendar of: an agreement that says so does not pass `agree check`.
    """
    found = _calendar(str(agreement.settings.get("calendar", "")))
    if found is None:
        return monday_to_friday
    calendar = found

    def working(day: date) -> bool:
        return bool(calendar.is_working_day(day))

    return working


def known(country: str) -> bool:
    """Whether there is a calendar of this country (`GB`) or region (`GB-SCT`)."""
    return _calendar(country) is not None


@lru_cache(maxsize=64)
def _calendar(country: str) -> HolidayBase | None:
    if not COUNTRY.fits(country):
        return None
    from holidays import country_holidays

    name, _, region = country.partition("-")
    try:
        return country_holidays(name, subdiv=region or None)
    except NotImplementedError:
        return None
