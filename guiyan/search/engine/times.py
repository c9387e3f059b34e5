"""Time as people remember it, relative to the day they ask: 去年春天, 上半年, 三个月前, 24年3月, 春节后."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from guiyan.kernel.periods import Period, add_months, half_period, month_period, quarter_period, year_period

_DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "半": 0}
_N = "[0-9]+|[一二两三四五六七八九十]+"

# First day of the lunar year. Source: 国务院办公厅 holiday notices and 紫金山天文台 almanac.
SPRING_FESTIVAL = {
    2015: date(2015, 2, 19),
    2016: date(2016, 2, 8),
    2017: date(2017, 1, 28),
    2018: date(2018, 2, 16),
    2019: date(2019, 2, 5),
    2020: date(2020, 1, 25),
    2021: date(2021, 2, 12),
    2022: date(2022, 2, 1),
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
    2029: date(2029, 2, 13),
    2030: date(2030, 2, 3),
}

DEFAULT_EPOCHS = {"疫情": Period(date(2020, 1, 20), date(2023, 1, 8))}  # from the first lockdown to 乙类乙管

_YEAR = r"(?P<year>(?:19|20)\d\d\s*年|[012]\d\s*年|大前年|前年|去年|今年|上一年|本年|last year|this year)"
_PARTS = (
    r"(?P<part>上半年|下半年|第?[一二三四1-4]季度|[qQ][1-4]|开春|春天|春季|春上|夏天|夏季|秋天|秋季|冬天|冬季|年初|年中|年底|年末|"
    r"(?:春节|过年|过完年|年)(?:以)?(?:前|后)|春招|秋招|spring|summer|autumn|winter)"
)
_ISO = r"(?P<iso_y>(?:19|20)\d\d)[-/.年]\s*(?P<iso_m>1[0-2]|0?[1-9])(?:[-/.月]\s*(?P<iso_d>3[01]|[12]\d|0?[1-9])日?|月份?)?"
_MONTH = rf"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<day>{_N})[日号])?"
_AGO = (
    rf"(?P<ago>(?P<count>{_N}|半)\s*(?:个)?(?P<half>半)?(?P<unit>年|月|星期|礼拜|周|天|日)(?P<more>半)?(?:多)?(?:以)?前(?!年)|"
    r"(?P<en_n>\d+) (?P<en_unit>year|month|week|day)s? ago)"
)
_NEAR = (
    r"(?P<near>上上个?月|上个?月|这个?月|本月|上上周|上个?(?:星期|礼拜|周)|这个?(?:星期|礼拜|周)|本周|昨天|前天|今天|"
    r"前几天|前些天|前一?阵子?|前段时间|最近|last month|last week|yesterday|recently)"
)
PATTERN = re.compile(
    rf"(?:{_ISO}(?!\d)|{_AGO}|{_NEAR}|{_YEAR}\s*(?:的)?\s*(?:{_PARTS}|{_MONTH})?|{_PARTS.replace('<part>', '<part2>')}|"
    rf"{_MONTH.replace('<month>', '<month2>').replace('<day>', '<day2>')})"
    r"(?:的时候|那会儿?|那阵子?|左右|前后|的)?"
)


def chinese_number(text: str) -> int:
    """十二 -> 12, 两 -> 2, 30 -> 30."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text[-1:], 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def period_of(match: re.Match[str], today: date) -> Period | None:
    """The days a match of PATTERN means when said on `today`; None when there is no such day."""
    found = match.groupdict()
    try:
        if found["iso_y"]:
            return _iso(found)
        if found["ago"]:
            return _ago(found, today)
        if found["near"]:
            return _near(found["near"], today)
        if found["year"]:
            return _in_year(_year(found["year"], today), found)
        if found["part2"]:
            return _last_part(found["part2"], today)
        return _last_month(chinese_number(found["month2"]), found["day2"], today)
    except ValueError:  # 2026年2月30日
        return None


def _iso(found: dict[str, str]) -> Period:
    year, month = int(found["iso_y"]), int(found["iso_m"])
    if found["iso_d"]:
        return one_day(date(year, month, int(found["iso_d"])))
    return month_period(year, month)


def one_day(day: date) -> Period:
    """A period of one day."""
    return Period(day, day + timedelta(days=1))


def _year(text: str, today: date) -> int:
    words = {
        "今年": 0,
        "本年": 0,
        "this year": 0,
        "去年": 1,
        "上一年": 1,
        "last year": 1,
        "前年": 2,
        "大前年": 3,
    }
    if text in words:
        return today.year - words[text]
    number = int(re.sub(r"\D", "", text))
    return number if number > 99 else 2000 + number


def _in_year(year: int, found: dict[str, str]) -> Period:
    if found["part"]:
        return _part(found["part"], year)
    if found["month"]:
        month = chinese_number(found["month"])
        if found["day"]:
            return one_day(date(year, month, chinese_number(found["day"])))
        return month_period(year, month)
    return year_period(year)


def _months(year: int, first: int, count: int) -> Period:
    start = date(year, first, 1)
    return Period(start, add_months(start, count))


_SEASONS = {"春": (2, 4), "夏": (6, 3), "秋": (9, 3), "冬": (12, 3)}
_SEASONS |= {"spring": (2, 4), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}
_FIXED: dict[str, tuple[int, int]] = {
    "开春": (2, 3),
    "年初": (1, 3),
    "年中": (5, 3),
    "年底": (11, 2),
    "年末": (11, 2),
    "春招": (2, 4),
    "秋招": (8, 4),
}


