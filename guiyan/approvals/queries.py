"""Every shared read of the approvals room. Frozen rows; visibility is always applied."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from guiyan.approvals import picture, policies
from guiyan.approvals.models import FlowInstance, FlowTask
from guiyan.approvals.picture import FlowLine
from guiyan.approvals.rows import Box, InboxPage, InboxRow, InstanceView, MyTask, SubjectApproval
from guiyan.approvals.shown import Line, lines_of
from guiyan.kernel.errors import NotFound
from guiyan.platform.actors import Actor

PAGE = 25


def inbox(*, actor: Actor, box: Box = "waiting", after: int | None = None, limit: int = PAGE) -> InboxPage:
    """One box of the actor's inbox, keyset-paged: most urgent first when waiting, else newest first.

    `after` is the cursor of the page before. Two SQL queries at most.
    """
    if box == "mine":
        return _own_requests(actor, after, limit)
    tasks = policies.visible_tasks(actor).select_related("instance__requester", "instance__flow_version")
    if box == "waiting":
        tasks = tasks.filter(state=FlowTask.State.OPEN).order_by(F("due_at").asc(nulls_last=True), "pk")
    else:
        copied = Q(kind=FlowTask.Kind.COPY)
        tasks = tasks.exclude(state__in=[FlowTask.State.OPEN, FlowTask.State.CANCELLED])
        tasks = tasks.filter(copied if box == "copied" else ~copied).order_by("-decided_at", "-pk")
    last = policies.visible_tasks(actor).filter(pk=after).first() if after else None
    if last is not None:
        tasks = tasks.filter(_later(last) if box == "waiting" else _earlier(last))
    rows = list(tasks[: limit + 1])
    return InboxPage(tuple(map(_row, rows[:limit])), rows[limit - 1].pk if len(rows) > limit else None)


def waiting_lines(*, actor: Actor, now: datetime, limit: int = 5) -> tuple[Line, ...]:
    """The most urgent tasks of the actor in the words of a list, for the home page. One SQL query."""
    return lines_of(inbox(actor=actor, limit=limit).rows, box="waiting", now=now)


def count_waiting(*, actor: Actor) -> int:
    """How many tasks wait for the actor. One SQL query on a partial index."""
    return policies.visible_tasks(actor).filter(state=FlowTask.State.OPEN).count()


def open_task_for(*, actor: Actor, subject_kind: str, subject_id: int) -> MyTask | None:
    """The actor's open task about a subject: the right to decide it, and to see what deciding needs (CASE)."""
    task = (
        policies.visible_tasks(actor)
        .filter(
            state=FlowTask.State.OPEN, instance__subject_kind=subject_kind, instance__subject_id=subject_id
        )
        .select_related("instance__flow_version")
        .order_by("pk")
        .first()
    )
    return _my_task(task, task.instance.flow_version.document) if task else None


def subjects_seen(*, actor: Actor, subject_kind: str) -> QuerySet[FlowInstance, int]:
    """Ids of subjects whose approval the actor takes part in, as a subquery for their owner's policy (CASE)."""
    return (
        policies.visible_instances(actor)
        .filter(subject_kind=subject_kind)
        .values_list("subject_id", flat=True)
    )


def instance_view(*, actor: Actor, instance_id: int, now: datetime) -> InstanceView:
    """One request as its participants see it. Raises NotFound for everybody else."""
    instance = _whole(policies.visible_instances(actor).filter(pk=instance_id))
    if instance is None:
        raise NotFound()
    document = instance.flow_version.document
    tasks = list(FlowTask.objects.filter(instance=instance).order_by("pk"))
    task = next((t for t in tasks if t.state == FlowTask.State.OPEN and t.assignee_id == actor.user_id), None)
    return InstanceView(
        id=instance.pk, flow_key=document["key"], flow_title=document["title"],
        flow_number=instance.flow_version.number, title=instance.title, summary=instance.summary,
        number=instance.number, subject_kind=instance.subject_kind, subject_id=instance.subject_id,
        requester_id=instance.requester_id, requester_name=instance.requester.name, state=instance.state,
        revision=instance.revision, started_at=instance.started_at, finished_at=instance.finished_at,
        facts=instance.facts, fields=tuple(document["fields"]),
        lines=picture.lines(instance, viewer_id=actor.user_id, now=now, tasks=tasks),
        my_task=_my_task(task, document) if task else None, may_withdraw=policies.may_withdraw(actor, instance),
    )  # fmt: skip


