"""A FileResult as JSON and back: how the reading child hands it over, and how rows are kept."""

from dataclasses import asdict
from datetime import date
from typing import Any

from guiyan.importing.engine.model import (
    ColumnMeaning,
    Facts,
    FileResult,
    IgnoredRow,
    ImportedRecord,
    ImportIssue,
    Place,
)


def facts_to(facts: Facts) -> dict[str, Any]:
    """Only what is stated."""
    return facts.stated()


def facts_from(data: dict[str, Any]) -> Facts:
    """Facts again. Raises TypeError for a field nobody knows, ValueError for a broken date."""
    plain: dict[str, Any] = {
        key: _tuple(value) if isinstance(value, list) else value for key, value in data.items()
    }
    if "date" in plain:
        plain["date"] = date.fromisoformat(plain["date"])
    return Facts(**plain)


def result_to(result: FileResult) -> dict[str, Any]:
    """The whole result as plain lists and dicts."""
    return {
        "file": result.file,
        "kind": result.kind,
        "records": [
            {"place": asdict(r.place), "facts": facts_to(r.facts), "warnings": list(r.warnings)}
            for r in result.records
        ],
        "issues": [asdict(issue) for issue in result.issues],
        "ignored": [asdict(row) for row in result.ignored],
        "columns": [asdict(column) for column in result.columns],
    }


def record_from(data: dict[str, Any]) -> ImportedRecord:
    """One record again."""
    return ImportedRecord(Place(**data["place"]), facts_from(data["facts"]), tuple(data["warnings"]))


def result_from(data: dict[str, Any]) -> FileResult:
    """The result again."""
    return FileResult(
        data["file"],
        data["kind"],
        tuple(record_from(record) for record in data["records"]),
        tuple(ImportIssue(**{**issue, "place": Place(**issue["place"])}) for issue in data["issues"]),
        tuple(IgnoredRow(Place(**row["place"]), row["why"]) for row in data["ignored"]),
        tuple(ColumnMeaning(**column) for column in data["columns"]),
    )


def _tuple(value: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuple(item) if isinstance(item, list) else item for item in value)
