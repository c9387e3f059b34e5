"""The demo company: believable, complete, and the same story every time."""

from datetime import date

import pytest

from guiyan.config.demo import bulk, company, crowd, paper, recalls, story, underway
from guiyan.config.demo.seed import cast_of
from guiyan.people.models import Department, Employee, OrganisationChange
from guiyan.platform.models import YearSequence
from guiyan.platform.testkit.people import MOMENT, PASSWORD
from guiyan.recall.models import RecallRequest
from guiyan.recruiting.models import (
    Application,
    Candidate,
    Disposition,
    Interview,
    ReconsiderCondition,
    Remark,
    Requisition,
)

LAST_DAY = date(2026, 11, 20)


def test_given_the_same_number_then_the_same_person_and_others_differ():
    people = [crowd.person(1, n, last_day=LAST_DAY, interviewers=3) for n in range(50)]

    assert people == [crowd.person(1, n, last_day=LAST_DAY, interviewers=3) for n in range(50)]
    assert len({p.phone for p in people}) == 50


def test_given_the_crowd_then_histories_reach_back_to_2023_and_end_before_today():
    people = [crowd.person(2026, n, last_day=LAST_DAY, interviewers=3) for n in range(340)]

    assert min(p.applied_on for p in people) < date(2023, 3, 1)
    assert max(p.rounds[-1].at.date() for p in people) <= LAST_DAY
    assert {p.department for p in people} == set(company.DEPARTMENTS) - {"总经办", "人力资源部"}


@pytest.mark.parametrize(
    ("today", "weeks"), [(date(2026, 11, 23), 0), (date(2026, 11, 29), 0), (date(2027, 2, 1), 10)]
)
def test_given_another_day_then_the_story_moves_by_whole_weeks(today, weeks):
    assert story.shift_to(today).days == weeks * 7


def test_given_lines_then_a_pdf_that_says_what_it_is():
    content = paper.pdf([("张若岚",), ("第二页",)])

    assert content.startswith(b"%PDF-1.4")
    assert content.count(b"/Type /Page ") == 2
    assert "张若岚".encode("utf-16-be").hex().encode() in content


@pytest.fixture
def stage(db) -> story.Stage:
    return story.Stage(company.build(password=PASSWORD, now=MOMENT), story.shift_to(MOMENT.date()))


@pytest.mark.django_db
def test_given_the_story_when_told_then_zhangs_history_is_what_the_design_shows(stage):
    company.merge_then_restore(stage)
    zhang = story.tell(stage)
    story.reopen(stage)

    application = Application.objects.get(candidate=zhang)
    end = Disposition.objects.get(application=application)
    assert (end.outcome, end.reason) == ("REJECTED", "TEAM_REORG")
    assert [c.kind for c in end.conditions.order_by("pk")] == [
        "HEADCOUNT_APPROVED",
        "DEPARTMENT_RESTORED",
        "BAND_AT_LEAST",
    ]
    assert (
        Remark.objects.filter(evaluation__seat__interview__application=application, shareable=False).count()
        == 2
    )
    assert zhang.phone == "+8613800006027"
    assert zhang.pinyin == "Zhāng Ruòlán"
    opening = Requisition.objects.get(title="供应链经理", state="OPEN")
    assert (opening.salary_min, opening.salary_max) == (30000, 38000)
    assert [change.kind for change in OrganisationChange.objects.order_by("effective_on")] == [
        "MERGED",
        "RESTORED",
    ]


@pytest.mark.django_db
def test_given_a_crowd_when_written_then_every_row_is_there_and_numbers_have_no_gap(stage):
    people = sorted(
        (crowd.person(2026, n, last_day=LAST_DAY, interviewers=3) for n in range(40)),
        key=lambda p: p.applied_on,
    )
    seen: list[int] = []
    bulk.write_people(people, cast_of(stage.people), now=MOMENT, done=seen.extend)

    assert Candidate.objects.count() == len(seen) == 40
    assert Interview.objects.count() == sum(len(p.rounds) for p in people)
    assert {c.phone for c in Candidate.objects.all()} == {p.phone for p in people}
    assert ReconsiderCondition.objects.count() == sum(p.outcome == "REJECTED" for p in people)
    for row in YearSequence.objects.filter(kind="MS"):
        assert Application.objects.filter(number__startswith=f"MS-{row.year}-").count() == row.last


@pytest.mark.django_db
def test_given_the_people_under_way_when_told_then_each_has_a_reason_and_a_condition(stage):
    made = [underway.tell(stage, past) for past in underway.PAST]

    assert [c.name for c in made] == [past.name for past in underway.PAST]
    assert Disposition.objects.exclude(reason="").count() == len(underway.PAST)


@pytest.mark.django_db
def test_given_the_company_then_heads_and_lines_are_complete(stage):
    assert not Department.objects.filter(head__isnull=True).exclude(name="人力资源部").exists()
    assert list(Employee.objects.filter(manager__isnull=True).values_list("name", flat=True)) == ["王建国"]


@pytest.mark.django_db
def test_given_the_recalls_when_brought_back_then_each_stands_at_its_step(stage):
    recalls.bring_back(stage, [underway.tell(stage, past) for past in underway.PAST], now=MOMENT)

    states = {
        request.candidate.name: str(request.state)
        for request in RecallRequest.objects.select_related("candidate")
    }
    assert states == {"沈佳音": "ANSWERED", "何俊": "CONTACTED", "田雨": "BRIEFED", "冯博文": "AWAITING"}
