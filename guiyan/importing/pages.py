"""Bringing history in: upload, report of the dry run, writing with progress, questions."""

import csv
import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guiyan.importing import commands, jobs, queries
from guiyan.importing.engine.export import harmless
from guiyan.importing.forms import AnswerForm, NothingForm
from guiyan.importing.models import ImportBatch
from guiyan.importing.shown import batch_line, column_rows, issue_rows, parts_of
from guiyan.platform import clock
from guiyan.platform.routes import ActedRequest, route

VERB = "import.run"
COLUMNS = 12
SHOWN = 20  # refused things on the page; the download has all
State = ImportBatch.State
STEPS = {State.RECEIVED: 2, State.READ: 2, State.RUNNING: 3, State.FAILED: 3, State.DONE: 4}


def steps() -> list[str]:
    """The stations of an import."""
    return [_("Choose files"), _("Check the report"), _("Write"), _("Done")]


@route(VERB)
@require_GET
def index(request: ActedRequest) -> HttpResponse:
    """Upload, and the latest imports."""
    words = {
        "batches": [batch_line(row) for row in queries.recent_batches(actor=request.actor)],
        "steps": steps(),
    }
    return render(request, "importing/index.html", words)


@route(VERB)
@require_POST
def upload(request: ActedRequest) -> HttpResponse:
    """Take the files and have them checked; nothing is written into dossiers."""
    NothingForm(request.POST).facts_or_refuse()
    files = [(file.name or "file", file.read()) for file in request.FILES.getlist("files")]
    made = commands.receive_files(actor=request.actor, files=files, now=clock.now())
    jobs.check_batch.later(batch_id=made.pk, name=request.actor.name, lock=f"import-{made.pk}")
    return redirect("importing:batch", made.pk)


@route(VERB)
@require_GET
def batch(request: ActedRequest, batch_id: int) -> HttpResponse:
    """One import: being checked, the report, being written, or done."""
    template = "importing/_batch.html" if request.htmx else "importing/batch.html"
    return render(request, template, _words(request, batch_id))


def _words(request: ActedRequest, batch_id: int) -> dict[str, Any]:
    report = queries.batch_report(actor=request.actor, batch_id=batch_id)
    columns = column_rows(report)
    return {
        "report": report,
        "steps": steps(),
        "step": STEPS[State(report.state)],
        "busy": report.state in (State.RECEIVED, State.RUNNING),
        "parts": parts_of(report),
        "columns": columns[:COLUMNS],
        "more_columns": columns[COLUMNS:],
        "issues": issue_rows(report, request.LANGUAGE_CODE)[:SHOWN],
        "issue_count": sum(len(file.issues) + file.more_issues for file in report.files),
        "questions": queries.questions(actor=request.actor, batch_id=batch_id)
        if report.state == State.DONE
        else [],
        "may_write": report.state in (State.READ, State.FAILED) and report.total > 0,
    }


@route(VERB)
@require_POST
def batch_write(request: ActedRequest, batch_id: int) -> HttpResponse:
    """Write what was checked, as a job with progress."""
    NothingForm(request.POST).facts_or_refuse()
    commands.begin_batch(actor=request.actor, batch_id=batch_id)
    jobs.run_batch.later(batch_id=batch_id, name=request.actor.name, lock=f"import-{batch_id}")
    return redirect("importing:batch", batch_id)


@route(VERB)
@require_GET
def batch_issues(request: ActedRequest, batch_id: int) -> HttpResponse:
    """Everything refused, as a table to work through. Cells that look like formulas are made harmless."""
    report = queries.batch_report(actor=request.actor, batch_id=batch_id, issues_per_file=100_000)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [_("File"), _("Sheet"), _("Row"), _("Field"), _("What it says"), _("Problem"), _("What to do")]
    )
    for row in issue_rows(report, request.LANGUAGE_CODE):
        writer.writerow(
            [
                harmless(cell)
                for cell in (row.file, row.sheet, row.where, row.field, row.raw, row.reason, row.fix)
            ]
        )
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{batch_id}-issues.csv"'
    return answer


@route(VERB)
@require_POST
def question_answer(request: ActedRequest, row_id: int) -> HttpResponse:
    """Say which dossier a row is about."""
    facts = AnswerForm(request.POST).facts_or_refuse()
    row = commands.answer_question(
        actor=request.actor,
        row_id=row_id,
        candidate_id=facts["candidate"],
        name=facts["name"],
        now=clock.now(),
    )
    return redirect("importing:batch", row.file.batch_id)