def task_instance(*, actor: Actor, task_id: int) -> int:
    """The instance of one of the actor's own tasks. Raises NotFound."""
    found = policies.visible_tasks(actor).filter(pk=task_id).values_list("instance_id", flat=True).first()
    if found is None:
        raise NotFound()
    return found


def subject_lines(
    *, subject_kind: str, subject_id: int, viewer_id: int | None, now: datetime
) -> tuple[FlowLine, ...]:
    """The picture of a subject's latest approval; empty when it never had one.

    For the room that owns the subject: it has decided that the viewer may see the subject.
    """
    instance = _latest(subject_kind, subject_id)
    return picture.lines(instance, viewer_id=viewer_id, now=now) if instance else ()


def subject_approval(*, subject_kind: str, subject_id: int) -> SubjectApproval | None:
    """Where a subject's latest approval stands and whom it waits for. For the subject's owner, as above."""
    instance = _latest(subject_kind, subject_id)
    if instance is None:
        return None
    open_tasks = list(
        instance.tasks.filter(state=FlowTask.State.OPEN).select_related("assignee").order_by("pk")
    )
    return SubjectApproval(
        instance.pk,
        instance.state,
        instance.finished_at is not None,
        tuple(task.assignee.name for task in open_tasks),
        min((task.opened_at for task in open_tasks), default=None),
    )


def words_of(*, subject_kind: str, subject_id: int) -> tuple[FlowLine, ...]:
    """What those who answered said, in order: for cards that show the earlier approvers' words."""
    instance = _latest(subject_kind, subject_id)
    return picture.answers(instance) if instance else ()


def _latest(subject_kind: str, subject_id: int) -> FlowInstance | None:
    return _whole(
        FlowInstance.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("-pk")
    )


def _whole(found: QuerySet[FlowInstance]) -> FlowInstance | None:
    return found.select_related("flow_version", "requester").first()


def _own_requests(actor: Actor, after: int | None, limit: int) -> InboxPage:
    own = FlowInstance.objects.filter(requester_id=actor.user_id).select_related("requester", "flow_version")
    if after:
        own = own.filter(pk__lt=after)
    rows = list(own.order_by("-pk")[: limit + 1])
    return InboxPage(tuple(map(_own_row, rows[:limit])), rows[limit - 1].pk if len(rows) > limit else None)


def _later(last: FlowTask) -> Q:
    if last.due_at is None:
        return Q(due_at__isnull=True, pk__gt=last.pk)
    same = Q(due_at=last.due_at, pk__gt=last.pk)
    return Q(due_at__gt=last.due_at) | same | Q(due_at__isnull=True)


def _earlier(last: FlowTask) -> Q:
    return Q(decided_at__lt=last.decided_at) | Q(decided_at=last.decided_at, pk__lt=last.pk)


def _row(task: FlowTask) -> InboxRow:
    instance, node = task.instance, picture.node_of(task.instance.flow_version.document, task.node_id)
    return InboxRow(
        instance.pk, task.pk, instance.title, instance.summary, instance.number, instance.subject_kind,
        instance.subject_id, instance.requester.name, instance.started_at, task.state, task.kind, node["title"],
        node.get("question", ""), task.opened_at, task.due_at, task.decided_at,
        task.urged_at,
    )  # fmt: skip


def _own_row(instance: FlowInstance) -> InboxRow:
    return InboxRow(
        instance.pk, None, instance.title, instance.summary, instance.number, instance.subject_kind,
        instance.subject_id, instance.requester.name, instance.started_at, instance.state, "", "", "",
        instance.started_at, None, instance.finished_at, None,
    )  # fmt: skip


def _my_task(task: FlowTask, document: dict[str, Any]) -> MyTask:
    node = picture.node_of(document, task.node_id)
    return MyTask(
        task.pk, task.instance_id, task.node_id, task.kind, node["title"], node.get("question", ""),
        task.opened_at, task.due_at,
    )  # fmt: skip
