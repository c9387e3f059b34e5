"""Every write of importing: checking files, writing a batch in safe pieces, answering a question."""

import hashlib
import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.importing import events
from guiyan.importing.apart import MAX_FILE, read_apart
from guiyan.importing.engine import same
from guiyan.importing.engine.model import FileResult, ImportedRecord
from guiyan.importing.engine.wire import record_from, result_to
from guiyan.importing.history import history_row
from guiyan.importing.models import ContactKey, ImportBatch, ImportFile, ImportIssueRow, ImportRow
from guiyan.importing.placing import Plan, contact_index, make_plan
from guiyan.importing.policies import VERB, require_candidate
from guiyan.importing.queries import record_of
from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import Conflict, InvalidInput, NotFound, Refused, gettext_noop
from guiyan.platform.actors import Actor
from guiyan.platform.crypto.seal import blind_index
from guiyan.platform.events import emit
from guiyan.recruiting.commands import HistoryResult, record_history

PIECE = 250  # rows a transaction; a kill loses at most one piece, and the next run goes on after it
ROW_KEY = "importing_importrow.row_key"
MAX_FILES = 50
Progress = Callable[[int, int], None]
State = ImportRow.State


class NothingToImport(Refused):
    """No file of the batch could be read."""

    code = "nothing_to_import"
    message = gettext_noop("None of the files could be read, so there is nothing to write.")
    fix = gettext_noop("Look at the report, repair the files and upload them again.")


class NameNeeded(Refused):
    """A new dossier needs a name."""

    code = "name_needed"
    message = gettext_noop("This row has no name, so a new dossier cannot be made from it.")
    fix = gettext_noop("Enter the name, or choose the dossier it belongs to.")


@transaction.atomic
def receive_files(*, actor: Actor, files: Sequence[tuple[str, bytes]], now: datetime) -> ImportBatch:
    """Take files in, unread and sealed, until `check_batch` looks at them.

    Raises NotAllowed, InvalidInput (no file, too many, or one that is too large).
    """
    actor.require(VERB)
    if not 1 <= len(files) <= MAX_FILES:
        raise refuse_files(
            _("%(n)d files were sent.") % {"n": len(files)}, _("Send 1 to %(n)d files.") % {"n": MAX_FILES}
        )
    for name, data in files:
        if len(data) > MAX_FILE:
            raise refuse_files(
                _("“%(name)s” is too large.") % {"name": name[-80:]}, _("Split it into files below 64 MB.")
            )
    batch = ImportBatch.objects.create(created_at=now, by=actor.user_id, by_name=actor.name)
    for order, (name, data) in enumerate(files):
        ImportFile(
            batch=batch, order=order, name=name[-200:], sha256=hashlib.sha256(data).hexdigest(), size=len(data),
            upload=b64encode(data).decode(),
        ).save()  # fmt: skip
    return batch


def refuse_files(problem: str, remedy: str) -> InvalidInput:
    """A refusal about the files sent (words already translated)."""
    return InvalidInput(field=_("Files"), problem=problem, remedy=remedy)


def check_batch(*, actor: Actor, batch_id: int, now: datetime) -> ImportBatch:
    """Dry run: read the files, decide where everything would go, keep the report. No dossier changes.

    Each file is read in a child process of its own; one that breaks is reported and harms no other. Safe to call
    again. Emits BatchRead. Raises NotAllowed, NotFound.
    """
    actor.require(VERB)
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound()
    if batch.state != ImportBatch.State.RECEIVED:
        return batch
    today = local_day(now)
    results = [
        (file, read_apart(file.name, b64decode(file.upload or ""), today=today)) for file in batch.files.all()
    ]
    return _keep_readings(actor=actor, batch_id=batch_id, results=results, now=now)


