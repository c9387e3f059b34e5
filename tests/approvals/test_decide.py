"""Deciding: what follows from each answer, and that a refused answer changes nothing."""

from datetime import timedelta

import pytest

from guiyan.approvals import commands, queries
from guiyan.approvals.engine.advance import NotYourRequest, NotYourTask, WordsNeeded, WrongAnswer
from guiyan.approvals.models import Decision, FlowInstance, FlowTask
from guiyan.kernel.errors import InvalidInput, NotFound
from guiyan.platform.actors import Actor
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import acting
from tests.approvals.company import approve, document, persons
from tests.approvals.conftest import FLOW_WRITER

pytestmark = pytest.mark.django_db


def everything():
    """All that a refused call must leave alone."""
    return (
        list(FlowInstance.objects.order_by("pk").values()),
        list(FlowTask.objects.order_by("pk").values()),
        list(Decision.objects.order_by("pk").values()),
        EventRow.objects.count(),
    )


def events_of(instance):
    rows = EventRow.objects.filter(subjects__contains=[f"approval:{instance.pk}"]).order_by("pk")
    return [row.name.removeprefix("approvals.") for row in rows]


def test_given_the_main_job_when_both_agree_and_the_specialist_is_done_then_the_run_is_done(office):
    instance = office.ask()

    office.decide(instance, office.hr, comment="信息已核对，授权有效。")
    instance.refresh_from_db()
    assert (instance.state, instance.approved_at) == ("RUNNING", None)

    office.decide(instance, office.head)
    instance.refresh_from_db()
    assert (instance.state, instance.approved_at, instance.finished_at) == ("APPROVED", office.now, None)
    work = office.task(instance, office.specialist)
    assert (work.kind, work.state, work.due_at) == ("HANDLER", "OPEN", office.now + timedelta(days=2))

    commands.complete_handler(
        actor=acting(office.specialist), task_id=work.pk, comment="已联系", now=office.now
    )
    instance.refresh_from_db()
    assert (instance.state, instance.finished_at, instance.revision) == ("DONE", office.now, 4)
    assert events_of(instance) == [
        "instance.started",
        "task.opened",
        "task.decided",
        "task.opened",
        "task.decided",
        "instance.approved",
        "task.opened",
        "task.decided",
        "instance.done",
    ]


def test_given_hr_refuses_with_words_when_decided_then_all_ends_and_nobody_else_is_asked(office):
    instance = office.ask()

    task = office.decide(instance, office.hr, "reject", "  授权已过期。 ")

    instance.refresh_from_db()
    assert (instance.state, instance.finished_at) == ("REJECTED", office.now)
    assert (task.state, task.comment, task.decided_at) == ("REJECTED", "授权已过期。", office.now)
    assert FlowTask.objects.filter(state="OPEN").count() == 0
    assert events_of(instance)[-2:] == ["task.decided", "instance.rejected"]


def test_given_one_of_two_hr_managers_decides_when_any_is_enough_then_the_other_task_closes(office):
    from guiyan.platform.testkit.people import make_person

    second = make_person("hr_manager", "韩梅", department=office.department)
    instance = office.ask()

    office.decide(instance, office.hr)

    closed = office.task(instance, second)
    assert (closed.state, closed.decided_at) == ("CANCELLED", office.now)
    decided = EventRow.objects.get(name="approvals.task.decided")
    assert decided.facts["closed_task_ids"] == [closed.pk]
    assert decided.facts["verdict"] == "APPROVED"


@pytest.mark.parametrize("verdict", ["approve", "reject"])
def test_given_the_other_hr_manager_was_first_when_answered_late_then_409_says_who_and_nothing_changes(
    office, verdict
):
    from guiyan.platform.testkit.people import make_person

    second = make_person("hr_manager", "韩梅", department=office.department)
    instance = office.ask()
    office.decide(instance, office.hr)
    before = everything()

    with pytest.raises(commands.AlreadyDecided) as refusal:
        office.decide(instance, second, verdict, "晚了")

    assert refusal.value.status == 409
    facts = refusal.value.facts
    assert (facts["state"], facts["instance_state"], facts["who"]) == ("APPROVED", "RUNNING", "李静")
    assert everything() == before


