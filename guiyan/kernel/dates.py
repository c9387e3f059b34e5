"""Dates as people read them, in Chinese and English. Days are thought of in the company's zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_chinese(language: str) -> bool:
    """True for zh, zh-hans, zh_CN, zh-CN …"""
    return language.lower().startswith("zh")


def local_day(moment: datetime, zone: ZoneInfo = SHANGHAI) -> date:
    """The calendar day of an aware moment in `zone`."""
    return moment.astimezone(zone).date()


def day_bounds(day: date, zone: ZoneInfo = SHANGHAI) -> tuple[datetime, datetime]:
    """[start, end) of a local day as aware UTC moments."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    following = day + timedelta(days=1)
    end = datetime(following.year, following.month, following.day, tzinfo=zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def format_day(day: date, language: str = "zh-hans", *, weekday: bool = False) -> str:
    """2026年3月5日, with `weekday` 2026年3月5日（周四）; English 5 Mar 2026, Thu 5 Mar 2026."""
    if is_chinese(language):
        text = f"{day.year}年{day.month}月{day.day}日"
        return f"{text}（周{_WEEKDAYS_ZH[day.weekday()]}）" if weekday else text
    text = f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{_WEEKDAYS_EN[day.weekday()]} {text}" if weekday else text


def format_month(day: date, language: str = "zh-hans") -> str:
    """2026年3月; English Mar 2026."""
    return f"{day.year}年{day.month}月" if is_chinese(language) else f"{_MONTHS_EN[day.month - 1]} {day.year}"


def format_moment(moment: datetime, language: str = "zh-hans", zone: ZoneInfo = SHANGHAI) -> str:
    """2026年3月5日（周四）14:30; English Thu 5 Mar 2026, 14:30. `moment` is aware."""
    local = moment.astimezone(zone)
    day = format_day(local.date(), language, weekday=True)
    return f"{day}{local:%H:%M}" if is_chinese(language) else f"{day}, {local:%H:%M}"


def relative_day(day: date, today: date, language: str = "zh-hans") -> str:
    """今天, 昨天, 3 天前, 2 周前, 3 个月前, 2 年后; English: today, 3 days ago, in 2 weeks."""
    distance = (today - day).days
    words = _NEAR_ZH if is_chinese(language) else _NEAR_EN
    if distance in words:
        return words[distance]
    return _ago(_unit_of_days(abs(distance)), past=distance > 0, language=language)


_NEAR_ZH = {0: "今天", 1: "昨天", 2: "前天", -1: "明天", -2: "后天"}
_NEAR_EN = {0: "today", 1: "yesterday", -1: "tomorrow"}
_UNIT_ZH = {"minute": "分钟", "hour": "小时", "day": "天", "week": "周", "month": "个月", "year": "年"}


def _unit_of_days(days: int) -> tuple[int, str]:
    if days < 14:
        return days, "day"
    if days < 45:
        return days // 7, "week"
    if days < 365:
        return max(round(days / 30.44), 1), "month"
    return days // 365, "year"


def _ago(amount: tuple[int, str], *, past: bool, language: str) -> str:
    count, unit = amount
    if is_chinese(language):
        return f"{count} {_UNIT_ZH[unit]}{'前' if past else '后'}"
    text = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{text} ago" if past else f"in {text}"


def relative_moment(
    moment: datetime, now: datetime, language: str = "zh-hans", zone: ZoneInfo = SHANGHAI
) -> str:
    """刚刚, 5 分钟前, 3 小时前 within the day, then as `relative_day`. Both moments are aware."""
    seconds = (now - moment).total_seconds()
    size = abs(seconds)
    if size < 60:
        return "刚刚" if is_chinese(language) else "just now"
    if size < 3600:
        return _ago((int(size // 60), "minute"), past=seconds > 0, language=language)
    if local_day(moment, zone) == local_day(now, zone):
        return _ago((int(size // 3600), "hour"), past=seconds > 0, language=language)
    return relative_day(local_day(moment, zone), local_day(now, zone), language)
