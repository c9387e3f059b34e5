"""Two people at the same instant, on real transactions: one wins, everybody else is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django_tenants.utils import schema_context

from guiyan.approvals import commands
from guiyan.approvals.models import Decision, FlowInstance, FlowTask
from guiyan.kernel.errors import Refused
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import acting, make_person
from tests.conftest import SCHEMA

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run the calls at the same instant in threads; returns each one's result or refusal."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            with schema_context(SCHEMA):
                barrier.wait(timeout=20)
                return call()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def decision(office, user, task, verdict="approve", comment=""):
    return lambda: commands.decide(
        actor=acting(user), task_id=task.pk, verdict=verdict, comment=comment, now=office.now
    )


def split(results):
    lost = [result for result in results if isinstance(result, Refused)]
    return [result for result in results if result not in lost], lost


def test_given_two_hr_managers_when_both_answer_at_one_instant_then_one_wins_and_the_other_gets_409(office):
    second = make_person("hr_manager", "韩梅", department=office.department)
    for subject_id in range(100, 106):
        instance = office.ask(subject_id=subject_id)
        one, other = office.task(instance, office.hr), office.task(instance, second)

        results = at_once(
            decision(office, office.hr, one), decision(office, second, other, "reject", "岗位已关闭")
        )

        won, lost = split(results)
        assert (len(won), len(lost)) == (1, 1)
        assert isinstance(lost[0], commands.AlreadyDecided)
        assert lost[0].status == 409
        assert lost[0].facts["state"] == won[0].state
        assert Decision.objects.filter(instance=instance, kind__in=Decision.ANSWERS).count() == 1
        state = FlowInstance.objects.get(pk=instance.pk).state
        assert state == {"APPROVED": "RUNNING", "REJECTED": "REJECTED"}[won[0].state]
        assert FlowTask.objects.filter(instance=instance, state="OPEN").count() == int(state == "RUNNING")


def test_given_fifty_answers_and_withdrawals_when_sent_at_one_instant_then_each_effect_happens_at_most_once(
    office,
):
    instance = office.ask(subject_id=200)
    task = office.task(instance, office.hr)
    calls = [
        *[decision(office, office.hr, task)] * 5,
        *[decision(office, office.hr, task, "reject", "不合适")] * 5,
        *[lambda: commands.withdraw(actor=acting(office.boss), instance_id=instance.pk, now=office.now)] * 5,
    ]
    results = at_once(*calls) + at_once(*calls) + at_once(*calls) + at_once(*calls[:5])

    _won, lost = split(results)
    assert {type(refusal) for refusal in lost} == {commands.AlreadyDecided}
    assert Decision.objects.filter(instance=instance, kind__in=Decision.ANSWERS).count() <= 1
    assert Decision.objects.filter(instance=instance, kind="WITHDRAWN").count() <= 1
    instance.refresh_from_db()
    answers = Decision.objects.filter(instance=instance).exclude(kind="OPENED").count()
    assert len(results) - len(lost) == answers, "every call that was not refused left exactly one line"
    assert instance.state in {"REJECTED", "WITHDRAWN"}
    assert not FlowTask.objects.filter(instance=instance, state="OPEN").exists()


def test_given_a_double_start_when_sent_at_one_instant_then_one_run_begins(office):
    results = at_once(*[lambda: office.ask(subject_id=300)] * 6)

    won, lost = split(results)
    assert len(won) == 1
    assert {type(refusal) for refusal in lost} == {commands.AlreadyRunning}
    assert FlowInstance.objects.filter(subject_id=300).count() == 1
    assert EventRow.objects.filter(name="approvals.instance.started", facts__subject_id=300).count() == 1


def test_given_a_countersign_when_both_agree_at_one_instant_then_both_count_and_it_is_approved_once(office):
    from tests.approvals.company import approve, document, persons
    from tests.approvals.conftest import FLOW_WRITER

    both = document(approve(mode="all", assignee=persons(office.hr.pk, office.head.pk)), key="both")
    commands.publish_flow(actor=FLOW_WRITER, document=both, now=office.now)
    instance = office.ask(flow_key="both", subject_id=400, facts={})

    results = at_once(
        *[decision(office, user, office.task(instance, user)) for user in (office.hr, office.head)]
    )

    assert split(results)[1] == []
    instance.refresh_from_db()
    assert (instance.state, instance.finished_at) == ("APPROVED", office.now)
    approved = EventRow.objects.filter(name="approvals.instance.approved", facts__instance_id=instance.pk)
    assert approved.count() == 1
