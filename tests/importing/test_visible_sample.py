"""Against the shared sample, where it is present: nothing in the rules names it, these figures only guard them."""

import gzip
import json
import os
import resource
import time
from datetime import date
from pathlib import Path

import pytest

from guiyan.importing.engine import comparing, same
from guiyan.importing.engine.reading import read_file

SHARED = Path(os.environ.get("GUIYAN_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SAMPLE = SHARED / "data" / "visible"
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.skipif(
    not (SAMPLE / "truth.json").exists(), reason="the shared sample data is not here"
)


@pytest.fixture(scope="module")
def comparison():
    files = sorted([*SAMPLE.glob("*.xlsx"), *SAMPLE.glob("*.csv")])
    results = [read_file(path.name, path.read_bytes(), today=TODAY) for path in files]
    records = [record for result in results for record in result.records]
    grouping = same.group([record.facts for record in records])
    taken = [
        comparing.Taken(
            _key(r.place), r.facts.stated(), r.warnings, grouping.person[i], grouping.interview[i]
        )
        for i, r in enumerate(records)
    ]
    reported = [
        comparing.Reported(_key(i.place), i.code, i.field, i.raw) for result in results for i in result.issues
    ]
    truth = comparing.merge_truth(
        [
            json.loads((SAMPLE / "truth.json").read_text()),
            json.loads(gzip.decompress((SAMPLE / "truth-csv.json.gz").read_bytes())),
        ]
    )
    return comparing.compare(truth, taken, reported, {path.name for path in files})


def _key(place):
    return place.file, place.sheet, place.record or place.row or 0, place.column


def test_given_the_sample_when_read_then_97_rows_of_100_are_wholly_right(comparison):
    assert comparison.figures["rows"]["right_share"] >= 0.97
    assert comparison.figures["rows"].get("invented", 0) == 0


def test_given_the_sample_when_read_then_every_error_of_the_truth_is_reported(comparison):
    errors = comparison.figures["errors"]

    assert errors["reported"] == errors["expected"]
    assert sum(errors["beyond_truth"].values()) <= 5


def test_given_the_sample_when_read_then_no_title_or_total_becomes_a_person(comparison):
    assert comparison.figures["ignored"]["became_records"] == 0


def test_given_the_sample_when_grouped_then_hardly_anyone_is_merged_wrongly(comparison):
    people = comparison.figures["people"]

    assert people["wrongly_merged"] <= 2
    assert people["whole"] / people["people_in_truth"] >= 0.99


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("历年面试总表.xlsx", {"zip_bomb"}), ("招聘统计.xlsx", {"zip_bomb_lying_header", "zip_bomb"}),
        ("面试记录_损坏.xlsx", {"corrupt_file"}), ("空白.docx", {"empty_file"}), ("候选人资料.docx", {"xxe"}),
        ("老版本简历.docx", {"wrong_extension_ole"}), ("加密简历.pdf", {"password_protected"}), ("简历打包.zip", {"zip_slip"}),
        ("我的简历.pdf", {"wrong_extension_html"}), ("扫描件_简历.pdf", {"wrong_kind"}),
    ],
)  # fmt: skip
def test_given_a_trap_when_read_then_it_is_named_in_time(name, codes):
    began = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    result = read_file(name, (SAMPLE / "traps" / name).read_bytes(), today=TODAY)

    assert result.records == ()
    assert {issue.code for issue in result.issues} <= codes
    assert result.issues
    assert time.perf_counter() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 * 1024
