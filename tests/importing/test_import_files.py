"""From files to dossiers on a real database: written once, resumed, asked, refused."""

from datetime import UTC, datetime

import pytest

from guiyan.importing import commands, queries
from guiyan.importing.models import ContactKey, ImportBatch, ImportRow
from guiyan.kernel.errors import Conflict, NotAllowed
from guiyan.platform.actors import Actor
from guiyan.platform.models import EventRow
from guiyan.recruiting.models import (
    Application,
    Candidate,
    Communication,
    Disposition,
    Expectation,
    Interview,
    Remark,
    WorkHistory,
)
from tests.importing import workbooks
from tests.importing.workbooks import book_of

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ACTOR = Actor.system("test", "import.run", "candidate.write", "application.write")
HEADER = [
    "面试编号", "姓名", "电话", "应聘岗位", "部门", "面试日期", "面试官", "面试评价", "结果", "未录用原因",
    "期望薪资", "备注", "上家公司",
]  # fmt: skip
WANG = [
    "MS-2024-0001", "王小明", "13800001111", "供应链经理", "供应链中心", "2024-03-05", "陈总、李静",
    "谈判很稳，懂招标流程，跟过两个大项目。", "未录用", "团队架构调整", "30K", "希望双休", "华为",
]  # fmt: skip
ROWS = [
    HEADER, WANG,
    [
        "MS-2024-0002", "李大白", "13800002222", "采购员", "采购部", "2024-03-06", "李静", "细心。", "录用", "",
        "年薪12万", "", "",
    ],
    [
        "MS-2024-0003", "赵三", "1380000333", "采购员", "采购部", "2042-03-06", "李静",
        "稳重，做过五年外协件采购，资料齐。", "待定", "", "面议", "以后请不要再联系我", "",
    ],
]  # fmt: skip
LEDGER = book_of(ROWS, "台账")
pytestmark = pytest.mark.django_db


def checked(*files, now=NOW):
    batch = commands.receive_files(actor=ACTOR, files=files, now=now)
    return commands.check_batch(actor=ACTOR, batch_id=batch.pk, now=now)


def imported(*files, now=NOW):
    batch = checked(*files, now=now)
    return commands.run_batch(actor=ACTOR, batch_id=batch.pk, now=now)


def counts():
    return {
        model.__name__: model.objects.count()
        for model in (
            Candidate,
            Application,
            Interview,
            Remark,
            Disposition,
            Expectation,
            Communication,
            WorkHistory,
            ImportRow,
        )
    }


def test_given_a_ledger_when_checked_then_the_report_says_all_and_no_dossier_changes():
    batch = checked(("台账.xlsx", LEDGER))

    assert Candidate.objects.count() == 0
    assert ImportRow.objects.count() == 0
    assert batch.state == ImportBatch.State.READ
    assert (batch.totals["rows"], batch.totals["new_people"], batch.totals["fields_refused"]) == (3, 3, 2)
    report = queries.batch_report(actor=ACTOR, batch_id=batch.pk)
    assert [(i.sheet, i.row, i.field, i.raw, i.code, i.reason_zh) for i in report.files[0].issues] == [
        ("台账", 4, "phone", "1380000333", "phone_invalid", "电话位数不对"),
        ("台账", 4, "date", "2042-03-06", "date_future", "日期在将来（疑似手误）"),
    ]


def test_given_a_ledger_when_imported_then_dossiers_hold_the_facts_with_their_source():
    imported(("台账.xlsx", LEDGER))

    wang = Candidate.objects.get(name="王小明")
    application = wang.applications.get()
    meeting = application.interviews.get()
    assert (wang.phone, wang.pinyin[:1].lower(), wang.company, str(wang.last_met_on)) == (
        "+8613800001111",
        "w",
        "华为",
        "2024-03-05",
    )
    assert (application.position, application.department_name, application.foreign_number, application.state) == (
        "供应链经理", "供应链中心", "MS-2024-0001", "CLOSED",
    )  # fmt: skip
    assert application.number.startswith("MS-2024-")
    assert application.source == "台账.xlsx · 台账 · 第 2 行"
    assert (meeting.at.isoformat(), meeting.time_known, meeting.state) == (
        "2024-03-04T16:00:00+00:00",
        False,
        "DONE",
    )
    assert sorted(seat.name for seat in meeting.seats.all()) == ["李静", "陈总"]
    assert [r.words for r in Remark.objects.filter(evaluation__seat__interview=meeting)] == [
        "谈判很稳，懂招标流程，跟过两个大项目。"
    ]
    assert not Remark.objects.filter(shareable=True).exists()
    ended = application.disposition
    assert (ended.outcome, ended.reason, ended.words, ended.source) == (
        "REJECTED", "TEAM_REORG", "团队架构调整", "台账.xlsx · 台账 · 第 2 行",
    )  # fmt: skip
    pay, wish = wang.expectations.order_by("-topic")
    assert (pay.topic, pay.pay_words, int(pay.pay_min or 0), int(pay.pay_max or 0)) == (
        "PAY",
        "30K",
        30000,
        30000,
    )
    assert (wish.topic, wish.words) == ("OTHER", "希望双休")