@transaction.atomic
def _keep_readings(
    *, actor: Actor, batch_id: int, results: Sequence[tuple[ImportFile, FileResult]], now: datetime
) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ImportBatch.State.RECEIVED:
        return batch
    for file, result in results:
        _keep_reading(file, result)
    records = [record for _file, result in results for record in result.records]
    plan = make_plan(records, _known(records))
    batch.total = len(records)
    batch.totals = _totals([result for _file, result in results], plan)
    batch.move_to(ImportBatch.State.READ)
    batch.save(update_fields=["state", "total", "totals"])
    emit(events.BatchRead(batch_id=batch.pk, files=len(results), rows=len(records), at=now), actor=actor)
    return batch


def _keep_reading(file: ImportFile, result: FileResult) -> None:
    file.kind, file.counts, file.upload = result.kind[:10], _counts(result), None
    file.columns = [asdict(column) for column in result.columns if column.field not in ("seq", "ignore")]
    file.records = json.dumps(result_to(result)["records"], ensure_ascii=False)
    file.save()
    ImportIssueRow.objects.bulk_create(
        (
            ImportIssueRow(
                file=file, code=issue.code, field=issue.field[:30], refused=issue.refused, sheet=issue.place.sheet[:120],
                row=issue.place.row, column=issue.place.column[:4], record=issue.place.record, line=issue.place.line,
                raw=issue.raw[:500] or None,
            )
            for issue in result.issues
        ),
        batch_size=500,
    )  # fmt: skip


def _counts(result: FileResult) -> dict[str, Any]:
    return {
        "rows": len(result.records),
        "rows_refused": sum(issue.refused == "row" for issue in result.issues),
        "fields_refused": sum(issue.refused == "field" for issue in result.issues),
        "file_refused": any(issue.refused == "file" for issue in result.issues),
        "ignored": dict(Counter(row.why for row in result.ignored)),
        "codes": dict(Counter(issue.code for issue in result.issues)),
    }


def _totals(results: Sequence[FileResult], plan: Plan) -> dict[str, int]:
    """Counts for the head of the report."""
    states = Counter(placed.state for placed in plan.placed)
    written = [placed for placed in plan.placed if placed.state == State.WRITTEN]
    people = {placed.person for placed in written}
    interviews = {placed.interview for placed in written if placed.interview is not None}
    known = people & plan.candidate_of.keys()
    return {
        "files": len(results),
        "files_refused": sum(any(i.refused == "file" for i in result.issues) for result in results),
        "rows": len(plan.placed),
        "written": states[State.WRITTEN],
        "questions": states[State.QUESTION],
        "refused": states[State.REFUSED] + sum(i.refused == "row" for r in results for i in r.issues),
        "fields_refused": sum(i.refused == "field" for r in results for i in r.issues),
        "ignored": sum(len(result.ignored) for result in results),
        "people": len(people),
        "new_people": len(people - known),
        "known_people": len(known),
        "interviews": len(interviews),
        "repeats": sum("same_interview_repeated" in placed.warnings for placed in plan.placed),
    }


def run_batch(*, actor: Actor, batch_id: int, now: datetime, progress: Progress | None = None) -> ImportBatch:
    """Write a checked batch into dossiers, piece by piece, each piece in its own transaction.

    Safe to call again after any interruption: rows already written are passed over, and the end is reached once.
    Raises NotAllowed, NotFound, NothingToImport.
    """
    batch = begin_batch(actor=actor, batch_id=batch_id)
    if batch.state == ImportBatch.State.DONE:
        return batch
    pairs = _kept_records(batch)
    records = [record for _, record in pairs]
    plan = make_plan(records, _known(records))
    order = sorted(range(len(records)), key=lambda i: (plan.placed[i].person, i))
    for start in range(0, len(order), PIECE):
        piece = [(i, *pairs[i]) for i in order[start : start + PIECE]]
        _write_piece(actor=actor, batch=batch, piece=piece, plan=plan, now=now)
        if progress:
            progress(min(start + PIECE, len(order)), len(order))
    return _finish(actor=actor, batch=batch, plan=plan, now=now)


