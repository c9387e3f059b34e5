"""Half-open spans of local dates: [start, before). Law and HR facts hold for days, not for instants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


class EmptyPeriod(ValueError):
    """A period must hold at least one day."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` up to, but not including, `before`."""

    start: date
    before: date

    def __post_init__(self) -> None:
        if self.before <= self.start:
            raise EmptyPeriod(f"{self.start} .. {self.before} holds no day")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.before

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=n) for n in range(self.days))

    @property
    def days(self) -> int:
        return (self.before - self.start).days

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.before - timedelta(days=1)

    def overlaps(self, other: "Period") -> bool:
        return self.start < other.before and other.start < self.before

    def common_with(self, other: "Period") -> "Period | None":
        """The shared days, or None."""
        start, before = max(self.start, other.start), min(self.before, other.before)
        return Period(start, before) if start < before else None


def add_months(day: date, months: int) -> date:
    """Same day of a later (or earlier) month; the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def year_period(year: int) -> Period:
    """1 January to 31 December."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def half_period(year: int, half: int) -> Period:
    """`half` 1 = January to June, 2 = July to December."""
    start = date(year, 1 + 6 * (half - 1), 1)
    return Period(start, add_months(start, 6))


def quarter_period(year: int, quarter: int) -> Period:
    """`quarter` 1 to 4."""
    start = date(year, 1 + 3 * (quarter - 1), 1)
    return Period(start, add_months(start, 3))


def month_period(year: int, month: int) -> Period:
    """One calendar month."""
    start = date(year, month, 1)
    return Period(start, add_months(start, 1))