def test_given_a_row_whose_day_is_unknown_when_imported_then_no_meeting_is_invented():
    imported(("台账.xlsx", LEDGER))

    zhao = Candidate.objects.get(name="赵三")
    assert zhao.phone is None
    assert not Interview.objects.filter(application__candidate=zhao).exists()
    assert [note.words for note in zhao.communications.all()] == [
        "稳重，做过五年外协件采购，资料齐。",
        "以后请不要再联系我",
    ]
    assert zhao.do_not_contact_at == NOW
    assert zhao.applications.get().state == Application.State.OPEN


def test_given_an_import_when_done_then_one_event_names_the_dossiers_and_readings_are_gone():
    batch = imported(("台账.xlsx", LEDGER))

    written = EventRow.objects.get(name="recruiting.history.recorded")
    assert sorted(written.facts["candidate_ids"]) == sorted(Candidate.objects.values_list("pk", flat=True))
    assert EventRow.objects.filter(name="importing.batch.written").count() == 1
    assert batch.state == ImportBatch.State.DONE
    assert batch.files.exclude(records=None).count() + batch.files.exclude(upload=None).count() == 0


def test_given_the_same_file_again_when_imported_then_nothing_is_added():
    imported(("台账.xlsx", LEDGER))
    before = counts()

    again = imported(("台账.xlsx", LEDGER))

    assert counts() == before
    assert (again.totals["new_people"], again.totals["known_people"]) == (0, 3)


def test_given_the_same_people_under_another_file_name_when_imported_then_dossiers_grow_and_do_not_double():
    imported(("台账.xlsx", book_of(ROWS[:3])))
    richer = [*WANG[:6], "陈总、李静、王总", *WANG[7:]]

    imported(("导出.xlsx", book_of([[*HEADER, "邮箱"], [*richer, "wang@example.com"]])))

    wang = Candidate.objects.get(name="王小明")
    assert wang.email == "wang@example.com"
    assert wang.applications.count() == 1
    assert sorted(s.name for s in wang.applications.get().interviews.get().seats.all()) == [
        "李静",
        "王总",
        "陈总",
    ]
    assert Remark.objects.filter(evaluation__seat__interview__application__candidate=wang).count() == 1
    assert wang.expectations.count() == 2


def test_given_an_interruption_between_pieces_when_run_again_then_it_goes_on_and_writes_nothing_twice(
    monkeypatch,
):
    monkeypatch.setattr(commands, "PIECE", 1)
    batch = checked(("台账.xlsx", LEDGER))

    class Killed(BaseException):
        pass

    def die(done, total):
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        commands.run_batch(actor=ACTOR, batch_id=batch.pk, now=NOW, progress=die)
    assert (Candidate.objects.count(), ImportRow.objects.count()) == (2, 2)

    commands.run_batch(actor=ACTOR, batch_id=batch.pk, now=NOW)

    assert (Candidate.objects.count(), ImportRow.objects.count()) == (3, 3)
    assert EventRow.objects.filter(name="importing.batch.written").count() == 1


def test_given_a_finished_batch_when_run_again_then_nothing_happens():
    batch = imported(("台账.xlsx", LEDGER))
    before = counts(), EventRow.objects.count()

    commands.run_batch(actor=ACTOR, batch_id=batch.pk, now=NOW)

    assert (counts(), EventRow.objects.count()) == before


def test_given_an_old_number_from_an_earlier_file_when_it_comes_again_then_it_finds_the_person():
    rows = [HEADER, [*WANG[:2], "13800001111、13900009999", *WANG[3:]]]
    imported(("台账.xlsx", book_of(rows)))

    imported(("旧表.csv", "姓名,电话,岗位,面试日期\n王小明,13900009999,计划员,2021-05-06\n".encode()))

    assert Candidate.objects.count() == 1
    assert Candidate.objects.get().applications.count() == 2
    assert ContactKey.objects.count() == 2


