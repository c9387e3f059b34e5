from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.kernel.dates import SHANGHAI
from guiyan.kernel.worktime import (
    NoWorkingTime,
    WorkCalendar,
    add_working_days,
    add_working_hours,
    china_calendar,
    working_hours_between,
)

CHINA = china_calendar()
WEEK_ONLY = WorkCalendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23 09:00", 8, "2026-11-23 18:00"),
        ("2026-11-23 09:00", 9, "2026-11-24 10:00"),
        ("2026-11-23 11:00", 2, "2026-11-23 14:00"),  # over lunch
        ("2026-11-23 20:00", 0, "2026-11-24 09:00"),
        ("2026-11-27 17:00", 2, "2026-11-30 10:00"),  # over a weekend
        ("2026-09-30 16:00", 16, "2026-10-09 16:00"),  # National Day, back on 8 October
        ("2026-11-23 09:00", Decimal("0.5"), "2026-11-23 09:30"),
    ],
)
def test_given_a_start_when_working_hours_pass_then_holidays_and_nights_do_not_count(start, hours, end):
    assert add_working_hours(at(start), hours, CHINA) == at(end)


def test_given_an_adjusted_weekend_when_asked_then_it_is_worked():
    assert date(2026, 9, 20).weekday() == 6
    assert CHINA.is_workday(date(2026, 9, 20))
    assert not CHINA.is_workday(date(2026, 10, 1))


def test_given_a_day_beyond_the_announced_years_when_asked_then_weekends_only_and_it_is_said():
    day = date(2030, 10, 1)
    assert not CHINA.covers(day)
    assert CHINA.is_workday(day)
    assert CHINA.covers(date(2026, 12, 31))


def test_given_two_moments_when_counted_then_only_working_hours():
    assert working_hours_between(at("2026-11-23 09:00"), at("2026-11-24 09:00"), CHINA) == Decimal(8)
    assert working_hours_between(at("2026-11-27 17:30"), at("2026-11-30 09:30"), CHINA) == Decimal(1)
    assert working_hours_between(at("2026-11-24 09:00"), at("2026-11-23 09:00"), CHINA) == Decimal(0)


def test_given_working_days_when_added_then_holidays_are_skipped():
    assert add_working_days(date(2026, 9, 30), 1, CHINA) == date(2026, 10, 8)
    assert add_working_days(date(2026, 11, 28), 0, CHINA) == date(2026, 11, 30)
    assert add_working_days(date(2026, 11, 23), 0, CHINA) == date(2026, 11, 23)
    assert add_working_days(date(2026, 11, 27), 2, WEEK_ONLY) == date(2026, 12, 1)


def test_given_nobody_ever_works_when_added_then_it_is_refused():
    with pytest.raises(NoWorkingTime):
        add_working_hours(at("2026-11-23 09:00"), 1, WorkCalendar(shifts=()))


@given(st.integers(0, 24 * 365 * 60), st.integers(0, 200))
def test_given_any_start_when_hours_are_added_then_counting_back_gives_them(minutes, hours):
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    end = add_working_hours(start, hours, CHINA)
    assert end >= start
    assert working_hours_between(start, end, CHINA) == Decimal(hours)