@transaction.atomic
def begin_batch(*, actor: Actor, batch_id: int) -> ImportBatch:
    """Order a checked batch to be written. Once begun or done, nothing changes. Raises as `run_batch`, IllegalMove."""
    actor.require(VERB)
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound()
    if batch.state not in (ImportBatch.State.RUNNING, ImportBatch.State.DONE):
        if batch.state == ImportBatch.State.READ and batch.total == 0:
            raise NothingToImport()
        batch.move_to(ImportBatch.State.RUNNING)
        batch.save(update_fields=["state"])
    return batch


def _kept_records(batch: ImportBatch) -> list[tuple[int, ImportedRecord]]:
    """(file id, record) of all files, as they were read when the batch was checked."""
    pairs: list[tuple[int, ImportedRecord]] = []
    for file in batch.files.exclude(records=None):
        pairs += [(file.pk, record_from(data)) for data in json.loads(file.records)]
    return pairs


def row_key(record: ImportedRecord) -> bytes:
    """What makes a source row the same row: file, place and facts, keyed to this company."""
    place = record.place
    words = [
        place.file,
        place.sheet,
        place.row,
        place.column,
        place.record,
        record.facts.round,
        record.facts.stated(),
    ]
    return blind_index(json.dumps(words, ensure_ascii=False, sort_keys=True), column=ROW_KEY)


def _known(records: Sequence[ImportedRecord]) -> dict[int, tuple[int | None, int | None]]:
    """Records that an earlier run wrote: index → (candidate, application)."""
    by_key = {row_key(record): index for index, record in enumerate(records)}
    found: dict[int, tuple[int | None, int | None]] = {}
    keys = list(by_key)
    for start in range(0, len(keys), 5000):
        rows = ImportRow.objects.filter(row_key__in=keys[start : start + 5000])
        for key, candidate, application in rows.values_list("row_key", "candidate_id", "application_id"):
            found[by_key[bytes(key)]] = (candidate, application)
    return found


@transaction.atomic
def _write_piece(
    *,
    actor: Actor,
    batch: ImportBatch,
    piece: Sequence[tuple[int, int, ImportedRecord]],
    plan: Plan,
    now: datetime,
) -> None:
    """One piece: history, its rows and its contact keys stand or fall together. The batch row is the lock."""
    ImportBatch.objects.select_for_update().get(pk=batch.pk)
    keys = {index: row_key(record) for index, _, record in piece}
    have = {
        bytes(key)
        for key in ImportRow.objects.filter(row_key__in=list(keys.values())).values_list("row_key", flat=True)
    }
    fresh = [item for item in piece if keys[item[0]] not in have]
    to_write = [item for item in fresh if plan.placed[item[0]].state == State.WRITTEN]
    results = record_history(
        actor=actor, rows=[_history(i, record, plan) for i, _, record in to_write], now=now
    )
    where = {item[0]: result for item, result in zip(to_write, results, strict=True)}
    _remember(plan, where)
    ImportRow.objects.bulk_create(
        [_row(i, file, record, plan, keys[i], where.get(i)) for i, file, record in fresh], batch_size=500
    )
    _keep_contacts((record, where[i].candidate_id) for i, _, record in to_write)
    ImportBatch.objects.filter(pk=batch.pk).update(done=ImportRow.objects.filter(file__batch=batch).count())


def _history(i: int, record: ImportedRecord, plan: Plan) -> Any:
    placed = plan.placed[i]
    key = None if placed.interview is None else ("interview", placed.interview)
    return history_row(
        record, name=placed.name, person=placed.person, application=key,
        candidate_id=plan.candidate_of.get(placed.person),
        application_id=None if placed.interview is None else plan.application_of.get(placed.interview),
        outcome_known=bool(record.facts.status) or placed.interview in plan.decided,
    )  # fmt: skip


