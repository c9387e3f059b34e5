"""The doors of importing: who gets in, what they see, that files go through."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from guiyan.importing import commands, jobs
from guiyan.importing.models import ImportBatch
from guiyan.platform.testkit.people import make_person
from guiyan.platform.testkit.web import signed_in
from guiyan.recruiting.models import Candidate
from tests.importing.test_import_files import HEADER, LEDGER, WANG
from tests.importing.workbooks import book_of

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def sent(client, *files):
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(reverse("importing:upload"), {"files": uploads}, follow=True)


def checked(client, *files):
    """A batch after its checking job, which tests run themselves."""
    sent(client, *files)
    batch = ImportBatch.objects.latest("pk")
    commands.check_batch(actor=jobs._actor("李静"), batch_id=batch.pk, now=batch.created_at)
    return batch


@pytest.fixture
def hr(db):
    return signed_in(make_person("hr_manager", "李静"))


def test_given_nobody_signed_in_when_opened_then_led_to_sign_in():
    assert Client().get(reverse("importing:index")).status_code == 302


@pytest.mark.parametrize("role", ["boss", "business_head", "interviewer", "employee"])
def test_given_a_role_without_the_right_when_opened_then_refused(role):
    client = signed_in(make_person(role))

    assert client.get(reverse("importing:index")).status_code == 403
    assert sent(client, ("台账.xlsx", LEDGER)).status_code == 403
    assert ImportBatch.objects.count() == 0


def test_given_files_when_uploaded_then_they_wait_for_the_check_and_nothing_is_written(hr):
    answer = sent(hr, ("台账.xlsx", LEDGER))

    batch = ImportBatch.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("importing:batch", args=[batch.pk])
    assert batch.state == ImportBatch.State.RECEIVED
    assert 'hx-trigger="every 2s"' in text(answer)
    assert Candidate.objects.count() == 0


def test_given_no_file_when_uploaded_then_refused_in_words(hr):
    assert sent(hr).status_code == 400
    assert ImportBatch.objects.count() == 0


def test_given_an_unknown_key_when_uploaded_then_refused(hr):
    answer = hr.post(reverse("importing:upload"), {"files": SimpleUploadedFile("a.csv", b"x"), "force": "1"})

    assert answer.status_code == 400
    assert ImportBatch.objects.count() == 0


def test_given_a_checked_batch_when_opened_then_the_report_names_place_problem_and_remedy(hr):
    batch = checked(hr, ("台账.xlsx", LEDGER))

    page = text(hr.get(reverse("importing:batch", args=[batch.pk]), headers={"Accept-Language": "zh-hans"}))

    for words in (
        "台账 · 第 4 行",
        "电话位数不对",
        "补全 11 位号码再导入",
        "候选人 · 姓名",
        "3 行可以直接写入",
        "写入 3 行",
    ):
        assert words in page
    assert Candidate.objects.count() == 0


def test_given_a_checked_batch_when_written_then_the_dossiers_stand_and_the_page_says_so(hr):
    batch = checked(hr, ("台账.xlsx", LEDGER))

    hr.post(reverse("importing:batch_write", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.RUNNING
    commands.run_batch(actor=jobs._actor("李静"), batch_id=batch.pk, now=batch.created_at)

    assert Candidate.objects.filter(name="王小明").exists()
    page = text(hr.get(reverse("importing:batch", args=[batch.pk]), headers={"Accept-Language": "zh-hans"}))
    assert "3 行已进档案" in page


def test_given_the_list_of_refusals_when_downloaded_then_formulas_are_harmless(hr):
    rows = [HEADER, [*WANG[:2], "=1+1380000", *WANG[3:]], ["", "=HYPERLINK(1)", "13800009999", *WANG[3:]]]
    batch = checked(hr, ("坏.csv", "\n".join(",".join(map(str, row)) for row in rows).encode()))

    answer = hr.get(reverse("importing:batch_issues", args=[batch.pk]))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    lines = text(answer).splitlines()
    assert any("'=" in line for line in lines)
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))


def test_given_a_question_when_answered_on_the_page_then_the_row_is_written(hr):
    two = [
        HEADER,
        WANG,
        [
            "MS-2024-0009",
            "王小明",
            "13700007777",
            "会计",
            "财务部",
            "2024-04-01",
            "赵姐",
            "账很清楚。",
            "淘汰",
            "经验不够",
            "",
            "",
            "",
        ],
    ]
    bare = ("补.csv", "姓名,岗位,面试日期,评价\n王小明,会计主管,2024-06-01,稳\n".encode())
    batch = checked(hr, ("台账.xlsx", book_of(two)), bare)
    commands.run_batch(actor=jobs._actor("李静"), batch_id=batch.pk, now=batch.created_at)
    chosen = Candidate.objects.get(applications__position="会计")
    page = text(hr.get(reverse("importing:batch", args=[batch.pk])))
    assert f'value="{chosen.pk}"' in page
    [row] = [row for file in batch.files.all() for row in file.rows.filter(state="QUESTION")]

    hr.post(reverse("importing:question_answer", args=[row.pk]), {"candidate": chosen.pk})

    assert sorted(chosen.applications.values_list("position", flat=True)) == ["会计", "会计主管"]
    assert hr.post(reverse("importing:question_answer", args=[row.pk]), {}).status_code == 409


def test_given_a_batch_that_does_not_exist_when_opened_then_not_found(hr):
    assert hr.get(reverse("importing:batch", args=[999_999])).status_code == 404
