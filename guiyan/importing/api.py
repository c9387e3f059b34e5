"""The API of importing: upload files, read the report, have it written, answer a question."""

from datetime import datetime
from typing import Any

from ninja import File, Schema, Status, UploadedFile
from pydantic import Field

from guiyan.importing import commands, jobs, queries
from guiyan.platform import clock
from guiyan.platform.api import Door, Input
from guiyan.platform.routes import ActedRequest

router = Door(tags=["importing"])
VERB = "import.run"


class IssueOut(Schema):
    """One refused thing: where, what, why (Chinese and English) and what to do."""

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


class FileOut(Schema):
    """One file of an import."""

    name: str
    kind: str
    size: int
    counts: dict[str, Any]
    columns: list[dict[str, Any]]
    issues: list[IssueOut]
    more_issues: int


class ImportOut(Schema):
    """One import; `files` is empty in lists."""

    id: int
    state: str
    created_at: datetime
    finished_at: datetime | None
    by_name: str
    done: int
    total: int
    totals: dict[str, int]
    files: list[FileOut]


class AnswerIn(Input):
    """Which dossier a waiting row is about; without `candidate_id` a new one, under `name` where the row has none."""

    candidate_id: int | None = Field(default=None, ge=1)
    name: str = Field(default="", max_length=60)


class AnswerOut(Schema):
    """Where the row went."""

    row_id: int
    candidate_id: int


@router.get("/imports", grant=VERB, response=list[ImportOut], operation_id="list_imports")
def list_imports(request: ActedRequest) -> Any:
    """The latest imports, newest first."""
    return queries.recent_batches(actor=request.actor)


@router.post("/imports", grant=VERB, response={201: ImportOut}, operation_id="upload_import")
def upload_import(request: ActedRequest, files: File[list[UploadedFile]]) -> Any:
    """Take files in and have them checked; nothing is written into dossiers."""
    sent = [(file.name or "file", file.read()) for file in files]
    batch = commands.receive_files(actor=request.actor, files=sent, now=clock.now())
    jobs.check_batch.later(batch_id=batch.pk, name=request.actor.name, lock=f"import-{batch.pk}")
    return Status(201, queries.batch_report(actor=request.actor, batch_id=batch.pk))


@router.get("/imports/{int:batch_id}", grant=VERB, response=ImportOut, operation_id="get_import")
def get_import(request: ActedRequest, batch_id: int) -> Any:
    """One import with its report."""
    return queries.batch_report(actor=request.actor, batch_id=batch_id)


@router.post("/imports/{int:batch_id}/write", grant=VERB, response=ImportOut, operation_id="write_import")
def write_import(request: ActedRequest, batch_id: int) -> Any:
    """Have a checked import written into dossiers, as a job."""
    commands.begin_batch(actor=request.actor, batch_id=batch_id)
    jobs.run_batch.later(batch_id=batch_id, name=request.actor.name, lock=f"import-{batch_id}")
    return queries.batch_report(actor=request.actor, batch_id=batch_id)


@router.post(
    "/imports/questions/{int:row_id}/answer",
    grant=VERB,
    response=AnswerOut,
    operation_id="answer_import_question",
)
def answer_import_question(request: ActedRequest, row_id: int, body: AnswerIn) -> Any:
    """Say which dossier a waiting row is about."""
    row = commands.answer_question(
        actor=request.actor, row_id=row_id, candidate_id=body.candidate_id, name=body.name, now=clock.now()
    )
    return {"row_id": row.pk, "candidate_id": row.candidate_id}
