"""Read one file from its bytes: records, issues, ignored rows. Never raises for what a file may hold."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from guiyan.importing.engine import delimited, opening, xlsx
from guiyan.importing.engine.grid import Row, Sheet
from guiyan.importing.engine.legend import learn, legend_of, status_by_colour
from guiyan.importing.engine.model import FileResult, ImportedRecord, ImportIssue, Place
from guiyan.importing.engine.sheets import SheetReader


def read_file(name: str, data: bytes, *, today: date) -> FileResult:
    """Everything a file says. `name` is only repeated in places; `today` decides which dates are in the future.

    A file that cannot be opened gives one issue with `refused="file"` and no records.
    """
    kind = opening.kind_of(data)
    try:
        if kind == "zip":
            return _read_sheets(name, "xlsx", list(xlsx.read_workbook(opening.open_package(data))), today)
        if kind == "text":
            return _read_sheets(name, "csv", [_text_sheet(data)], today)
        raise opening.Unreadable(_refusal(kind, name, data))
    except opening.Unreadable as refusal:
        issue = ImportIssue(Place(name), refusal.code, "file", refusal.detail, refused="file")
        return FileResult(name, kind, issues=(issue,))


def _refusal(kind: str, name: str, data: bytes) -> str:
    """The code for a file that is no table, by what it really is. (Excel keeps encrypted workbooks in OLE files.)"""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if kind == "empty":
        return "empty_file"
    if kind == "ole":
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "password_protected"
        return "old_excel" if ending in ("xls", "doc") else "wrong_extension_ole"
    if kind == "pdf" and b"/Encrypt" in data:
        return "password_protected"
    if kind == "html" and ending not in ("html", "htm", "xml"):
        return "wrong_extension_html"
    return "wrong_kind"


def _text_sheet(data: bytes) -> Sheet:
    """A text table as a sheet; rows that do not fit the header are sorted out by the reader."""
    rows = delimited.rows_of(delimited.decode(data))
    if not any(len(row.cells) > 1 for row in rows):
        raise opening.Unreadable("wrong_kind", "no table")
    lines: dict[int, int] = {}
    source: dict[int, delimited.TextRow] = {}
    sheet = Sheet("", {}, lines=lines, source=source)
    sheet.usual_width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    for number, row in enumerate(rows, start=1):
        cells: Row = {column: text for column, text in enumerate(row.cells, start=1) if text}
        lines[number] = row.line
        source[number] = row
        if cells:
            sheet.rows[number] = cells
    return sheet


def _read_sheets(name: str, kind: str, sheets: Sequence[Sheet], today: date) -> FileResult:
    legend = legend_of(sheets)
    readers = [SheetReader(name, sheet, today) for sheet in sheets]
    for reader in readers:
        reader.read()
    drafts = [draft for reader in readers for draft in reader.records]
    learned = learn((colour, record.facts.status or "") for record, colour in drafts if colour)
    records = [_coloured(record, colour, legend, learned) for record, colour in drafts]
    return FileResult(
        name, kind, tuple(records),
        tuple(issue for reader in readers for issue in reader.issues),
        tuple(row for reader in readers for row in reader.ignored),
        tuple(column for reader in readers for column in reader.columns),
    )  # fmt: skip


def _coloured(
    record: ImportedRecord, colour: str, legend: dict[str, str], learned: dict[str, str]
) -> ImportedRecord:
    """Fill an outcome that only the colour tells."""
    facts = record.facts
    if facts.status or not colour or not facts.is_interview:
        return record
    status = status_by_colour(colour, legend, learned, facts.evaluation or "")
    return (
        replace(record, facts=replace(facts, status=status, status_from="fill_colour")) if status else record
    )


def sort_places(issues: Iterable[ImportIssue]) -> list[ImportIssue]:
    """Issues in the order of the file."""
    return sorted(
        issues,
        key=lambda issue: (issue.place.file, issue.place.sheet, issue.place.row or issue.place.record or 0),
    )
