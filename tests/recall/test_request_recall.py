from datetime import timedelta

import pytest
from django.utils import timezone, translation

from guiyan.approvals.models import FlowInstance, FlowTask
from guiyan.kernel.errors import InvalidInput, NotAllowed, NotFound
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import acting, make_actor
from guiyan.recall import commands, queries, rules
from guiyan.recall.models import Brief, RecallRequest
from guiyan.recruiting import commands as recruiting
from tests.recall.scene import NOON, WORDS, Scene, at, make_zhang

pytestmark = pytest.mark.django_db


def nothing_changed() -> bool:
    return not RecallRequest.objects.exists() and not FlowInstance.objects.exists()


def test_given_a_past_candidate_when_the_boss_asks_then_the_approval_waits_for_hr(scene: Scene):
    request = scene.asked()

    assert request.number == "ZH-2026-000001"
    assert request.state == RecallRequest.State.AWAITING
    assert request.specialist == scene.recruiter
    task = FlowTask.objects.get(instance_id=request.instance_id, state=FlowTask.State.OPEN)
    assert task.assignee == scene.hr
    row = EventRow.objects.get(name="recall.request.requested")
    assert row.subjects == [f"recall:{request.pk}", f"candidate:{scene.candidate.pk}"]


def test_given_an_open_recall_when_asked_again_then_refused_and_the_first_is_named(scene: Scene):
    first = scene.asked()

    with pytest.raises(rules.AlreadyOpen) as refused:
        scene.asked()

    assert refused.value.facts["number"] == first.number
    assert RecallRequest.objects.count() == 1


def test_numbers_have_no_gaps_even_after_a_refusal(scene: Scene):
    other = make_zhang(scene.recruiter, "李可晨", "13900001111")
    first = scene.asked()
    with pytest.raises(rules.AlreadyOpen):
        scene.asked()

    second = scene.asked(candidate_id=other.pk)

    assert (first.number, second.number) == ("ZH-2026-000001", "ZH-2026-000002")


def test_given_the_person_opted_out_when_asked_then_refused(scene: Scene):
    recruiting.set_do_not_contact(actor=scene.by_recruiter, candidate_id=scene.candidate.pk, now=NOON)

    with pytest.raises(rules.DoNotContact, match="2026-11-23"):
        scene.asked()

    assert nothing_changed()


def test_given_consent_ended_yesterday_when_asked_then_refused_and_on_its_last_day_it_was_not(scene: Scene):
    scene.candidate.consent_until = NOON.date() - timedelta(days=1)
    scene.candidate.save(update_fields=["consent_until"])

    with pytest.raises(rules.ConsentLapsed, match="2026-11-22"):
        scene.asked()
    assert nothing_changed()

    assert scene.asked(now=NOON - timedelta(days=1)).state == RecallRequest.State.AWAITING


def test_given_the_person_works_here_when_asked_then_refused(scene: Scene):
    scene.candidate.employee = scene.recruiter.employee
    scene.candidate.save(update_fields=["employee"])

    with pytest.raises(rules.EmployedHere):
        scene.asked()

    assert nothing_changed()


def test_given_two_contacts_in_ninety_days_when_asked_then_refused_with_the_day_it_is_free(scene: Scene):
    recruiting.record_communication(
        actor=scene.by_recruiter, candidate_id=scene.candidate.pk, channel="WECOM", direction="OUT", words="近来好吗？",
        at=at("2026-10-20T10:00"), now=NOON,
    )  # fmt: skip

    with pytest.raises(rules.ContactedTooOften, match="2 times in the last 90 days") as refused:
        scene.asked()

    assert refused.value.facts["on"] == "2026-12-09"
    assert nothing_changed()


def test_given_a_filled_job_when_asked_then_refused(scene: Scene):
    scene.job.state = "FILLED"
    scene.job.save(update_fields=["state"])

    with pytest.raises(rules.JobNotRecallable):
        scene.asked()

    assert nothing_changed()


@pytest.mark.parametrize("words", ["", "  ", "好" * 1001])
def test_given_no_or_too_many_words_when_asked_then_the_field_is_named(scene: Scene, words: str):
    with translation.override("en"), pytest.raises(InvalidInput, match="Why bring this person back"):
        scene.asked(words=words)

    assert nothing_changed()


def test_who_may_not_ask_is_refused(scene: Scene):
    interviewer = make_actor("interviewer", "林工")

    with pytest.raises(NotAllowed):
        commands.request_recall(
            actor=interviewer,
            candidate_id=scene.candidate.pk,
            requisition_id=scene.job.pk,
            words=WORDS,
            now=NOON,
        )

    assert nothing_changed()


