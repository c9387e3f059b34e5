"""Working-time arithmetic: which days count in China, and moments so many working hours later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from guiyan.kernel.dates import SHANGHAI, local_day

_FAR = 366 * 20  # days; a calendar on which nobody ever works must not loop for ever


class NoWorkingTime(ValueError):
    """The calendar holds no working time within twenty years of the start."""


@dataclass(frozen=True)
class WorkCalendar:
    """Which local days are worked, and between which hours.

    `days_off` are weekdays nobody works (public holidays); `extra_workdays` are weekend days that are
    worked in exchange (调休). Outside [`known_from`, `known_before`) only weekends are known: ask `covers`.
    """

    days_off: frozenset[date] = frozenset()
    extra_workdays: frozenset[date] = frozenset()
    known_from: date | None = None
    known_before: date | None = None
    shifts: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13), time(18)))
    zone: ZoneInfo = SHANGHAI

    def covers(self, day: date) -> bool:
        """True where public holidays are known; elsewhere every weekday counts as worked."""
        return bool(self.known_from and self.known_before and self.known_from <= day < self.known_before)

    def is_workday(self, day: date) -> bool:
        """Is this local day worked?"""
        if day in self.extra_workdays:
            return True
        return day.weekday() < 5 and day not in self.days_off

    def shifts_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The worked spans of a local day as aware moments; empty on a day off."""
        if not self.is_workday(day):
            return []
        return [
            (datetime.combine(day, opens, self.zone), datetime.combine(day, closes, self.zone))
            for opens, closes in self.shifts
        ]

    @property
    def day_length(self) -> timedelta:
        """Working time of one full day."""
        day = date(2000, 1, 3)
        spans = ((datetime.combine(day, a), datetime.combine(day, b)) for a, b in self.shifts)
        return sum((b - a for a, b in spans), timedelta())


@lru_cache(maxsize=1)
def china_calendar() -> WorkCalendar:
    """Public holidays and adjusted working days as announced by the State Council, from `chinese_calendar`.

    The package knows whole years only, the last one being the year already announced.
    """
    from chinese_calendar.constants import holidays, workdays

    years = [day.year for day in holidays]
    return WorkCalendar(
        days_off=frozenset(holidays),
        extra_workdays=frozenset(workdays),
        known_from=date(min(years), 1, 1),
        known_before=date(max(years) + 1, 1, 1),
    )


def _duration(hours: Decimal | int) -> timedelta:
    return timedelta(seconds=int(Decimal(hours) * 3600))


def _spans_from(start: datetime, calendar: WorkCalendar) -> Iterator[tuple[datetime, datetime]]:
    """Worked spans that end after `start`, in time order, for twenty years."""
    first = local_day(start, calendar.zone)
    for offset in range(_FAR):
        for opens, closes in calendar.shifts_on(first + timedelta(days=offset)):
            if closes > start:
                yield max(opens, start), closes


def add_working_hours(start: datetime, hours: Decimal | int, calendar: WorkCalendar) -> datetime:
    """The moment (UTC) at which `hours` working hours have passed since the aware moment `start`.

    Zero hours outside working time give the next opening. Raises NoWorkingTime on an empty calendar.
    """
    left = _duration(hours)
    for opens, closes in _spans_from(start.astimezone(UTC), calendar):
        begin, end = opens.astimezone(UTC), closes.astimezone(UTC)
        if left <= end - begin:
            return begin + left
        left -= end - begin
    raise NoWorkingTime(f"no working time after {start}")


def working_hours_between(start: datetime, end: datetime, calendar: WorkCalendar) -> Decimal:
    """Working hours in [start, end), to the second; 0 when `end` is not later. Both are aware."""
    total = timedelta()
    if end <= start:
        return Decimal(0)
    for opens, closes in _spans_from(start.astimezone(UTC), calendar):
        if opens >= end:
            break
        total += min(closes.astimezone(UTC), end) - opens.astimezone(UTC)
    return Decimal(int(total.total_seconds())) / Decimal(3600)


def add_working_days(day: date, days: int, calendar: WorkCalendar) -> date:
    """The `days`-th working day after `day` (0: `day` itself, or the next working day)."""
    current, left = day, days
    for _ in range(_FAR):
        if calendar.is_workday(current) and left <= 0:
            return current
        current += timedelta(days=1)
        if calendar.is_workday(current):
            left -= 1
            if left <= 0:
                return current
    raise NoWorkingTime(f"no working day after {day}")
