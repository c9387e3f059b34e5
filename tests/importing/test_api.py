"""The same doors for programs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiyan.importing import commands, jobs
from guiyan.importing.models import ImportBatch
from guiyan.platform.testkit.people import make_person
from guiyan.platform.testkit.web import signed_in
from guiyan.recruiting.models import Candidate
from tests.importing.test_import_files import LEDGER

pytestmark = pytest.mark.django_db
PATH = "/api/v1/imports"


def test_given_a_file_when_uploaded_read_and_written_then_the_dossiers_stand():
    hr = signed_in(make_person("hr_manager"))

    made = hr.post(PATH, {"files": [SimpleUploadedFile("台账.xlsx", LEDGER)]})
    assert (made.status_code, made.json()["state"]) == (201, "RECEIVED")
    batch = ImportBatch.objects.get(pk=made.json()["id"])
    commands.check_batch(actor=jobs._actor("x"), batch_id=batch.pk, now=batch.created_at)

    report = hr.get(f"{PATH}/{batch.pk}").json()
    assert [issue["code"] for issue in report["files"][0]["issues"]] == ["phone_invalid", "date_future"]

    assert hr.post(f"{PATH}/{batch.pk}/write").json()["state"] == "RUNNING"
    commands.run_batch(actor=jobs._actor("x"), batch_id=batch.pk, now=batch.created_at)
    assert Candidate.objects.count() == 3
    assert [row["state"] for row in hr.get(PATH).json()] == ["DONE"]


def test_given_an_employee_when_listing_then_refused():
    assert signed_in(make_person("employee")).get(PATH).status_code == 403


def test_given_an_unknown_key_in_an_answer_then_refused():
    hr = signed_in(make_person("hr_manager"))

    answer = hr.post(f"{PATH}/questions/1/answer", {"who": 1}, content_type="application/json")

    assert answer.status_code == 400
