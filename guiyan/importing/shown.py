"""How a report is shown: parts of the bar, columns, refused rows in the reader's language."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from guiyan.importing.engine.model import Place
from guiyan.importing.history import where_of
from guiyan.importing.queries import BatchReport, IssueLine
from guiyan.importing.words import FIELDS, KEPT
from guiyan.kernel.dates import is_chinese

SURE = 0.95


TONES = {"RECEIVED": "wait", "READ": "info", "RUNNING": "wait", "FAILED": "bad", "DONE": "ok"}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One earlier import in the list."""

    id: int
    created_at: datetime
    by_name: str
    state_label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the progress bar."""

    value: int
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of a file and what it was taken for."""

    header: str
    meaning: str
    sure: bool
    taken: bool
    sheet: str


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One refused thing in the reader's language."""

    file: str
    sheet: str
    where: str
    field: str
    raw: str
    reason: str
    fix: str
    refused: str


def batch_line(report: BatchReport) -> BatchLine:
    """A list entry with the tone of its state."""
    return BatchLine(report.id, report.created_at, report.by_name, report.state_label, TONES[report.state])


def parts_of(report: BatchReport) -> list[Part]:
    """Rows by what becomes of them."""
    totals = report.totals
    if not totals:
        return []
    waiting = totals["questions"]
    return [
        Part(totals["written"], "a", _("Can be written")),
        Part(waiting, "b", _("Need an answer")),
        Part(totals["refused"], "d", _("Not taken")),
    ]


def column_rows(report: BatchReport) -> list[ColumnRow]:
    """Each header once, with its meaning; the doubtful ones first."""
    seen: dict[tuple[str, str], ColumnRow] = {}
    for file in report.files:
        for column in file.columns:
            meaning = FIELDS.get(column["field"])
            key = (column["header"], column["field"])
            if column["header"] and key not in seen:
                words = str(meaning) if meaning else _("Not understood")
                if column["field"] in KEPT:
                    words = _("%(what)s (kept with the row)") % {"what": words}
                sure = column["sure"] >= SURE
                seen[key] = ColumnRow(column["header"], words, sure, meaning is not None, column["sheet"])
    return sorted(seen.values(), key=lambda row: row.sure and row.taken)


def issue_rows(report: BatchReport, language: str) -> list[IssueRow]:
    """All issues of all files, in order."""
    chinese = is_chinese(language)
    return [_issue_row(issue, chinese=chinese) for file in report.files for issue in file.issues]


def _issue_row(issue: IssueLine, *, chinese: bool) -> IssueRow:
    place = Place(issue.file, issue.sheet, issue.row, None, issue.column, issue.record, issue.line)
    name = FIELDS.get({"exp": "expected_salary"}.get(issue.field, issue.field))
    return IssueRow(
        issue.file, issue.sheet, where_of(place), str(name) if name else "", issue.raw,
        issue.reason_zh if chinese else issue.reason_en, issue.fix_zh if chinese else issue.fix_en, issue.refused,
    )  # fmt: skip