def test_given_the_same_answer_twice_when_sent_again_then_409_and_one_decision(office):
    instance = office.ask()
    office.decide(instance, office.hr)
    before = everything()

    with pytest.raises(commands.AlreadyDecided):
        office.decide(instance, office.hr)
    assert everything() == before


@pytest.mark.parametrize("words", ["", "  "])
def test_given_no_words_when_refusing_then_words_are_asked_for_and_nothing_changes(office, words):
    instance = office.ask()
    before = everything()

    with pytest.raises(WordsNeeded):
        office.decide(instance, office.hr, "reject", words)
    assert everything() == before


def test_given_far_too_many_words_when_answering_then_refused(office):
    instance = office.ask()

    with pytest.raises(InvalidInput, match="1,000 characters"):
        office.decide(instance, office.hr, comment="长" * 1001)


@pytest.mark.parametrize("verdict", ["done", "maybe", ""])
def test_given_an_unknown_verdict_when_sent_then_refused_and_nothing_changes(office, verdict):
    instance = office.ask()
    before = everything()

    with pytest.raises(InvalidInput, match="verdict"):
        office.decide(instance, office.hr, verdict)
    assert everything() == before


def test_given_an_approval_when_reported_as_done_then_refused(office):
    instance = office.ask()

    with pytest.raises(WrongAnswer):
        commands.complete_handler(
            actor=acting(office.hr), task_id=office.task(instance, office.hr).pk, comment="", now=office.now
        )


def test_given_a_participant_when_they_answer_another_ones_task_then_403_and_nothing_changes(office):
    instance = office.ask()
    before = everything()

    with pytest.raises(NotYourTask):
        commands.decide(
            actor=acting(office.boss),
            task_id=office.task(instance, office.hr).pk,
            verdict="approve",
            comment="",
            now=office.now,
        )
    assert everything() == before


@pytest.mark.parametrize("who", ["head", "specialist", "admin"])
def test_given_somebody_not_asked_when_they_answer_then_404_and_nothing_changes(office, who):
    instance = office.ask()
    before = everything()

    with pytest.raises(NotFound):
        commands.decide(
            actor=acting(getattr(office, who)),
            task_id=office.task(instance, office.hr).pk,
            verdict="approve",
            comment="",
            now=office.now,
        )
    assert everything() == before


def test_given_a_job_with_every_verb_when_it_answers_then_404(office):
    instance = office.ask()

    with pytest.raises(NotFound):
        commands.decide(
            actor=Actor.system("job", "approval.decide"),
            task_id=office.task(instance, office.hr).pk,
            verdict="approve",
            comment="",
            now=office.now,
        )


def test_given_the_requester_when_they_withdraw_then_open_tasks_close_and_late_answers_are_409(office):
    instance = office.ask()

    commands.withdraw(actor=acting(office.boss), instance_id=instance.pk, comment="另有人选", now=office.now)

    instance.refresh_from_db()
    assert (instance.state, instance.finished_at) == ("WITHDRAWN", office.now)
    assert office.task(instance, office.hr).state == "CANCELLED"
    with pytest.raises(commands.AlreadyDecided) as refusal:
        office.decide(instance, office.hr)
    assert refusal.value.facts["state"] == "WITHDRAWN"
    with pytest.raises(commands.AlreadyDecided):
        commands.withdraw(actor=acting(office.boss), instance_id=instance.pk, now=office.now)


def test_given_an_approver_when_they_withdraw_another_ones_request_then_refused(office):
    instance = office.ask()
    before = everything()

    with pytest.raises(NotYourRequest):
        commands.withdraw(actor=acting(office.hr), instance_id=instance.pk, now=office.now)
    with pytest.raises(NotFound):
        commands.withdraw(actor=acting(office.head), instance_id=instance.pk, now=office.now)
    assert everything() == before


def test_given_work_after_the_approval_when_withdrawn_then_the_work_is_cancelled_too(office):
    instance = office.ask()
    office.decide(instance, office.hr)
    office.decide(instance, office.head)

    commands.withdraw(actor=acting(office.boss), instance_id=instance.pk, now=office.now)

    instance.refresh_from_db()
    assert instance.state == "WITHDRAWN"
    assert office.task(instance, office.specialist).state == "CANCELLED"