def test_given_a_name_that_two_people_have_when_imported_without_contact_then_it_waits_for_an_answer():
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
            "账很清楚，合并报表自己做。",
            "淘汰",
            "经验不够",
            "",
            "",
            "",
        ],
    ]
    bare = "姓名,岗位,面试日期,评价\n王小明,会计主管,2024-06-01,稳\n"
    batch = imported(("台账.xlsx", book_of(two)), ("补.csv", bare.encode()))

    [question] = queries.questions(actor=ACTOR, batch_id=batch.pk)
    assert (question.name, question.where, question.position) == (
        "王小明",
        "补.csv · 第 1 条（第 2 行）",
        "会计主管",
    )
    assert Application.objects.count() == 2

    chosen = Candidate.objects.get(applications__position="会计")
    commands.answer_question(actor=ACTOR, row_id=question.row_id, candidate_id=chosen.pk, now=NOW)

    assert sorted(chosen.applications.values_list("position", flat=True)) == ["会计", "会计主管"]
    with pytest.raises(Conflict):
        commands.answer_question(actor=ACTOR, row_id=question.row_id, candidate_id=None, now=NOW)
    assert Candidate.objects.count() == 2


def test_given_a_broken_file_in_the_batch_when_imported_then_the_others_are_written():
    bomb = workbooks.zip_of(workbooks.minimal_xlsx(b" " * 110_000_000))

    batch = imported(("坏.xlsx", LEDGER[:-800]), ("空.xlsx", b""), ("炸弹.xlsx", bomb), ("台账.xlsx", LEDGER))

    report = queries.batch_report(actor=ACTOR, batch_id=batch.pk)
    assert [[i.code for i in file.issues][:1] for file in report.files] == [
        ["corrupt_file"], ["empty_file"], ["zip_bomb"], ["phone_invalid"],
    ]  # fmt: skip
    assert Candidate.objects.count() == 3


def test_given_only_broken_files_when_run_then_refused_and_nothing_changes():
    batch = checked(("空.xlsx", b""))

    with pytest.raises(commands.NothingToImport):
        commands.run_batch(actor=ACTOR, batch_id=batch.pk, now=NOW)

    batch.refresh_from_db()
    assert (batch.state, Candidate.objects.count()) == (ImportBatch.State.READ, 0)


def test_given_an_actor_without_the_right_when_importing_then_refused_and_nothing_is_kept():
    with pytest.raises(NotAllowed):
        commands.receive_files(
            actor=Actor.system("x", "candidate.read"), files=[("台账.xlsx", LEDGER)], now=NOW
        )

    assert ImportBatch.objects.count() == 0


def test_given_rounds_in_one_row_when_imported_then_one_application_has_two_meetings():
    header = [
        "姓名",
        "电话",
        "应聘岗位",
        "一面时间",
        "一面面试官",
        "一面评价",
        "二面时间",
        "二面面试官",
        "二面评价",
        "二面结果",
    ]
    row = [
        "王小明",
        "13800001111",
        "会计",
        "2024-03-05",
        "李总",
        "不错",
        "2024-03-12",
        "张总",
        "一般",
        "淘汰",
    ]

    imported(("轮次.xlsx", book_of([header, row])))

    application = Application.objects.get()
    assert sorted(application.interviews.values_list("round_name", flat=True)) == ["一面", "二面"]
    assert application.disposition.outcome == "REJECTED"


def test_given_phones_in_issues_and_rows_when_stored_then_they_are_sealed():
    from django.db import connection

    imported(("台账.xlsx", LEDGER))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT facts FROM importing_importrow UNION ALL SELECT raw FROM importing_importissuerow"
        )
        stored = b"".join(bytes(value) for (value,) in cursor.fetchall() if value)

    assert b"1380000" not in stored
    assert "王小明".encode() not in stored


def test_given_one_meeting_in_two_files_when_one_names_the_round_then_the_dossier_has_one_meeting_and_one_wish():
    header = [*HEADER, "面试轮次"]
    other = [*WANG[:10], "3万", *WANG[11:], "复试"]

    imported(("台账.xlsx", book_of([HEADER, WANG])), ("导出.xlsx", book_of([header, other])))

    meeting = Interview.objects.get()
    assert meeting.round_name == "复试"
    assert Remark.objects.count() == 1
    assert Expectation.objects.filter(topic="PAY").count() == 1
