"""What reading yields: where a fact stood, the facts of a record, what was refused, what was passed over."""

import datetime as dt
from dataclasses import dataclass, field, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file. Spreadsheets: sheet, row (from 1), a card's last row, a column for
    people arranged across. Text tables: record (from 1, header not counted) and physical line."""

    file: str
    sheet: str = ""
    row: int | None = None
    row_end: int | None = None
    column: str = ""
    record: int | None = None
    line: int | None = None

    def label(self) -> str:
        """`file · sheet · row`, the source that every imported fact carries."""
        if self.record is not None:
            where = [f"record {self.record}", f"line {self.line}"]
        else:
            span = f"{self.row}-{self.row_end}" if self.row_end else f"{self.row}"
            where = [self.sheet, f"row {span}" if self.row else ""]
        if self.column:
            where.append(f"column {self.column}")
        return " · ".join([self.file, *[part for part in where if part]])


@dataclass(frozen=True, slots=True)
class Facts:
    """What one record says. Empty means the file does not say it. Pay is CNY a month before tax, whole yuan."""

    name: str | None = None
    name_raw: str | None = None
    name_remark: str | None = None
    english_name: str | None = None
    gender: str | None = None  # "M" | "F"
    birth: str | None = None
    age_at_interview: int | None = None
    phones: tuple[str, ...] = ()  # E.164
    email: str | None = None
    wechat: str | None = None
    id_no: str | None = None
    candidate_no: str | None = None
    city: str | None = None
    years: int | None = None  # of experience, on the day of the interview
    degree: str | None = None
    school: str | None = None
    last_company: str | None = None
    last_title: str | None = None
    current_salary_month: int | None = None
    interview_no: str | None = None
    position: str | None = None
    department: str | None = None
    date: dt.date | None = None
    round: str | None = None
    interviewers: tuple[str, ...] = ()
    evaluation: str | None = None
    rating: str | None = None
    status: str | None = None  # rejected | hired | withdrawn | pending | no_show
    reason_type: str | None = None
    reason_text: str | None = None
    salary_month_min: int | None = None
    salary_month_max: int | None = None
    salary_raw: str | None = None
    channel: str | None = None
    referrer: str | None = None
    expectations: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    comment: str | None = None
    free_text: str | None = None
    blacklisted: bool = False
    contact_allowed: bool | None = None  # False: asked not to be contacted
    hidden_sheet: bool = False
    literal_text: bool = False  # starts like a formula; it is text, and is neutralised on export
    status_from: str | None = None
    date_from: str | None = None
    unit_from_header: str | None = None
    from_hidden_column: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()  # columns nobody understood, kept as (header, text)

    def stated(self) -> dict[str, Any]:
        """Only what the file says, by field name, JSON-ready (tuples as lists, dates as ISO)."""
        out: dict[str, Any] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if value is None or (value is False and item.name != "contact_allowed") or value == ():
                continue
            out[item.name] = _plain(value)
        return out

    @property
    def is_interview(self) -> bool:
        """An interview happened (or was meant to); otherwise the record only names a person."""
        return bool(self.date or self.evaluation or self.interviewers or self.status or self.interview_no)


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """One row, card or column that was taken, with codes of what a person should still look at."""

    place: Place
    facts: Facts
    warnings: tuple[str, ...] = ()

    def warned(self, code: str) -> "ImportedRecord":
        """The same record with one more warning."""
        return self if code in self.warnings else replace(self, warnings=(*self.warnings, code))


@dataclass(frozen=True, slots=True)
class ImportIssue:
    """Something refused or blanked. `code` is explained in `codes.py` in Chinese and English."""

    place: Place
    code: str
    field: str = ""
    raw: str = ""
    refused: str = "field"  # "field": blanked, the rest taken; "row": not taken; "file": nothing taken


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A row that is not a record: title, header, header_group, subtotal, total, blank, footer, group_row, …"""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """How one column was understood: its header, the field it means, and how sure (0–1)."""

    sheet: str
    header: str
    field: str
    sure: float


@dataclass(frozen=True, slots=True)
class FileResult:
    """Everything one file gave."""

    file: str
    kind: str = ""  # "xlsx" | "csv" | what it was found to be
    records: tuple[ImportedRecord, ...] = ()
    issues: tuple[ImportIssue, ...] = ()
    ignored: tuple[IgnoredRow, ...] = ()
    columns: tuple[ColumnMeaning, ...] = field(default=())


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
