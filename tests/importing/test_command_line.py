"""`guiyan import` and `guiyan import compare` as functions: what they print, and that an interruption goes on."""

import io
import json
from typing import Any

import pytest

from guiyan.importing import cli, commands
from guiyan.importing.models import ImportBatch, ImportRow
from guiyan.recruiting.models import Candidate
from tests.conftest import SCHEMA
from tests.importing.test_import_files import LEDGER, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(LEDGER)
    return path


def run(*paths, as_json=True, **options) -> tuple[int, Any]:
    out = io.StringIO()
    code = cli.run_import(list(paths), schema=SCHEMA, as_json=as_json, out=out, **options)
    return code, json.loads(out.getvalue()) if as_json else out.getvalue()


def test_given_a_file_when_imported_then_the_json_names_what_was_taken_and_refused(ledger):
    code, report = run(ledger)

    assert code == 0
    assert (report["totals"]["written"], report["state"], report["questions"]) == (3, "DONE", [])
    [first, _] = report["files"][0]["issues"]
    assert (first["sheet"], first["row"], first["field"], first["raw"], first["code"]) == (
        "台账", 4, "phone", "1380000333", "phone_invalid",
    )  # fmt: skip
    assert (first["reason_zh"], first["fix_en"]) == ("电话位数不对", "Complete the number and import again.")


def test_given_a_dry_run_when_asked_then_nothing_is_written(ledger):
    code, text = run(ledger, as_json=False, dry_run=True)

    assert code == 0
    assert "nothing written" in text
    assert Candidate.objects.count() == 0


def test_given_only_a_broken_file_when_imported_then_the_exit_code_tells(tmp_path):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(LEDGER[:-500])

    code, report = run(path)

    assert code == 1
    assert [issue["code"] for issue in report["files"][0]["issues"]] == ["corrupt_file"]


def test_given_an_interrupted_import_when_the_command_runs_again_then_it_goes_on_in_the_same_batch(
    ledger, monkeypatch
):
    monkeypatch.setattr(commands, "PIECE", 1)
    batch = commands.receive_files(actor=cli.ACTOR, files=[(ledger.name, LEDGER)], now=NOW)
    commands.check_batch(actor=cli.ACTOR, batch_id=batch.pk, now=NOW)

    class Killed(BaseException):
        pass

    def die(done, total):
        raise Killed

    with pytest.raises(Killed):
        commands.run_batch(actor=cli.ACTOR, batch_id=batch.pk, now=NOW, progress=die)

    code, report = run(ledger)

    assert (code, report["id"], ImportBatch.objects.count(), ImportRow.objects.count()) == (0, batch.pk, 1, 3)


def test_given_a_truth_file_when_compared_then_rows_facts_and_errors_are_counted(ledger, tmp_path):
    run(ledger)
    place = {"file": "台账.xlsx", "sheet": "台账"}
    truth = {
        "records": [
            {**place, "row": 2, "kind": "interview", "person_id": "A", "interview_id": "I",
             "expect": {"name": "王小明", "degree": "本科"}},
            {**place, "row": 3, "kind": "interview", "person_id": "B", "interview_id": "J", "expect": {"name": "李大黑"}},
        ],
        "errors": [{**place, "row": 4, "code": "phone_invalid", "field": "phone", "raw": "1380000333"}],
        "ignored": [{**place, "row": 1, "why": "header"}],
    }  # fmt: skip
    (tmp_path / "truth.json").write_text(json.dumps(truth, ensure_ascii=False))
    out = io.StringIO()

    code = cli.run_compare(tmp_path / "truth.json", schema=SCHEMA, as_json=True, out=out)

    figures = json.loads(out.getvalue())
    assert code == 0
    assert (figures["rows"]["expected"], figures["rows"]["partly"], figures["rows"]["invented"]) == (2, 2, 1)
    assert figures["facts"]["name"] == {
        "expected": 2, "agree": 1, "wrong": 1, "missing": 0, "extra": 0, "precision": 0.5, "recall": 0.5,
    }  # fmt: skip
    assert figures["facts"]["degree"]["missing"] == 1
    assert (figures["errors"]["expected"], figures["errors"]["reported"]) == (1, 1)
    assert figures["dossiers"]["phones"] == {"rows": 2, "held": 2}
