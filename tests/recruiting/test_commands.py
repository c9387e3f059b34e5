"""Candidates, applications, meetings, evaluations, talks, tags, contact: what is kept and what is refused."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from guiyan.kernel.errors import InvalidInput, NotAllowed, NotFound
from guiyan.kernel.states import IllegalMove
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import acting, make_person
from guiyan.recruiting import commands
from guiyan.recruiting.models import (
    Application,
    Candidate,
    CandidateTag,
    Communication,
    Evaluation,
    Expectation,
    Interview,
    Remark,
    Requisition,
    Tag,
)
from tests.recruiting.story import at, people_of_the_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return people_of_the_story()


def test_given_contacts_then_they_are_sealed_in_the_table_and_found_by_index(story):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM recruiting_candidate WHERE id = %s", [story.zhang.pk])
        row = " ".join(
            bytes(v).hex() if isinstance(v, memoryview | bytes) else str(v) for v in cursor.fetchone()
        )
    assert "13800006027" not in row
    assert b"13800006027".hex() not in row
    assert Candidate.objects.get(pk=story.zhang.pk).phone == "+8613800006027"
    assert story.application.number == "MS-2026-000001"


BAD_FACTS: list[dict[str, Any]] = [
    {"name": " "}, {"phone": "12345"}, {"email": "no at sign"}, {"id_number": "11010519491231002Y"}, {"years": 99},
    {"salutation": "DR"}, {"colour": "red"}, {"city": "长" * 41},
]  # fmt: skip


@pytest.mark.parametrize("facts", BAD_FACTS, ids=[next(iter(f)) for f in BAD_FACTS])
def test_given_a_wrong_fact_then_refused_by_name_and_nothing_is_made(story, now, facts):
    with pytest.raises(InvalidInput) as refusal:
        commands.create_candidate(actor=acting(story.recruiter), **{"name": "某人", "now": now, **facts})

    assert all(refusal.value.facts[key] for key in ("field", "problem", "remedy"))
    assert Candidate.objects.count() == 1


def test_given_a_known_phone_or_identity_then_the_dossier_is_named(story, now):
    actor = acting(story.recruiter)
    with pytest.raises(commands.CandidateExists, match="张若岚"):
        commands.create_candidate(actor=actor, name="张若兰", phone="+86 138-0000-6027", now=now)
    other = commands.create_candidate(actor=actor, name="张若兰", now=now)
    with pytest.raises(commands.CandidateExists):
        commands.update_candidate(actor=actor, candidate_id=other.pk, phone="13800006027", now=now)
    other.refresh_from_db()
    assert other.phone is None


def test_given_corrections_then_only_changed_names_are_told(story, now):
    commands.update_candidate(
        actor=acting(story.recruiter), candidate_id=story.zhang.pk, city="苏州", title="供应链总监", now=now
    )
    rows = EventRow.objects.filter(name="recruiting.candidate.changed")
    assert [row.facts["fields"] for row in rows] == [["title"]]


def test_given_an_opening_then_one_running_application_each_and_numbers_without_gaps(story, now):
    job = commands.create_requisition(
        actor=acting(story.hr), title="计划经理", department_id=story.centre.pk, open_now=True, now=now
    )
    ask = {
        "actor": acting(story.recruiter),
        "candidate_id": story.zhang.pk,
        "requisition_id": job.pk,
        "now": now,
    }
    first = commands.open_application(**ask)
    with pytest.raises(commands.AlreadyApplied):
        commands.open_application(**ask)
    other = commands.create_candidate(actor=acting(story.recruiter), name="乙", now=now)
    second = commands.open_application(**{**ask, "candidate_id": other.pk})

    assert (first.number, second.number) == ("MS-2026-000002", "MS-2026-000003")
    assert job.number == "ZP-2026-0001"


def test_given_a_closed_opening_or_no_position_then_no_application(story, now):
    job = commands.create_requisition(
        actor=acting(story.hr), title="计划经理", department_id=story.centre.pk, now=now
    )
    ask = {"actor": acting(story.recruiter), "candidate_id": story.zhang.pk, "now": now}
    with pytest.raises(commands.RequisitionNotOpen):
        commands.open_application(requisition_id=job.pk, **ask)
    with pytest.raises(InvalidInput):
        commands.open_application(**ask)
    assert Application.objects.count() == 1


REQUISITIONS = [
    {"title": " "}, {"headcount": 0}, {"salary_min": Decimal(5), "salary_max": Decimal(4)}, {"salary_min": Decimal(-1)},
]  # fmt: skip


@pytest.mark.parametrize("facts", REQUISITIONS)
def test_given_an_impossible_opening_then_refused(story, now, facts):
    with pytest.raises(InvalidInput):
        commands.create_requisition(
            actor=acting(story.hr), **{"title": "x", "department_id": story.centre.pk, "now": now, **facts}
        )
    assert not Requisition.objects.exists()


def test_given_an_opening_then_it_moves_only_as_the_table_says_and_says_why(story, now):
    job = commands.create_requisition(
        actor=acting(story.hr), title="x", department_id=story.centre.pk, now=now
    )

    def move(state, reason=""):
        return commands.change_requisition_state(
            actor=acting(story.hr), requisition_id=job.pk, state=state, reason=reason, now=now
        )

    with pytest.raises(IllegalMove):
        move("FILLED")
    move("OPEN")
    with pytest.raises(InvalidInput):
        move("ON_HOLD")
    assert move("ON_HOLD", "编制冻结").reason == "编制冻结"
    with pytest.raises(InvalidInput):
        move("LOST")
    move("OPEN")
    reopened = EventRow.objects.filter(name="recruiting.requisition.opened").order_by("pk")
    assert [row.facts["reopened"] for row in reopened] == [False, True]


def meeting(story, *people):
    return commands.schedule_interview(
        actor=acting(story.recruiter), application_id=story.application.pk, round_name="一面", at=at(3, 5, 15),
        interviewers=[person.employee.pk for person in people], now=at(3, 3),
    )  # fmt: skip


def test_given_a_seat_then_its_person_writes_and_nobody_else(story):
    held = meeting(story, story.head, story.boss)
    written = commands.write_evaluation(
        actor=acting(story.head), interview_id=held.pk, rating="YES", remarks=[("好", True), (" ", True), ("内部", False)],
        now=at(3, 5, 16),
    )  # fmt: skip

    assert [(r.words, r.shareable, r.order) for r in written.remarks.all()] == [
        ("好", True, 0),
        ("内部", False, 1),
    ]
    held.refresh_from_db()
    assert held.state == Interview.State.DONE
    seat = held.seats.get(name="王建国")
    with pytest.raises(NotAllowed):
        commands.write_evaluation(
            actor=acting(story.head), seat_id=seat.pk, rating="NO", remarks=[("x", False)], now=at(3, 5)
        )
    with pytest.raises(NotFound):
        commands.write_evaluation(
            actor=acting(make_person("interviewer")),
            seat_id=seat.pk,
            rating="NO",
            remarks=[("x", False)],
            now=at(3, 5),
        )
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize(
    ("rating", "remarks"),
    [("", [("x", True)]), ("GREAT", [("x", True)]), ("YES", []), ("YES", [("长" * 2001, False)])],
)
def test_given_half_an_evaluation_then_refused(story, rating, remarks):
    held = meeting(story, story.head)
    with pytest.raises(InvalidInput):
        commands.write_evaluation(
            actor=acting(story.head), interview_id=held.pk, rating=rating, remarks=remarks, now=at(3, 5)
        )
    assert not Evaluation.objects.exists()


def test_given_a_remark_then_only_its_interviewer_or_the_hr_manager_releases_it(story):
    held = meeting(story, story.head)
    commands.write_evaluation(
        actor=acting(story.head), interview_id=held.pk, rating="YES", remarks=[("慢热", False)], now=at(3, 5)
    )
    remark = Remark.objects.get()
    for stranger in (story.boss, story.recruiter):
        with pytest.raises(NotAllowed):
            commands.set_remark_shareable(
                actor=acting(stranger), remark_id=remark.pk, shareable=True, now=at(3, 6)
            )
    remark.refresh_from_db()
    assert remark.shareable is False
    for who in (story.head, story.hr):
        assert commands.set_remark_shareable(
            actor=acting(who), remark_id=remark.pk, shareable=True, now=at(3, 6)
        ).shareable


def test_given_a_closed_application_or_no_interviewer_then_no_meeting(story):
    with pytest.raises(InvalidInput):
        meeting(story)
    commands.close_application(
        actor=acting(story.hr), application_id=story.application.pk, outcome="WITHDREW", now=at(3, 1)
    )
    with pytest.raises(commands.ApplicationClosed):
        meeting(story, story.head)
    assert not Interview.objects.exists()


def talk(story, now, **facts):
    given = {"channel": "PHONE", "direction": "OUT", "words": "聊过", "now": now, **facts}
    return commands.record_communication(actor=acting(story.recruiter), candidate_id=story.zhang.pk, **given)


BAD_TALKS = [{"channel": "PIGEON"}, {"direction": "UP"}, {"words": " "}, {"words": "x" * 5001}]


@pytest.mark.parametrize("facts", BAD_TALKS, ids=["channel", "direction", "empty", "long"])
def test_given_a_wrong_talk_then_refused(story, now, facts):
    with pytest.raises(InvalidInput):
        talk(story, now, **facts)
    with pytest.raises(InvalidInput):
        talk(story, now, at=now + timedelta(minutes=1))
    assert not Communication.objects.exists()


def test_given_a_job_that_notes_an_answer_then_no_colleague_is_named(story, now):
    from guiyan.platform.actors import Actor

    said = commands.record_communication(
        actor=Actor.system("recall", "communication.write"), candidate_id=story.zhang.pk, channel="PAGE", direction="IN",
        words="愿意", now=now,
    )  # fmt: skip
    assert said.employee_name == ""


def test_given_quotation_marks_or_the_same_foreign_id_then_kept_once_as_said(story, now):
    said = talk(story, now, words="「有机会再联系」", foreign_id="wecom:1")
    again = talk(story, now, words="别的话", foreign_id="wecom:1")

    assert (said.words, said.quoted) == ("有机会再联系", True)
    assert again.pk == said.pk
    assert talk(story, now, words="他说「好」，又说「行」").quoted is False


WISHES = [
    {"topic": "MOON", "words": "x"}, {"topic": "PAY"}, {"topic": "CITY", "words": " "},
    {"topic": "PAY", "pay_min": Decimal(2), "pay_max": Decimal(1)},
    {"topic": "CITY", "words": "苏州", "said_on": date(2027, 1, 1)},
]  # fmt: skip


@pytest.mark.parametrize("facts", WISHES)
def test_given_a_wrong_wish_then_refused(story, now, facts):
    with pytest.raises(InvalidInput):
        commands.record_expectation(
            actor=acting(story.recruiter), candidate_id=story.zhang.pk, now=now, **facts
        )
    assert not Expectation.objects.exists()


def test_given_a_wish_for_pay_then_no_event_and_no_clear_column_holds_it(story, now):
    commands.record_expectation(
        actor=acting(story.recruiter),
        candidate_id=story.zhang.pk,
        topic="PAY",
        words="三十五",
        pay_words="35K 左右",
        now=now,
    )
    wish = Expectation.objects.get()
    assert (wish.words, wish.pay_words) == ("", "35K 左右")
    assert "35" not in str(EventRow.objects.get(name="recruiting.expectation.recorded").facts)


def test_given_tags_then_case_makes_no_second_one(story, now):
    actor, who = acting(story.recruiter), story.zhang.pk
    commands.add_tag(actor=actor, candidate_id=who, name="S&OP", now=now)
    commands.add_tag(actor=actor, candidate_id=who, name=" s&op ", now=now)
    assert (Tag.objects.count(), CandidateTag.objects.count()) == (1, 1)
    commands.remove_tag(actor=actor, candidate_id=who, name="S&OP", now=now)
    with pytest.raises(NotFound):
        commands.remove_tag(actor=actor, candidate_id=who, name="S&OP", now=now)
    with pytest.raises(InvalidInput):
        commands.add_tag(actor=actor, candidate_id=who, name="", now=now)


def test_given_looks_at_contacts_then_each_is_logged_and_the_thirty_first_waits(story, now):
    actor, who = acting(story.boss), story.zhang.pk
    for minute in range(30):
        moment = now + timedelta(minutes=minute)
        assert (
            commands.reveal_contact(actor=actor, candidate_id=who, field="phone", now=moment)
            == "+8613800006027"
        )

    with pytest.raises(commands.TooManyReveals):
        commands.reveal_contact(actor=actor, candidate_id=who, field="phone", now=now + timedelta(minutes=59))
    assert EventRow.objects.filter(name="recruiting.contact.revealed").count() == 30
    assert "6027" not in str(list(EventRow.objects.values_list("facts", flat=True)))
    later = now + timedelta(minutes=61)
    assert commands.reveal_contact(actor=actor, candidate_id=who, field="phone", now=later).endswith("6027")


def test_given_an_identity_number_then_a_purpose_and_the_class_are_needed(story, now):
    commands.update_candidate(
        actor=acting(story.recruiter), candidate_id=story.zhang.pk, id_number="11010519491231002X", now=now
    )
    ask = {"candidate_id": story.zhang.pk, "field": "id_number", "now": now}
    with pytest.raises(InvalidInput):
        commands.reveal_contact(actor=acting(story.boss), **ask)
    assert commands.reveal_contact(actor=acting(story.boss), purpose="背调", **ask) == "11010519491231002X"
    with pytest.raises(NotAllowed):
        commands.reveal_contact(actor=acting(story.head), **ask)


def test_given_a_wecom_contact_then_it_belongs_to_one_dossier(story, now):
    actor = acting(story.recruiter)
    other = commands.create_candidate(actor=actor, name="乙", now=now)
    link = {
        "actor": actor,
        "external_userid": "wm1",
        "owner_employee_id": story.recruiter.employee.pk,
        "now": now,
    }
    commands.link_wecom(candidate_id=story.zhang.pk, **link)
    with pytest.raises(commands.WecomTaken, match="张若岚"):
        commands.link_wecom(candidate_id=other.pk, **link)


def test_given_the_wish_to_be_left_alone_then_kept_once_and_lifted_with_words(story, now):
    ask = {"actor": acting(story.recruiter), "candidate_id": story.zhang.pk, "now": now}
    commands.set_do_not_contact(words="不要再打", **ask)
    commands.set_do_not_contact(words="again", **ask)
    assert EventRow.objects.filter(name="recruiting.do_not_contact.set").count() == 1
    with pytest.raises(InvalidInput):
        commands.lift_do_not_contact(words=" ", **ask)
    assert commands.lift_do_not_contact(words="11月来电同意", **ask).do_not_contact_at is None
