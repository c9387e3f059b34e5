"""The main job on somebody who came in through an import: found by a memory, then asked back."""

from datetime import UTC, datetime

import pytest

from guiyan.importing import commands as importing
from guiyan.platform.actors import Actor
from guiyan.platform.testkit.people import acting
from guiyan.recall.models import RecallRequest
from guiyan.recruiting.models import Candidate
from guiyan.recruiting.queries import dossier
from guiyan.search.queries import search
from tests.importing.workbooks import book_of
from tests.recall.scene import make_scene

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
IMPORTER = Actor.system("test", "import.run", "candidate.write", "application.write")
OLD = book_of(
    [
        ["姓名", "电话", "应聘岗位", "部门", "面试日期", "面试官", "面试评价", "结果", "未录用原因", "期望薪资"],
        [
            "欧阳晨曦", "13800005678", "供应链经理", "供应链中心", "2024-03-05", "陈志远",
            "呆滞库存处理有实战，外协厂现场管过两年。", "未录用", "编制没了", "30K",
        ],
        ["别人", "13800005679", "出纳", "财务部", "2024-03-06", "李静", "细心。", "录用", "", "8K"],
    ]
)  # fmt: skip
pytestmark = pytest.mark.django_db


def test_given_an_imported_person_when_remembered_in_words_then_found_and_asked_back():
    scene = make_scene()
    batch = importing.receive_files(actor=IMPORTER, files=[("旧台账.xlsx", OLD)], now=NOW)
    importing.check_batch(actor=IMPORTER, batch_id=batch.pk, now=NOW)
    importing.run_batch(actor=IMPORTER, batch_id=batch.pk, now=NOW)
    person = Candidate.objects.get(name="欧阳晨曦")

    page = search(
        actor=scene.by_boss, text="2024年3月陈志远面的供应链经理，编制没了没要，会处理呆滞库存", now=NOW
    )

    assert page.hits[0].card.id == person.pk
    assert dossier(scene.by_boss, person.pk, now=NOW).name == "欧阳晨曦"

    request = scene.asked(candidate_id=person.pk)
    scene.agree(request, scene.hr)
    scene.agree(request, scene.head)
    request.refresh_from_db()

    assert request.state != RecallRequest.State.AWAITING
    assert acting(scene.recruiter).may("recall.contact")
