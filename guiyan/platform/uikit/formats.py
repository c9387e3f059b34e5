"""Display filters: dates, waits, money, counts, initials and search marks, in the reader's language.

Dates and times are thought of in the company's zone; every filter answers "" for nothing, never "None".
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from guiyan.kernel import dates
from guiyan.kernel import money as cash
from guiyan.platform import clock

Day = date | datetime | None


def _language() -> str:
    return get_language() or "en"


def _day(value: date | datetime) -> date:
    return dates.local_day(value) if isinstance(value, datetime) else value


def cn_date(value: Day) -> str:
    """2026年3月5日（周四）; English Thu 5 Mar 2026. For prose."""
    return dates.format_day(_day(value), _language(), weekday=True) if value else ""


def short_date(value: Day) -> str:
    """3月5日（周四）, a moment adds 15:30; English Thu 5 Mar, 15:30. Where the year is already said."""
    if not value:
        return ""
    whole = cn_date(value)
    day = whole.partition("年")[2] if dates.is_chinese(_language()) else whole.rpartition(" ")[0]
    if not isinstance(value, datetime):
        return day
    return f"{day}{clock_time(value)}" if dates.is_chinese(_language()) else f"{day}, {clock_time(value)}"


def cn_datetime(value: datetime | None) -> str:
    """2026年3月5日（周四）14:30; English Thu 5 Mar 2026, 14:30."""
    return dates.format_moment(value, _language()) if value else ""


def clock_time(value: datetime | None) -> str:
    """15:30 in the company's zone."""
    return f"{value.astimezone(dates.SHANGHAI):%H:%M}" if value else ""


def src_date(value: Day) -> str:
    """2026-03-05, as source marks write it."""
    return _day(value).isoformat() if value else ""


def month(value: Day) -> str:
    """2026年3月; English Mar 2026."""
    return dates.format_month(_day(value), _language()) if value else ""


def ago(value: Day, now: datetime | None = None) -> str:
    """3 个月前, 26 分钟前. `now` is for tests and pages that already read the clock."""
    if not value:
        return ""
    moment = now or clock.now()
    if isinstance(value, datetime):
        return dates.relative_moment(value, moment, _language())
    return dates.relative_day(value, dates.local_day(moment), _language())


def wait(value: timedelta | float | Decimal | None) -> str:
    """How long something waits: 26 分钟, 1 小时 34 分, 4 天. Numbers are seconds."""
    if value is None:
        return ""
    seconds = value.total_seconds() if isinstance(value, timedelta) else float(value)
    minutes = max(int(seconds // 60), 0)
    hours, rest = divmod(minutes, 60)
    if hours >= 24:
        return ngettext("%(n)s day", "%(n)s days", hours // 24) % {"n": hours // 24}
    if not hours:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    if not rest:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def money(value: Decimal | int | None) -> str:
    """¥12,345.00."""
    return cash.format_cny(value)


def wan(value: Decimal | int | None) -> str:
    """36 万, 1.5 万; below 10,000 the full amount."""
    return cash.format_wan(value)


def band(low: Decimal | int | None, high: Decimal | int | None = None) -> str:
    """Monthly pay in CNY as people say it: `low|band:high` gives 30–38K, 30K+ or ≤38K."""
    return cash.format_band(low, high)


def k(value: Decimal | int | None) -> str:
    """Monthly pay in CNY: 35K."""
    return cash.format_band(value, value)


def thousands(value: int | Decimal | None) -> str:
    """4,655."""
    return "" if value is None else f"{value:,}"


def initial(name: object) -> str:
    """What the avatar shows: the first character of the name, never a photo."""
    return str(name or "").strip()[:1].upper() or "?"


def marked(text: str, spans: Iterable[tuple[int, int]] | None = None) -> SafeString:
    """`text` escaped, with `<mark>` around the half-open (start, end) `spans`; overlapping spans join."""
    pieces: list[tuple[str, str, str]] = []
    at = 0
    for start, end in sorted(spans or ()):
        if end <= at:
            continue
        begin = max(start, at)
        pieces.append((text[at:begin], text[begin:end], ""))
        at = end
    head = format_html_join("", "{}<mark>{}</mark>{}", pieces)
    return format_html("{}{}", head, conditional_escape(text[at:]))


def stacked(parts: Iterable[Any] | None) -> list[dict[str, Any]]:
    """Bar segments laid end to end: each part's `value` and `tone` with its start `x`, in the same unit."""
    laid: list[dict[str, Any]] = []
    x = 0
    for part in parts or ():
        value = part["value"] if isinstance(part, dict) else part.value
        tone = part["tone"] if isinstance(part, dict) else part.tone
        laid.append({"x": x, "value": value, "tone": tone})
        x += value
    return laid


FILTERS: tuple[Callable[..., object], ...] = (
    cn_date,
    cn_datetime,
    short_date,
    clock_time,
    src_date,
    month,
    ago,
    wait,
    money,
    wan,
    band,
    k,
    thousands,
    initial,
    marked,
    stacked,
)
