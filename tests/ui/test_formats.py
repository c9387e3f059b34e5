"""Dates, waits, money and marks as the reader sees them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from guiyan.platform.uikit import formats, icons

MOMENT = datetime(2026, 3, 5, 7, 30, tzinfo=UTC)  # 15:30 in Shanghai
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("shown", "chinese", "english"),
    [
        (lambda: formats.cn_date(date(2026, 3, 5)), "2026年3月5日（周四）", "Thu 5 Mar 2026"),
        (lambda: formats.cn_datetime(MOMENT), "2026年3月5日（周四）15:30", "Thu 5 Mar 2026, 15:30"),
        (lambda: formats.short_date(date(2026, 3, 5)), "3月5日（周四）", "Thu 5 Mar"),
        (lambda: formats.short_date(MOMENT), "3月5日（周四）15:30", "Thu 5 Mar, 15:30"),
        (lambda: formats.month(MOMENT), "2026年3月", "Mar 2026"),
        (lambda: formats.clock_time(MOMENT), "15:30", "15:30"),
        (lambda: formats.src_date(datetime(2026, 3, 5, 17, 0, tzinfo=UTC)), "2026-03-06", "2026-03-06"),
        (lambda: formats.ago(MOMENT, NOW), "9 个月前", "9 months ago"),
        (lambda: formats.ago(date(2026, 11, 22), NOW), "昨天", "yesterday"),
        (lambda: formats.ago(NOW - timedelta(minutes=26), NOW), "26 分钟前", "26 minutes ago"),
    ],
)
def test_given_a_moment_when_shown_then_it_reads_right_in_both_languages(shown, chinese, english):
    with translation.override("zh-hans"):
        assert shown() == chinese
    with translation.override("en"):
        assert shown() == english


@pytest.mark.parametrize(
    ("waited", "chinese", "english"),
    [
        (timedelta(minutes=26), "26 分钟", "26 minutes"),
        (timedelta(minutes=1), "1 分钟", "1 minute"),
        (timedelta(hours=1), "1 小时", "1 hour"),
        (timedelta(hours=1, minutes=34), "1 小时 34 分", "1 h 34 min"),
        (timedelta(days=4, hours=3), "4 天", "4 days"),
        (59, "0 分钟", "0 minutes"),
        (timedelta(seconds=-5), "0 分钟", "0 minutes"),
    ],
)
def test_given_a_wait_when_shown_then_days_hide_hours_and_hours_keep_minutes(waited, chinese, english):
    with translation.override("zh-hans"):
        assert formats.wait(waited) == chinese
    with translation.override("en"):
        assert formats.wait(waited) == english


def test_given_nothing_when_shown_then_nothing_is_written():
    for display in (
        formats.cn_date, formats.cn_datetime, formats.short_date, formats.clock_time, formats.src_date,
        formats.month, formats.ago, formats.wait, formats.money, formats.wan, formats.band, formats.k, formats.thousands,
    ):  # fmt: skip
        assert display(None) == "", display.__name__


def test_given_money_when_shown_then_it_follows_chinese_habit():
    assert formats.money(Decimal("12345")) == "¥12,345.00"
    assert formats.wan(Decimal(360_000)) == "36 万"
    assert formats.band(Decimal(30_000), Decimal(38_000)) == "30–38K"
    assert formats.k(Decimal(35_000)) == "35K"
    assert formats.thousands(4655) == "4,655"


def test_given_a_name_when_it_becomes_an_avatar_then_one_character_is_left():
    assert [formats.initial(name) for name in ("张若岚", " li ming", "", None)] == ["张", "L", "?", "?"]


@pytest.mark.parametrize(
    ("spans", "shown"),
    [
        ([], "a&lt;b"),
        (None, "a&lt;b"),
        ([(0, 1)], "<mark>a</mark>&lt;b"),
        ([(1, 3)], "a<mark>&lt;b</mark>"),
        ([(1, 2), (0, 2)], "<mark>a&lt;</mark>b"),
        ([(0, 2), (1, 3)], "<mark>a&lt;</mark><mark>b</mark>"),
    ],
)
def test_given_spans_when_marked_then_the_text_is_escaped_and_never_doubled(spans, shown):
    assert formats.marked("a<b", spans) == shown


def test_given_parts_when_stacked_then_each_starts_where_the_last_ended():
    parts = [{"value": 4655, "tone": "a"}, {"value": 102, "tone": "b"}, {"value": 55, "tone": "d"}]

    assert [part["x"] for part in formats.stacked(parts)] == [0, 4655, 4757]


def test_given_a_kind_of_record_when_shown_then_it_has_its_icon():
    assert icons.source_icon("EVALUATION") == "message-2"
    assert icons.source_icon("something new") == "file-text"
    assert icons.source_icon(None) == "file-text"
