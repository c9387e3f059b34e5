"""What `guiyan import` and `guiyan import compare` do and print."""

import gzip
import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from django_tenants.utils import schema_context

from guiyan.importing.commands import NothingToImport, check_batch, receive_files, run_batch
from guiyan.importing.engine.comparing import merge_truth
from guiyan.importing.models import ImportBatch
from guiyan.importing.queries import (
    BatchReport,
    batch_report,
    compare_with_truth,
    questions,
    unfinished_batch,
)
from guiyan.platform import clock
from guiyan.platform.actors import Actor

ACTOR = Actor.system("import", "import.run", "candidate.write", "application.write")


def run_import(
    paths: list[Path], *, schema: str, as_json: bool, dry_run: bool = False, out: TextIO = sys.stdout
) -> int:
    """Check the files, write what can be written, print the report. 0: something was read; 1: nothing was.

    The same files after an interruption go on in the batch that was interrupted.
    """
    now = clock.now()
    files = [(path.name, path.read_bytes()) for path in paths]
    with schema_context(schema):
        hashes = [hashlib.sha256(data).hexdigest() for _name, data in files]
        batch_id = unfinished_batch(actor=ACTOR, hashes=hashes)
        if batch_id is None:
            batch_id = receive_files(actor=ACTOR, files=files, now=now).pk
        check_batch(actor=ACTOR, batch_id=batch_id, now=now)
        code = 0
        if not dry_run:
            try:
                run_batch(actor=ACTOR, batch_id=batch_id, now=now, progress=_progress(out, quiet=as_json))
            except NothingToImport:
                code = 1
        report = batch_report(actor=ACTOR, batch_id=batch_id, issues_per_file=100_000)
        waiting = questions(actor=ACTOR, batch_id=batch_id)
    if as_json:
        document = {**asdict(report), "questions": [asdict(question) for question in waiting]}
        out.write(json.dumps(document, ensure_ascii=False, default=str) + "\n")
    else:
        _print_report(report, len(waiting), out)
    return code


def run_compare(
    truth: Path, *, schema: str, as_json: bool, disagreements: bool = False, out: TextIO = sys.stdout
) -> int:
    """Compare what was imported with a truth file and the files it names beside it. 0: compared; 1: nothing imported."""
    main = json.loads(truth.read_text(encoding="utf-8"))
    parts = [main, *_other_records(truth, main)]
    with schema_context(schema):
        comparison = compare_with_truth(merge_truth(parts))
    figures: dict[str, Any] = dict(comparison.figures)
    if disagreements or as_json:
        figures["disagreements"] = comparison.disagreements
    if as_json:
        out.write(json.dumps(figures, ensure_ascii=False, default=str) + "\n")
    else:
        _print_comparison(figures, out)
    return 0 if figures["rows"]["taken_share"] else 1


def _other_records(truth: Path, main: dict[str, Any]) -> list[dict[str, Any]]:
    """The truth's other part, named at the beginning of `records_in_other_file`."""
    name = str(main.get("records_in_other_file", "")).split(" ")[0]
    path = truth.parent / Path(name).name if name else None
    if path is None or not path.is_file():
        return []
    data = path.read_bytes()
    return [json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)]


def _progress(out: TextIO, *, quiet: bool) -> Callable[[int, int], None] | None:
    if quiet or not out.isatty():
        return None
    return lambda done, total: print(
        f"\r{done}/{total}", end="\n" if done == total else "", file=out, flush=True
    )


def _print_report(report: BatchReport, waiting: int, out: TextIO) -> None:
    totals = report.totals
    say = out.write
    written = "" if report.state == ImportBatch.State.DONE else " (nothing written)"
    say(f"Import {report.id}: {totals['rows']} rows read from {totals['files']} files{written}\n")
    say(
        f"  people     {totals['people']}, of them new {totals['new_people']}, already known {totals['known_people']}\n"
    )
    say(f"  interviews {totals['interviews']}\n")
    say(f"  questions  {waiting}\n")
    say(
        f"  refused    {totals['refused']} rows, {totals['fields_refused']} fields, {totals['files_refused']} files\n"
    )
    for file in report.files:
        say(f"\n{file.name}: {file.counts['rows']} rows, ignored {sum(file.counts['ignored'].values())}\n")
        for issue in file.issues:
            place = (
                f"record {issue.record} line {issue.line}" if issue.record is not None else f"row {issue.row}"
            )
            say(f"  {issue.sheet or '-'} · {place} · {issue.field or '-'} · {issue.raw[:40]!r}: ")
            say(f"{issue.reason_zh}（{issue.fix_zh}） / {issue.reason_en} {issue.fix_en}\n")


def _print_comparison(figures: dict[str, Any], out: TextIO) -> None:
    say = out.write
    for part in ("rows", "states", "files", "errors", "ignored", "people", "warnings", "dossiers"):
        say(f"{part}\n")
        for key, value in figures[part].items():
            say(f"  {key}: {json.dumps(value, ensure_ascii=False)}\n")
    say(
        f"{'fact':24}{'expected':>9}{'agree':>8}{'wrong':>7}{'missing':>9}{'extra':>7}{'precision':>11}{'recall':>8}\n"
    )
    for kind, count in figures["facts"].items():
        say(f"{kind:24}{count['expected']:>9}{count['agree']:>8}{count['wrong']:>7}{count['missing']:>9}")
        say(f"{count['extra']:>7}{count['precision']:>11.4f}{count['recall']:>8.4f}\n")
    for line in figures.get("disagreements", []):
        say(json.dumps(line, ensure_ascii=False, default=str) + "\n")