def _part(part: str, year: int) -> Period:
    """A named part of a year. Around the Spring Festival: two months before or after it."""
    if part in ("上半年", "下半年"):
        return half_period(year, 1 if part[0] == "上" else 2)
    if quarter := re.search(r"[一二三四1-4](?=季度)|(?<=[qQ])[1-4]", part):
        return quarter_period(year, chinese_number(quarter[0]))
    if part in _FIXED:
        return _months(year, *_FIXED[part])
    if re.search(r"年|春节", part):
        festival = SPRING_FESTIVAL.get(year, date(year, 2, 5))
        if part.endswith("前"):
            return Period(add_months(festival, -2), festival)
        return Period(festival, add_months(festival, 2))
    first, count = _SEASONS[part if part in _SEASONS else part[0]]
    return _months(year, first, count)


def _last_part(part: str, today: date) -> Period:
    """A part without its year: the latest one that has begun."""
    this = _part(part, today.year)
    return this if this.start <= today else _part(part, today.year - 1)


def _last_month(month: int, day: str | None, today: date) -> Period:
    year = today.year if date(today.year, month, 1) <= today else today.year - 1
    return one_day(date(year, month, chinese_number(day))) if day else month_period(year, month)


def _ago(found: dict[str, str], today: date) -> Period:
    """So long ago, give or take: a month for months, the calendar year for years."""
    unit = found["en_unit"] or found["unit"]
    half = found["count"] == "半"
    count = int(found["en_n"]) if found["en_n"] else chinese_number(found["count"] or "0")
    if unit in ("年", "year"):
        if half or found["half"] or found["more"]:
            centre = add_months(today, -(12 * count + 6))
            return Period(add_months(centre, -2), add_months(centre, 2))
        return year_period(today.year - count)
    if unit in ("月", "month"):
        centre = add_months(today, -count)
        spread = timedelta(days=7 if half else 31)
        if half:
            centre = today - timedelta(days=15)
        return Period(centre - spread, min(centre + spread, today + timedelta(days=1)))
    days = count if unit in ("天", "日", "day") else 7 * count
    spread = timedelta(days=max(days // 5, 1))
    centre = today - timedelta(days=days)
    return Period(centre - spread, centre + spread + timedelta(days=1))


def _week(today: date, back: int) -> Period:
    monday = today - timedelta(days=today.weekday() + 7 * back)
    return Period(monday, monday + timedelta(days=7))


def _month_back(today: date, back: int) -> Period:
    start = add_months(today.replace(day=1), -back)
    return month_period(start.year, start.month)


_NEAR_RULES: tuple[tuple[str, Callable[[date], Period]], ...] = (
    (r"上上个?月", lambda d: _month_back(d, 2)),
    (r"上个?月|last month", lambda d: _month_back(d, 1)),
    (r"(?:这|本)个?月", lambda d: _month_back(d, 0)),
    (r"上上周", lambda d: _week(d, 2)),
    (r"上个?(?:星期|礼拜|周)|last week", lambda d: _week(d, 1)),
    (r"(?:这|本)个?(?:星期|礼拜|周)", lambda d: _week(d, 0)),
    (r"昨天|yesterday", lambda d: one_day(d - timedelta(days=1))),
    (r"前天", lambda d: one_day(d - timedelta(days=2))),
    (r"今天", one_day),
    (r"前几天|前些天", lambda d: Period(d - timedelta(days=14), d)),
    (r".*", lambda d: Period(add_months(d, -3), d + timedelta(days=1))),
)


def _near(words: str, today: date) -> Period:
    return next(rule(today) for pattern, rule in _NEAR_RULES if re.fullmatch(pattern, words))


def shown_period(period: Period) -> str:
    """2026年1–6月, 2026年, 2026年3月, 2026年3月5日, otherwise both ends."""
    start, last = period.start, period.last
    whole = start.day == 1 and period.before.day == 1
    if whole and start.month == 1 and last.month == 12:
        return f"{start.year}年" if start.year == last.year else f"{start.year}–{last.year}年"
    if whole and start.year == last.year:
        return f"{start.year}年{start.month}" + ("月" if start.month == last.month else f"–{last.month}月")
    if whole:
        return f"{start.year}年{start.month}月–{last.year}年{last.month}月"
    first = f"{start.year}年{start.month}月{start.day}日"
    if start == last:
        return first
    year = "" if start.year == last.year else f"{last.year}年"
    return f"{first}–{year}{last.month}月{last.day}日"


def period_tokens(period: Period) -> list[str]:
    """Index keys that cover the period exactly: whole years, then whole months, then days."""
    tokens: list[str] = []
    day = period.start
    while day < period.before:
        if (day.month, day.day) == (1, 1) and date(day.year + 1, 1, 1) <= period.before:
            tokens.append(f"yr:{day.year}")
            day = date(day.year + 1, 1, 1)
        elif day.day == 1 and add_months(day, 1) <= period.before:
            tokens.append(f"ym:{day:%Y%m}")
            day = add_months(day, 1)
        else:
            tokens.append(f"d:{day:%Y%m%d}")
            day += timedelta(days=1)
    return tokens