def test_an_unknown_candidate_or_job_is_not_found(scene: Scene):
    with pytest.raises(NotFound):
        scene.asked(candidate_id=0)
    with pytest.raises(NotFound):
        scene.asked(requisition_id=0)


def test_given_all_agree_then_the_brief_is_kept_and_the_specialist_has_the_task(scene: Scene):
    request = scene.approved()

    assert request.state == RecallRequest.State.BRIEFED
    brief = Brief.objects.get(request=request)
    assert brief.kept_out == 2
    leads = [point["intent"] for point in brief.points("zh-hans")]
    assert leads == [
        "先说明身份。",
        "王总的记忆。",
        "当时的原因。",
        "现在变了什么。",
        "薪资先问，不先报。",
        "到岗时间要重新问。",
    ]
    assert (
        brief.points("zh-hans")[1]["sentence"]
        == "王总说过：「讲缺料时先说自己判断错的那次，让人信服」原话可以转述。"
    )
    assert brief.points("zh-hans")[4]["conflict"] == "两处不一致"
    assert "英语" not in brief.body
    task = FlowTask.objects.get(instance_id=request.instance_id, state=FlowTask.State.OPEN)
    assert (task.kind, task.assignee) == ("HANDLER", scene.recruiter)


def test_the_brief_lies_sealed_in_the_database(scene: Scene):
    request = scene.approved()

    raw = bytes(Brief.objects.filter(request=request).values_list("body", flat=True)[0])

    assert b"35K" not in raw


def test_given_one_refuses_then_the_request_ends_and_can_be_asked_again(scene: Scene):
    request = scene.asked()
    scene.agree(request, scene.hr, verdict="reject")

    request.refresh_from_db()
    assert request.state == RecallRequest.State.REJECTED
    assert not Brief.objects.exists()
    assert scene.asked().number == "ZH-2026-000002"


def test_given_the_requester_withdraws_then_the_approval_ends_with_it(scene: Scene):
    request = scene.asked()

    commands.withdraw_request(actor=scene.by_boss, request_id=request.pk, words="先不招了", now=NOON)

    request.refresh_from_db()
    assert request.state == RecallRequest.State.WITHDRAWN
    assert FlowInstance.objects.get(pk=request.instance_id or 0).state == "WITHDRAWN"
    assert not FlowTask.objects.filter(state="OPEN").exists()


def test_others_cannot_withdraw_and_strangers_do_not_see_it(scene: Scene):
    request = scene.asked()

    with pytest.raises(NotAllowed):
        commands.withdraw_request(actor=acting(scene.head), request_id=request.pk, words="", now=NOON)
    with pytest.raises(NotFound):
        commands.withdraw_request(
            actor=make_actor("interviewer", "外人"), request_id=request.pk, words="", now=NOON
        )

    request.refresh_from_db()
    assert request.state == RecallRequest.State.AWAITING


def test_the_page_shows_line_points_facts_and_who_holds_it(scene: Scene):
    request = scene.asked()

    view = queries.request_view(actor=scene.by_boss, request_id=request.pk, now=NOON + timedelta(minutes=26))

    assert view.waiting_for == "李静"
    assert [step.state for step in view.line] == ["done", "now", "", "", "", "", ""]
    assert view.preview
    assert view.kept_out == 2
    assert [row.name for row in view.flow][:2] == ["王建国", "李静"]
    assert any("35K 左右 / 30K" in row.value for row in view.facts)
    assert view.may_urge
    assert not view.may_write


def test_pay_points_are_not_there_for_eyes_below_c4(scene: Scene):
    request = scene.asked()
    head = make_actor("business_head", "赵启明", department=scene.centre)
    low = type(head)(
        head.user_id,
        head.name,
        tuple(type(p)(p.role, p.verbs, p.scope, p.department_id) for p in head.powers),
    )

    view = queries.request_view(actor=low, request_id=request.pk, now=NOON)

    assert "35K" not in "".join(point.text for point in view.points)
    assert "35K" not in "".join(row.value for row in view.facts)


def test_the_sheet_offers_the_fitting_job_and_says_who_is_asked(scene: Scene):
    view = queries.sheet_view(actor=scene.by_boss, candidate_id=scene.candidate.pk, now=NOON)

    assert view.blocked == ""
    assert view.jobs[0].fits
    assert view.chosen_job == scene.job.pk
    assert [option.name for option in view.approvers[:2]] == ["李静", "陈志远"]
    assert view.specialist == "周敏"
    assert view.warning != ""


def test_the_sheet_says_why_a_person_cannot_be_recalled(scene: Scene):
    recruiting.set_do_not_contact(
        actor=scene.by_recruiter, candidate_id=scene.candidate.pk, now=timezone.now()
    )

    view = queries.sheet_view(actor=scene.by_boss, candidate_id=scene.candidate.pk, now=NOON)

    assert view.blocked != ""
