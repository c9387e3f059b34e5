"""E-mails, money, periods and dates: small values, exact answers."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.kernel import dates, emails, money, periods


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("Ruolan.Zhang@Example.COM", "ruolan.zhang@example.com"),
        (" ｚｈａｎｇ＠example。com ", "zhang@example.com"),
        ("<mailto:a@b.cn>", "a@b.cn"),
        ("a..b@c.com", None),
        (".a@c.com", None),
        ("a@b", None),
        ("无", None),
        (None, None),
    ],
)
def test_given_an_address_when_normalised_then_one_spelling_or_none(raw, address):
    assert emails.normalise_email(raw) == address


def test_given_an_address_when_masked_then_the_domain_stays():
    assert emails.mask_email("zhangruolan@example.com") == "z***n@example.com"
    assert emails.mask_email("ab@example.com") == "a***@example.com"
    assert emails.mask_email("") == ""


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal("12345"), "¥12,345.00"),
        (Decimal("0.005"), "¥0.01"),
        (Decimal("-0.01"), "-¥0.01"),
        (0, "¥0.00"),
        (None, ""),
    ],
)
def test_given_an_amount_when_shown_then_fen_and_thousands_are_right(amount, shown):
    assert money.format_cny(amount) == shown


def test_given_amounts_when_shortened_then_as_people_write_them():
    assert money.fen("¥12,345.678") == Decimal("12345.68")
    assert money.format_wan(360000) == "36 万"
    assert money.format_wan(15000) == "1.5 万"
    assert money.format_wan(9999) == "¥9,999.00"
    assert money.format_band(30000, 38000) == "30–38K"
    assert money.format_band(Decimal("12500.00"), None) == "12.5K+"
    assert money.format_band(None, 20000) == "≤20K"
    assert money.format_band(20000, 20000) == "20K"
    assert money.format_band(None, None) == ""


def test_given_a_period_when_asked_then_it_is_half_open():
    march = periods.month_period(2026, 3)
    assert date(2026, 3, 1) in march
    assert date(2026, 4, 1) not in march
    assert (march.days, march.last) == (31, date(2026, 3, 31))
    assert list(periods.Period(date(2026, 3, 1), date(2026, 3, 3))) == [date(2026, 3, 1), date(2026, 3, 2)]
    assert not march.overlaps(periods.month_period(2026, 4))
    assert march.common_with(periods.quarter_period(2026, 1)) == march
    assert march.common_with(periods.month_period(2026, 4)) is None
    assert periods.month_period(2026, 12) == periods.Period(date(2026, 12, 1), date(2027, 1, 1))
    assert periods.half_period(2026, 2) == periods.Period(date(2026, 7, 1), date(2027, 1, 1))
    assert periods.year_period(2025).days == 365
    with pytest.raises(periods.EmptyPeriod):
        periods.Period(date(2026, 3, 1), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 31), -13, date(2024, 12, 31)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_given_months_when_added_then_the_day_fits_the_month(day, months, result):
    assert periods.add_months(day, months) == result


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-600, 600))
def test_given_any_day_when_months_are_added_then_the_month_is_exact(day, months):
    result = periods.add_months(day, months)
    assert (result.year * 12 + result.month) - (day.year * 12 + day.month) == months


def test_given_a_day_when_shown_then_in_both_languages():
    day = date(2026, 3, 5)
    assert dates.format_day(day) == "2026年3月5日"
    assert dates.format_day(day, weekday=True) == "2026年3月5日（周四）"
    assert dates.format_day(day, "en", weekday=True) == "Thu 5 Mar 2026"
    assert dates.format_month(day) == "2026年3月"
    assert dates.format_month(day, "en") == "Mar 2026"
    moment = datetime(2026, 3, 5, 6, 30, tzinfo=UTC)
    assert dates.format_moment(moment) == "2026年3月5日（周四）14:30"
    assert dates.format_moment(moment, "en") == "Thu 5 Mar 2026, 14:30"
    assert dates.local_day(datetime(2026, 3, 4, 16, 0, tzinfo=UTC)) == day
    assert dates.day_bounds(day) == (
        datetime(2026, 3, 4, 16, tzinfo=UTC),
        datetime(2026, 3, 5, 16, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2026, 11, 23), "今天", "today"),
        (date(2026, 11, 22), "昨天", "yesterday"),
        (date(2026, 11, 20), "3 天前", "3 days ago"),
        (date(2026, 11, 25), "后天", "in 2 days"),
        (date(2026, 11, 9), "2 周前", "2 weeks ago"),
        (date(2026, 8, 23), "3 个月前", "3 months ago"),
        (date(2025, 11, 23), "1 年前", "1 year ago"),
        (date(2024, 3, 5), "2 年前", "2 years ago"),
        (date(2027, 2, 23), "3 个月后", "in 3 months"),
    ],
)
def test_given_a_day_when_told_from_today_then_the_distance_is_right(day, zh, en):
    today = date(2026, 11, 23)
    assert dates.relative_day(day, today) == zh
    assert dates.relative_day(day, today, "en") == en


def test_given_a_moment_when_told_from_now_then_minutes_and_hours_count_within_the_day():
    now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert dates.relative_moment(datetime(2026, 11, 23, 7, 59, 30, tzinfo=UTC), now) == "刚刚"
    assert dates.relative_moment(datetime(2026, 11, 23, 7, 55, tzinfo=UTC), now) == "5 分钟前"
    assert dates.relative_moment(datetime(2026, 11, 23, 5, 0, tzinfo=UTC), now) == "3 小时前"
    assert dates.relative_moment(datetime(2026, 11, 22, 15, 0, tzinfo=UTC), now) == "昨天"
    assert dates.relative_moment(datetime(2026, 11, 23, 10, 0, tzinfo=UTC), now, "en") == "in 2 hours"
