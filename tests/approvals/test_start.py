"""Starting: who is asked, by when, and what is refused before anything is written."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from guiyan.approvals import commands
from guiyan.approvals.engine.advance import NobodyCanDecide, OwnRequest
from guiyan.approvals.models import Decision, Flow, FlowInstance, FlowTask, FlowVersion
from guiyan.kernel.errors import InvalidInput, NotFound
from guiyan.platform.actors import Actor
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import acting, make_person
from tests.approvals.company import approve, document, persons
from tests.approvals.conftest import FLOW_WRITER

pytestmark = pytest.mark.django_db


def names():
    return list(
        EventRow.objects.filter(name__startswith="approvals.").order_by("pk").values_list("name", flat=True)
    )


def test_given_the_recall_flow_when_the_boss_asks_then_the_hr_manager_is_asked_within_four_working_hours(
    office,
):
    instance = office.ask()

    task = FlowTask.objects.get(instance=instance)
    assert (task.assignee, task.node_id, task.kind, task.state) == (
        office.hr,
        "hr_manager",
        "APPROVE",
        "OPEN",
    )
    assert task.due_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # noon + lunch + 4 h = 17:00 in Shanghai
    assert task.why == {"code": "role", "role": "hr_manager"}
    assert (instance.state, instance.revision, instance.number) == ("RUNNING", 1, "ZH-2026-000041")
    assert names() == ["approvals.flow.published", "approvals.instance.started", "approvals.task.opened"]
    assert EventRow.objects.get(name="approvals.task.opened").subjects == [
        f"approval:{instance.pk}",
        "errand:41",
    ]


def test_given_a_shipped_flow_when_used_twice_then_it_was_published_once(office):
    office.ask(subject_id=1)
    office.ask(subject_id=2)

    assert FlowVersion.objects.count() == 1
    assert FlowVersion.objects.get().document["key"] == "recall"


def test_given_an_unfinished_approval_when_asked_again_then_conflict_and_nothing_changes(office):
    first = office.ask()
    before = names()

    with pytest.raises(commands.AlreadyRunning) as refusal:
        office.ask()

    assert refusal.value.status == 409
    assert refusal.value.facts["instance_id"] == first.pk
    assert FlowInstance.objects.count() == 1
    assert names() == before


def test_given_a_finished_approval_when_asked_again_then_a_new_one_starts(office):
    office.decide(office.ask(), office.hr, "reject", "Not now.")

    assert office.ask().state == "RUNNING"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"facts": {}}, "specialist_user_id"),
        ({"choices": {"specialist_user_id": 1}}, "specialist_user_id"),
        ({"choices": {"amount": 1}}, "amount"),
        ({"facts": {"specialist_user_id": "x"}}, "specialist_user_id"),
    ],
)
def test_given_wrong_facts_when_asked_then_the_field_is_named_and_nothing_is_written(office, given, field):
    with pytest.raises(InvalidInput) as refusal:
        office.ask(**given)

    assert refusal.value.facts["field"] == field
    assert not FlowInstance.objects.exists()
    assert not Flow.objects.exists()
    assert names() == []


def test_given_an_unknown_flow_when_asked_then_refused(office):
    with pytest.raises(commands.UnknownFlow, match="no approval flow travel"):
        office.ask(flow_key="travel")


@pytest.mark.parametrize("key", ["../recall", "recall.json", ""])
def test_given_a_flow_key_that_is_a_path_when_asked_then_refused(office, key):
    with pytest.raises(commands.UnknownFlow):
        office.ask(flow_key=key)


def test_given_departments_chosen_by_the_requester_when_approved_by_hr_then_each_head_is_asked(office):
    from guiyan.people.commands import set_head
    from guiyan.platform.testkit.people import SETUP, make_department

    other = make_department("制造中心")
    maker = make_person("business_head", "赵启明", department=other)
    set_head(actor=SETUP, department_id=other.pk, employee_id=maker.employee.pk, now=office.now)

    instance = office.ask(choices={"department_ids": [office.department.pk, other.pk]})
    office.decide(instance, office.hr)

    waiting = FlowTask.objects.filter(instance=instance, state="OPEN").values_list(
        "assignee__name", flat=True
    )
    assert sorted(waiting) == ["赵启明", "陈志远"]


def test_given_hr_asks_when_the_hr_step_opens_then_it_falls_to_their_manager_never_to_themselves(office):
    instance = office.ask(requester=office.hr)

    task = FlowTask.objects.get(instance=instance)
    assert (task.assignee, task.why["code"]) == (office.boss, "instead_of_self")


def test_given_a_flow_that_refuses_self_approval_when_the_approver_asks_then_refused_and_nothing_is_written(
    office,
):
    flow = document(approve(assignee=persons(office.hr.pk)), self_approval="refuse")
    commands.publish_flow(actor=FLOW_WRITER, document=flow, now=office.now)

    with pytest.raises(OwnRequest):
        office.ask(flow_key="leave", facts={}, requester=office.hr)
    assert not FlowInstance.objects.exists()


def test_given_nobody_who_could_decide_when_asked_then_refused_and_nothing_is_written(office):
    from guiyan.accounts.commands import disable_user
    from guiyan.platform.testkit.people import SETUP

    for gone in (office.hr, office.admin):
        disable_user(actor=SETUP, user_id=gone.pk, now=office.now)

    with pytest.raises(NobodyCanDecide, match="HR manager"):
        office.ask()
    assert not FlowInstance.objects.exists()


def test_given_a_job_without_a_person_when_it_asks_then_refused(office):
    facts = {"specialist_user_id": office.specialist.pk}
    with pytest.raises(NotFound):
        commands.start(
            actor=Actor.system("job"), flow_key="recall", subject_kind="errand", subject_id=1, title="x", facts=facts,
            choices={}, now=office.now,
        )  # fmt: skip


def test_given_the_database_when_two_unfinished_of_one_subject_are_forced_then_it_refuses(office):
    one = office.ask()
    one.pk = None

    with pytest.raises(IntegrityError, match="instance_one_unfinished"), transaction.atomic():
        one.save(force_insert=True)


def test_given_the_database_when_a_task_names_the_requester_as_approver_then_it_refuses(office):
    instance = office.ask()

    with pytest.raises(IntegrityError, match="task_nobody_approves_own"), transaction.atomic():
        FlowTask.objects.create(
            instance=instance, node_id="x", kind="APPROVE", assignee=office.boss, requester=office.boss,
            opened_at=office.now,
        )  # fmt: skip


@pytest.mark.parametrize("change", ["update", "delete"])
def test_given_the_history_when_it_is_changed_by_sql_then_the_database_refuses(office, change):
    office.ask()

    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Decision.objects.update(comment="x") if change == "update" else Decision.objects.all()._raw_delete(
            "default"
        )
    assert Decision.objects.get().comment == ""


def test_given_a_new_version_when_published_then_running_instances_keep_theirs(office):
    instance = office.ask()
    short = document(approve("only", assignee=persons(office.head.pk)), key="recall", title="Recall approval")
    version = commands.publish_flow(actor=FLOW_WRITER, document=short, now=office.now)

    assert version.number == 2
    office.decide(instance, office.hr)
    assert office.task(instance, office.head).node_id == "business_head"
    newer = office.ask(subject_id=42, facts={})
    assert [task.node_id for task in newer.tasks.all()] == ["only"]


def test_given_no_right_when_publishing_then_refused(office):
    from guiyan.kernel.errors import NotAllowed

    with pytest.raises(NotAllowed):
        commands.publish_flow(actor=acting(office.boss), document=document(approve()), now=office.now)
    assert not Flow.objects.exists()


def test_given_shipped_flows_when_installed_twice_then_once(office):
    assert commands.install_shipped_flows(actor=FLOW_WRITER, now=office.now) == ["recall"]
    assert commands.install_shipped_flows(actor=FLOW_WRITER, now=office.now) == []