def _remember(plan: Plan, where: dict[int, HistoryResult]) -> None:
    """Later pieces of the same people and interviews find what this piece made."""
    for i, result in where.items():
        placed = plan.placed[i]
        plan.candidate_of[placed.person] = result.candidate_id
        if placed.interview is not None and result.application_id is not None:
            plan.application_of[placed.interview] = result.application_id


def _row(
    i: int, file: int, record: ImportedRecord, plan: Plan, key: bytes, where: HistoryResult | None
) -> ImportRow:
    place = record.place
    warnings = list(dict.fromkeys([*record.warnings, *plan.placed[i].warnings]))
    return ImportRow(
        file_id=file, row_key=key, sheet=place.sheet[:120], row=place.row, row_end=place.row_end, column=place.column[:4],
        record=place.record, line=place.line, state=plan.placed[i].state, warnings=[w[:40] for w in warnings],
        facts=json.dumps(record.facts.stated(), ensure_ascii=False),
        candidate_id=where.candidate_id if where else None, application_id=where.application_id if where else None,
    )  # fmt: skip


def _keep_contacts(pairs: Iterable[tuple[ImportedRecord, int]]) -> None:
    wanted = {
        (contact_index(kind, value), candidate)
        for record, candidate in pairs
        for kind, value in same.contact_keys(record.facts)
    }
    ContactKey.objects.bulk_create(
        [ContactKey(key=key, candidate_id=candidate) for key, candidate in sorted(wanted)],
        ignore_conflicts=True, batch_size=1000,
    )  # fmt: skip


@transaction.atomic
def _finish(*, actor: Actor, batch: ImportBatch, plan: Plan, now: datetime) -> ImportBatch:
    """Mark the batch written, once, and throw away what was read."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == ImportBatch.State.DONE:
        return batch
    batch.move_to(ImportBatch.State.DONE)
    batch.done, batch.finished_at = batch.total, now
    batch.save(update_fields=["state", "done", "finished_at"])
    batch.files.update(records=None)
    questions = sum(placed.state == State.QUESTION for placed in plan.placed)
    emit(events.BatchWritten(batch_id=batch.pk, rows=batch.total, questions=questions, at=now), actor=actor)
    return batch


@transaction.atomic
def answer_question(
    *, actor: Actor, row_id: int, candidate_id: int | None, now: datetime, name: str = ""
) -> ImportRow:
    """Say which dossier a waiting row is about; None makes a new one, under `name` where the row has none.

    Emits QuestionAnswered. Raises NotFound, NameNeeded, Conflict when someone has answered already.
    """
    actor.require(VERB)
    row = ImportRow.objects.select_for_update(of=("self",)).select_related("file").filter(pk=row_id).first()
    if row is None:
        raise NotFound()
    if row.state != State.QUESTION:
        raise Conflict(state=str(State(row.state).label))
    record = record_of(row)
    if candidate_id is None and not (record.facts.name or name.strip()):
        raise NameNeeded()
    if candidate_id is not None:
        require_candidate(actor, candidate_id)
    key = ("answer", row.pk) if record.facts.is_interview else None
    history = history_row(
        record, name=record.facts.name or name.strip(), person=("answer", row.pk), application=key, candidate_id=candidate_id,
        application_id=None, outcome_known=bool(record.facts.status),
    )  # fmt: skip
    [result] = record_history(actor=actor, rows=[history], now=now)
    row.state, row.candidate_id, row.application_id = (
        State.WRITTEN,
        result.candidate_id,
        result.application_id,
    )
    row.save(update_fields=["state", "candidate", "application"])
    _keep_contacts([(record, result.candidate_id)])
    emit(
        events.QuestionAnswered(
            batch_id=row.file.batch_id, row_id=row.pk, candidate_id=result.candidate_id, at=now
        ),
        actor=actor,
    )
    return row