def test_given_a_subject_that_no_longer_stands_when_voided_twice_then_ended_once(office):
    instance = office.ask()
    job = Actor.system("recall.opt_out")
    voided = {"subject_kind": "errand", "subject_id": 41, "comment": "候选人不愿再被联系", "now": office.now}

    ended = commands.void_subject(actor=job, **voided)
    assert ended is not None
    assert ended.pk == instance.pk
    assert commands.void_subject(actor=job, **voided) is None

    instance.refresh_from_db()
    assert instance.state == "WITHDRAWN"
    assert Decision.objects.filter(kind="WITHDRAWN", actor=None).count() == 1


def test_given_waiting_people_when_urged_then_each_is_told_and_not_again_within_the_hour(office):
    instance = office.ask()
    boss = acting(office.boss)

    assert commands.urge(actor=boss, instance_id=instance.pk, now=office.now) == 1
    with pytest.raises(commands.UrgedJustNow):
        commands.urge(actor=boss, instance_id=instance.pk, now=office.now + timedelta(minutes=59))
    assert commands.urge(actor=boss, instance_id=instance.pk, now=office.now + timedelta(hours=1)) == 1
    assert events_of(instance).count("task.urged") == 2
    with pytest.raises(NotYourRequest):
        commands.urge(actor=acting(office.hr), instance_id=instance.pk, now=office.now)


def test_given_a_step_that_lost_its_people_when_urged_after_the_post_is_filled_then_it_goes_on(office):
    from guiyan.accounts.commands import disable_user, grant_role
    from guiyan.platform.testkit.people import SETUP, make_person

    flow = document(
        approve("one", assignee=persons(office.hr.pk)), approve("two", assignee=persons(office.specialist.pk))
    )
    commands.publish_flow(actor=FLOW_WRITER, document=flow, now=office.now)
    instance = office.ask(flow_key="leave", facts={})
    for gone in (office.specialist, office.admin):
        disable_user(actor=SETUP, user_id=gone.pk, now=office.now)
    office.decide(instance, office.hr)
    assert not FlowTask.objects.filter(state="OPEN").exists()

    new = make_person("employee", "新管理员", department=office.department)
    grant_role(actor=SETUP, user_id=new.pk, role="sys_admin", valid_from=office.now.date(), now=office.now)
    assert commands.urge(actor=acting(office.boss), instance_id=instance.pk, now=office.now) == 1
    assert office.task(instance, new).why == {"code": "vacant_administrator"}


def test_given_a_reorganisation_when_the_run_is_replayed_then_the_stored_state_still_follows(office):
    from guiyan.accounts.commands import disable_user
    from guiyan.approvals import history
    from guiyan.approvals.engine.advance import fold
    from guiyan.platform.testkit.people import SETUP

    instance = office.ask()
    office.decide(instance, office.hr)
    disable_user(actor=SETUP, user_id=office.hr.pk, now=office.now)

    state = fold(history.definition_of(instance.flow_version), history.history_of(instance.pk))
    assert state.state.value == instance.state
    stored = FlowTask.objects.filter(instance=instance).values_list("node_id", "assignee_id", "state")
    assert {(t.node_id, t.assignee_id, t.mark.value) for t in state.tasks} == set(stored)


def test_given_a_decided_task_when_its_subject_is_asked_about_then_only_open_tasks_give_a_right(office):
    instance = office.ask()
    hr = acting(office.hr)
    mine = queries.open_task_for(actor=hr, subject_kind="errand", subject_id=41)
    assert mine is not None
    assert mine.question == "Is the information right, and is the consent valid?"

    office.decide(instance, office.hr)

    assert queries.open_task_for(actor=hr, subject_kind="errand", subject_id=41) is None
    assert list(queries.subjects_seen(actor=hr, subject_kind="errand")) == [41]
    assert list(queries.subjects_seen(actor=acting(office.specialist), subject_kind="errand")) == []
