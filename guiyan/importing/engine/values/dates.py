"""Days in the forms people type, Excel serials included. A year or month that is not written comes from context."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

OLDEST = 1980  # an interview before this is a slip
_SERIALS = range(29_221, 73_051)  # 1980-01-01 … 2099-12-31
_FULL = re.compile(r"(\d{4})\s*[-/.年\\、]\s*(\d{1,2})\s*[-/.月\\、]\s*(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:\s*\d{6})?(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*[日号]?(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[日号]")
_YEAR_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?!\d)")
_US = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_AROUND = re.compile(
    r"^(周|星期|礼拜)?[一二三四五六日天]?|上午|下午|晚上|中午|早上|傍晚|全天|左右|前后|"
    r"\(.*?\)|\d{1,2}[:：点时]\d{0,2}[:：分]?\d{0,2}"
)
_EMPTY = frozenset({"", "-", "--", "/", "无", "未知", "不详", "待定", "none", "null", "n/a", "na", "暂无"})


@dataclass(frozen=True, slots=True)
class Context:
    """What title, sheet name or neighbours say about year and month."""

    year: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """`problem` is an issue code or ""; `inferred` tells that year or month came from the context."""

    value: date | None
    problem: str = ""
    inferred: bool = False


def parse_day(raw: object, *, today: date, context: Context = Context()) -> Day:
    """Read one date cell. Future days are refused with `date_future`, impossible ones with `date_invalid`."""
    if isinstance(raw, datetime):
        return _checked(raw.year, raw.month, raw.day, today)
    if isinstance(raw, date):
        return _checked(raw.year, raw.month, raw.day, today)
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    if text.lower() in _EMPTY:
        return Day(None)
    serial = re.fullmatch(r"(\d{5})(\.\d+)?", text)
    if serial and int(serial.group(1)) in _SERIALS:
        day = date(1899, 12, 30) + timedelta(days=int(serial.group(1)))
        return _checked(day.year, day.month, day.day, today)
    return _written(text, today, context)


def _written(text: str, today: date, context: Context) -> Day:
    if match := _FULL.search(text) or _COMPACT.search(text):
        return _checked(int(match.group(1)), int(match.group(2)), int(match.group(3)), today)
    if match := _US.search(text):
        first, second, year = (int(part) for part in match.groups())
        return _checked(year, *((first, second) if first <= 12 else (second, first)), today=today)
    if match := _SHORT_YEAR.search(text):
        year, month, day = (int(part) for part in match.groups())
        return _checked(2000 + year, month, day, today)
    if match := _MONTH_DAY.search(text):
        month, day = int(match.group(1)), int(match.group(2))
        if not _possible(2024, month, day):
            return Day(None, "date_invalid")
        return _from_context(context.year, month, day, today)
    if match := _DAY.search(text):
        day = int(match.group(1))
        return _from_context(context.year, context.month, day, today)
    return Day(None, "date_unparseable")


def _from_context(year: int | None, month: int | None, day: int, today: date) -> Day:
    if year is None or month is None:
        return Day(None, "date_unparseable")
    found = _checked(year, month, day, today)
    return Day(found.value, found.problem, inferred=True)


def _checked(year: int, month: int, day: int, today: date) -> Day:
    if not _possible(year, month, day):
        return Day(None, "date_invalid")
    found = date(year, month, day)
    if found > today:
        return Day(None, "date_future")
    return Day(found) if year >= OLDEST else Day(None, "date_invalid")


def _possible(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def context_of(text: str) -> Context:
    """Year and month named in a title or sheet name: "2023年9月", "24.6" no, "2024年1-2月" only the year."""
    text = unicodedata.normalize("NFKC", text)
    if re.search(r"20\d{2}\s*[年\-/.]\s*\d{1,2}\s*[-~至到—、]\s*\d{1,2}\s*月", text):
        match = re.search(r"(20\d{2})", text)
        return Context(int(match.group(1)) if match else None)
    if (
        (match := _YEAR_MONTH.search(text))
        and 1 <= int(match.group(2)) <= 12
        and 1990 <= int(match.group(1)) <= 2100
    ):
        return Context(int(match.group(1)), int(match.group(2)))
    if match := re.search(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])?(?!\d)", text):
        return Context(int(match.group(1)), int(match.group(2)) if match.group(2) else None)
    if match := re.search(r"(?<!\d)(\d{2})\s*年\s*(\d{1,2})\s*月", text):
        return Context(2000 + int(match.group(1)), int(match.group(2)))
    if match := re.fullmatch(r"\D*?(\d{1,2})\s*月(份)?\D*", text):
        return Context(None, int(match.group(1)) if 1 <= int(match.group(1)) <= 12 else None)
    return Context()


def is_date_like(value: object) -> bool:
    """Could this cell be a day? (serials count only as whole numbers or five digits)"""
    if isinstance(value, date):
        return True
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if len(text) > 28:
        return False
    serial = re.fullmatch(r"\d{5}(\.\d+)?", text)
    if serial:
        return int(text[:5]) in _SERIALS
    if _COMPACT.fullmatch(text) or _FULL.match(text):
        return True
    bare = _AROUND.sub("", text).strip()
    return bool(
        _US.fullmatch(bare)
        or _SHORT_YEAR.fullmatch(bare)
        or _DAY.fullmatch(bare)
        or _MONTH_DAY.fullmatch(bare)
    )
