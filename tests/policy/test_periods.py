"""Periods in words: when each is over, in the time zone and by the working days of those who agreed on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from confide.policy.periods import Period, last_day, over, period, turn_ends
from confide.records.shapes import PERIOD
from confide.records.working_days import working_days
from tests.effort import examples
from tests.policy.small import agreement
from tests.policy.working_days import last_day as by_hand

FROM = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FROM + timedelta(minutes=minutes))
UNITS = ("hour", "day", "working day", "week", "month", "year")
PERIODS = st.builds(Period, st.integers(1, 60), st.sampled_from(UNITS))
ZONES = st.sampled_from(["UTC", "Europe/London", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns"])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "since", "last"),
    [
        ("3 working days", "2026-06-12T09:00", date(2026, 6, 17)),  # over a weekend
        ("1 working day", "2026-06-13T09:00", date(2026, 6, 15)),  # from a Saturday
        ("5 working days", "2026-04-01T09:00", date(2026, 4, 10)),  # over Easter in England
        ("7 days", "2026-06-12T09:00", date(2026, 6, 19)),
        ("2 weeks", "2026-06-12T09:00", date(2026, 6, 26)),
        ("1 month", "2026-01-31T09:00", date(2026, 2, 28)),
        ("3 months", "2026-11-30T09:00", date(2027, 2, 28)),
        ("1 year after end", "2028-02-29T09:00", date(2029, 2, 28)),
        ("1 day", "2026-06-12T23:30", date(2026, 6, 14)),  # in London it is the 13th already
        ("72 hours", "2026-06-12T23:30", date(2026, 6, 16)),
    ],
)
def test_the_last_day(words: str, since: str, last: date) -> None:
    """In London, with the holidays of England: the first day does not count, the last one does."""
    england = agreement(settings={"calendar": "GB-ENG"})
    assert last_day(period(words), at(since), "Europe/London", working_days(england)) == last


def test_it_is_over_at_midnight_where_the_agreement_is_and_hours_to_the_second() -> None:
    """Summer time moves midnight in London, and no hour."""
    assert over(period("1 day"), at("2026-06-12T09:00"), "Europe/London") == at("2026-06-13T23:00")
    assert over(period("1 day"), at("2026-12-12T09:00"), "Europe/London") == at("2026-12-14T00:00")
    assert over(period("24 hours"), at("2026-03-28T18:30"), "Europe/London") == at("2026-03-29T18:30")


def test_whose_holidays_count_is_agreed() -> None:
    """Whit Monday is a holiday in Germany and a working day in Ireland; without a country only weekends are free."""
    whitsun, lasts = at("2026-05-22T09:00"), period("1 working day")
    found = [
        last_day(lasts, whitsun, "UTC", working_days(agreement(settings=settings)))
        for settings in ({"calendar": "DE"}, {"calendar": "IE"}, {}, {"calendar": "ZZ"})
    ]
    assert found == [date(2026, 5, 26), *[date(2026, 5, 25)] * 3]


@pytest.mark.parametrize("country", ["DE", "NL"])
def test_the_tables_count_the_same_by_hand(country: str) -> None:
    """The second reading of the input window, written down without the library, in the weeks around Whitsun 2026."""
    agreed = agreement(settings={"calendar": country, "input-window": "4 working days"}, time_zone="Europe/Berlin")
    for hours in range(0, 20 * 24, 7):
        since = at("2026-05-06T00:00") + timedelta(hours=hours)
        found = last_day(period("4 working days"), since, agreed.time_zone, working_days(agreed))
        assert found == by_hand(agreed, since)


@pytest.mark.parametrize(
    ("every", "day", "last"),
    [
        ("week", date(2026, 6, 17), date(2026, 6, 21)),
        ("week", date(2026, 6, 21), date(2026, 6, 21)),
        ("month", date(2028, 2, 1), date(2028, 2, 29)),
        ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("quarter", date(2026, 11, 28), date(2026, 12, 31)),
        ("year", date(2026, 1, 12), date(2026, 12, 31)),
    ],
)
def test_what_is_told_every_so_often_is_due_by_the_end_of_each(every: str, day: date, last: date) -> None:
    """Weeks end on Sunday, quarters as calendars have them."""
    assert turn_ends(every, day) == last


@pytest.mark.parametrize("words", ["", "3", "0 days", "3 fortnights", "3 working days after", "-1 day", "3 DAYS"])
def test_what_is_no_period(words: str) -> None:
    """The reader of agreements refuses the same words, so that none of these gets this far."""
    assert not PERIOD.fits(words)
    with pytest.raises(ValueError, match="period"):
        period(words)


def test_nobody_knows_when_the_next_session_is() -> None:
    """`every session` has no last day."""
    with pytest.raises(ValueError, match="session"):
        turn_ends("session", date(2026, 1, 12))


@examples(40)
@given(PERIODS, MOMENTS, ZONES)
def test_a_period_ends_after_it_begins_and_a_longer_one_never_sooner(lasts: Period, since: datetime, zone: str) -> None:
    """Whatever the zone: it is over after its last day begins, and one more of the unit ends no earlier."""
    assert PERIOD.fits(f"{lasts.count} {lasts.unit}s") and period(f"{lasts.count} {lasts.unit}s") == lasts
    ends, longer = over(lasts, since, zone), over(Period(lasts.count + 1, lasts.unit), since, zone)
    assert since < ends < longer
    assert last_day(lasts, ends - timedelta(seconds=1), zone) >= last_day(lasts, since, zone)


def test_the_end_of_all_time_is_no_error() -> None:
    """Nine thousand years from now nothing is over yet."""
    late = over(period("9999 years"), at("2026-06-12T09:00"), "Europe/London")
    assert late == datetime.max.replace(tzinfo=UTC)
    assert last_day(period("9999 weeks"), datetime(9998, 1, 1, tzinfo=UTC), "UTC") == date.max
