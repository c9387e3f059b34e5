"""Gap-free numbers per kind and year, such as MS-2026-000123."""

from guiyan.platform.models import YearSequence


def take_number(kind: str, year: int, *, width: int = 6) -> str:
    """The next number, inside the caller's transaction: a rollback gives it back, so there is no gap."""
    YearSequence.objects.get_or_create(kind=kind, year=year)
    row = YearSequence.objects.select_for_update().get(kind=kind, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{kind}-{year}-{row.last:0{width}d}"


def take_numbers(kind: str, year: int, count: int, *, width: int = 6) -> list[str]:
    """The next `count` numbers at once, for bulk writers."""
    YearSequence.objects.get_or_create(kind=kind, year=year)
    row = YearSequence.objects.select_for_update().get(kind=kind, year=year)
    first, row.last = row.last + 1, row.last + count
    row.save(update_fields=["last"])
    return [f"{kind}-{year}-{number:0{width}d}" for number in range(first, row.last + 1)]
