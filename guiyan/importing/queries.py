"""Reads of importing: batches, their report, questions, and the comparison with a truth file."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guiyan.importing.engine.codes import explain
from guiyan.importing.engine.comparing import Comparison, Key, Reported, Taken, compare
from guiyan.importing.engine.model import Facts, ImportedRecord, Place
from guiyan.importing.engine.wire import facts_from
from guiyan.importing.history import source_of
from guiyan.importing.models import ImportBatch, ImportFile, ImportIssueRow, ImportRow
from guiyan.importing.policies import VERB
from guiyan.kernel.emails import mask_email
from guiyan.kernel.errors import NotFound
from guiyan.kernel.phones import mask_phone
from guiyan.platform.actors import Actor
from guiyan.recruiting.queries.identify import Choice, choices, held_facts

SHOWN_ISSUES = 200


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One reported issue with its words in both languages."""

    file: str
    sheet: str
    row: int | None
    column: str
    record: int | None
    line: int | None
    field: str
    raw: str
    code: str
    refused: str
    reason_zh: str
    reason_en: str
    fix_zh: str
    fix_en: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file of a batch: what it was, how its columns were understood, what it gave."""

    id: int
    name: str
    kind: str
    size: int
    counts: dict[str, Any]
    columns: list[dict[str, Any]]
    issues: list[IssueLine] = field(default_factory=list)
    more_issues: int = 0


@dataclass(frozen=True, slots=True)
class BatchReport:
    """A whole import."""

    id: int
    state: str
    state_label: str
    created_at: datetime
    finished_at: datetime | None
    by_name: str
    done: int
    total: int
    totals: dict[str, int]
    files: list[FileReport] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Question:
    """A row that waits for someone to say who it is about."""

    row_id: int
    name: str
    where: str
    position: str
    day: str
    words: str
    contact: str
    choices: list[Choice]


def recent_batches(*, actor: Actor, limit: int = 20) -> list[BatchReport]:
    """The latest imports, without their files. One statement. Raises NotAllowed."""
    actor.require(VERB)
    return [_report(batch) for batch in ImportBatch.objects.order_by("-created_at", "-pk")[:limit]]


def batch_report(*, actor: Actor, batch_id: int, issues_per_file: int = SHOWN_ISSUES) -> BatchReport:
    """One import with files and issues. Three statements. Raises NotAllowed, NotFound."""
    actor.require(VERB)
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound()
    report = _report(batch)
    files = list(batch.files.defer("records", "upload"))
    by_file: dict[int, list[ImportIssueRow]] = {file.pk: [] for file in files}
    for issue in ImportIssueRow.objects.filter(file__batch=batch):
        by_file[issue.file_id].append(issue)
    for file in files:
        lines = [_line(file, issue) for issue in by_file[file.pk][:issues_per_file]]
        more = max(len(by_file[file.pk]) - issues_per_file, 0)
        report.files.append(
            FileReport(file.pk, file.name, file.kind, file.size, file.counts, file.columns, lines, more)
        )
    return report


def unfinished_batch(*, actor: Actor, hashes: Iterable[str]) -> int | None:
    """The batch of exactly these file contents that was interrupted, if there is one. Raises NotAllowed."""
    actor.require(VERB)
    wanted = sorted(hashes)
    states = (ImportBatch.State.RECEIVED, ImportBatch.State.READ, ImportBatch.State.RUNNING)
    for batch in ImportBatch.objects.filter(state__in=states).order_by("-pk")[:20]:
        if sorted(batch.files.values_list("sha256", flat=True)) == wanted:
            return batch.pk
    return None


def _report(batch: ImportBatch) -> BatchReport:
    return BatchReport(
        batch.pk, str(batch.state), str(ImportBatch.State(batch.state).label), batch.created_at, batch.finished_at,
        batch.by_name, batch.done, batch.total, batch.totals,
    )  # fmt: skip


def _line(file: ImportFile, issue: ImportIssueRow) -> IssueLine:
    words = explain(issue.code)
    return IssueLine(
        file.name, issue.sheet, issue.row, issue.column, issue.record, issue.line, issue.field, issue.raw or "",
        issue.code, issue.refused, words.zh, words.en, words.fix_zh, words.fix_en,
    )  # fmt: skip


def questions(*, actor: Actor, batch_id: int) -> list[Question]:
    """Rows of a batch that wait for an answer, in file order, with the dossiers it may be. Raises NotAllowed."""
    actor.require(VERB)
    waiting = ImportRow.objects.filter(file__batch_id=batch_id, state=ImportRow.State.QUESTION)
    pairs = [
        (row, record_of(row)) for row in waiting.select_related("file").defer("file__records", "file__upload")
    ]
    offered = choices(actor, {record.facts.name for _row, record in pairs if record.facts.name})
    return [_question(row, record, offered) for row, record in pairs]


def _question(row: ImportRow, record: ImportedRecord, offered: dict[str, list[Choice]]) -> Question:
    facts = record.facts
    contact = mask_phone(facts.phones[0]) if facts.phones else mask_email(facts.email)
    return Question(
        row.pk, facts.name or "", source_of(record.place), facts.position or "", facts.date.isoformat() if facts.date else "",
        (facts.evaluation or "")[:200], contact, offered.get(facts.name or "", []),
    )  # fmt: skip


def record_of(row: ImportRow) -> ImportedRecord:
    """The record a row was made from (its `file` must be loaded)."""
    place = Place(row.file.name, row.sheet, row.row, row.row_end, row.column, row.record, row.line)
    return ImportedRecord(place, facts_from(json.loads(row.facts)), tuple(row.warnings))


def compare_with_truth(truth: dict[str, Any]) -> Comparison:
    """Everything imported so far from the files a truth names, against it; a system read.

    `figures["dossiers"]` says of each kind of fact in how many written rows the dossier really holds it.
    """
    names = {record["file"] for record in truth["records"]} | {error["file"] for error in truth["errors"]}
    latest = {
        file.name: file
        for file in ImportFile.objects.filter(name__in=names).defer("records", "upload").order_by("pk")
    }
    rows = list(
        ImportRow.objects.filter(file__name__in=latest)
        .select_related("file")
        .defer("file__records", "file__upload")
    )
    repeated = [
        Taken(
            _key(row.file.name, row),
            json.loads(row.facts),
            tuple(row.warnings),
            row.candidate_id,
            row.application_id,
        )
        for row in rows
        if row.state != ImportRow.State.REFUSED
    ]
    issues = ImportIssueRow.objects.filter(file__in=[file.pk for file in latest.values()]).select_related(
        "file"
    )
    reported = [
        Reported(_key(issue.file.name, issue), issue.code, issue.field, issue.raw or "")
        for issue in issues.defer("file__records", "file__upload")
    ]
    comparison = compare(truth, repeated, reported, set(latest))
    states = Counter(str(row.state) for row in rows)
    comparison.figures["states"] = {
        "written": states["WRITTEN"], "questions": states["QUESTION"], "refused": states["REFUSED"],
    }  # fmt: skip
    comparison.figures["dossiers"] = _arrived(rows)
    return comparison


def _key(name: str, row: ImportRow | ImportIssueRow) -> Key:
    return name, row.sheet, row.record or row.row or 0, row.column


def _pay(facts: Facts) -> set[str]:
    """The sum as dossiers hold it; the words where there is no sum."""
    if facts.salary_month_min is not None or facts.salary_month_max is not None:
        return {f"{facts.salary_month_min}–{facts.salary_month_max}"}
    return {facts.salary_raw} if facts.salary_raw else set()


def _arrived(rows: Iterable[ImportRow]) -> dict[str, dict[str, int]]:
    """Written facts that stand in the dossier, by kind."""
    written = [row for row in rows if row.state == ImportRow.State.WRITTEN and row.candidate_id is not None]
    held = held_facts({row.candidate_id for row in written if row.candidate_id})
    counts: dict[str, Counter[str]] = {}
    for row in written:
        dossier, facts = held[row.candidate_id or 0], facts_from(json.loads(row.facts))
        for kind, wanted, have in (
            ("name", {facts.name} - {None}, {dossier.name}),
            ("phones", set(facts.phones), dossier.contacts),
            ("email", {facts.email} - {None}, dossier.contacts),
            ("date", {facts.date} - {None}, dossier.days),
            ("evaluation", {facts.evaluation} - {None}, dossier.words),
            ("salary", _pay(facts), dossier.pay),
        ):
            if wanted:
                count = counts.setdefault(kind, Counter(rows=0, held=0))
                count["rows"] += 1
                count["held"] += wanted <= have
    return {kind: dict(count) for kind, count in counts.items()}
