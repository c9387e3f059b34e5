"""The API of approvals: read the inbox and a request, answer one's tasks, steer one's own requests."""

from datetime import datetime
from typing import Any

from ninja import Query, Schema
from pydantic import Field

from guiyan.approvals import commands, queries
from guiyan.approvals.engine.state import Verdict
from guiyan.approvals.rows import Box
from guiyan.kernel.errors import InvalidInput, gettext_noop
from guiyan.platform import clock
from guiyan.platform.api import Door, Input
from guiyan.platform.routes import SIGNED_IN, ActedRequest

router = Door(tags=["approvals"])


class InboxQuery(Input):
    """Which box and from where; `after` is `next` of the page before."""

    box: Box = "waiting"
    after: int | None = Field(default=None, ge=1)
    limit: int = Field(default=queries.PAGE, ge=1, le=200)


class AnswerIn(Input):
    """The words that go with an answer; a refusal needs them."""

    comment: str = Field(default="", max_length=commands.MAX_COMMENT)


class InboxRowOut(Schema):
    """One line of an inbox."""

    instance_id: int
    task_id: int | None
    title: str
    summary: str
    number: str
    subject_kind: str
    subject_id: int
    requester_name: str
    started_at: datetime
    state: str
    task_kind: str
    step: str
    question: str
    opened_at: datetime
    due_at: datetime | None
    decided_at: datetime | None
    urged_at: datetime | None


class InboxOut(Schema):
    """A page of an inbox; `next` is empty at the end."""

    rows: list[InboxRowOut]
    next: int | None


class LineOut(Schema):
    """One person's part: done, now, no, or empty for what is to come."""

    name: str
    role: str
    words: str
    state: str
    why: str
    user_id: int | None
    at: datetime | None


class TaskOut(Schema):
    """A task after an answer."""

    id: int
    instance_id: int
    node_id: str
    kind: str
    state: str
    comment: str
    opened_at: datetime
    due_at: datetime | None
    decided_at: datetime | None


class MyTaskOut(Schema):
    """What the caller is asked to judge or to do."""

    id: int
    node_id: str
    kind: str
    step: str
    question: str
    opened_at: datetime
    due_at: datetime | None


class InstanceOut(Schema):
    """One request with its picture."""

    id: int
    flow_key: str
    flow_title: str
    flow_number: int
    title: str
    summary: str
    number: str
    subject_kind: str
    subject_id: int
    requester_id: int
    requester_name: str
    state: str
    revision: int
    started_at: datetime
    finished_at: datetime | None
    lines: list[LineOut]
    my_task: MyTaskOut | None
    may_withdraw: bool


class UrgedOut(Schema):
    """How many people were reminded."""

    reminded: int


@router.get("/approvals/inbox", grant=SIGNED_IN, response=InboxOut, operation_id="list_inbox")
def list_inbox(request: ActedRequest, wanted: Query[InboxQuery]) -> Any:
    """One box of the caller's inbox: waiting, mine, done or copied."""
    _refuse_unknown(request, InboxQuery)
    return queries.inbox(actor=request.actor, box=wanted.box, after=wanted.after, limit=wanted.limit)


@router.get(
    "/approvals/{int:instance_id}", grant=SIGNED_IN, response=InstanceOut, operation_id="get_instance"
)
def get_instance(request: ActedRequest, instance_id: int) -> Any:
    """One request, for those who take part in it."""
    return queries.instance_view(actor=request.actor, instance_id=instance_id, now=clock.now())


@router.post(
    "/approvals/tasks/{int:task_id}/approve", grant=SIGNED_IN, response=TaskOut, operation_id="approve_task"
)
def approve_task(request: ActedRequest, task_id: int, answer: AnswerIn) -> Any:
    """Agree to one's own task."""
    return commands.decide(
        actor=request.actor, task_id=task_id, verdict=Verdict.APPROVE, comment=answer.comment, now=clock.now()
    )


@router.post(
    "/approvals/tasks/{int:task_id}/reject", grant=SIGNED_IN, response=TaskOut, operation_id="reject_task"
)
def reject_task(request: ActedRequest, task_id: int, answer: AnswerIn) -> Any:
    """Refuse one's own task, with words."""
    return commands.decide(
        actor=request.actor, task_id=task_id, verdict=Verdict.REJECT, comment=answer.comment, now=clock.now()
    )


@router.post(
    "/approvals/tasks/{int:task_id}/complete", grant=SIGNED_IN, response=TaskOut, operation_id="complete_task"
)
def complete_task(request: ActedRequest, task_id: int, answer: AnswerIn) -> Any:
    """Report one's own piece of work as done."""
    return commands.complete_handler(
        actor=request.actor, task_id=task_id, comment=answer.comment, now=clock.now()
    )


@router.post(
    "/approvals/{int:instance_id}/withdraw",
    grant=SIGNED_IN,
    response=InstanceOut,
    operation_id="withdraw_instance",
)
def withdraw_instance(request: ActedRequest, instance_id: int, answer: AnswerIn) -> Any:
    """Take one's own request back."""
    now = clock.now()
    commands.withdraw(actor=request.actor, instance_id=instance_id, comment=answer.comment, now=now)
    return queries.instance_view(actor=request.actor, instance_id=instance_id, now=now)


@router.post(
    "/approvals/{int:instance_id}/urge", grant=SIGNED_IN, response=UrgedOut, operation_id="urge_instance"
)
def urge_instance(request: ActedRequest, instance_id: int) -> Any:
    """Remind those who are waited for."""
    return {"reminded": commands.urge(actor=request.actor, instance_id=instance_id, now=clock.now())}


def _refuse_unknown(request: ActedRequest, query: type[Input]) -> None:
    """Ninja ignores query parameters it does not know; a typing error must not silently widen a list."""
    for name in sorted(set(request.GET) - set(query.model_fields)):
        raise InvalidInput(
            field=name,
            problem=gettext_noop("there is no such parameter"),
            remedy=gettext_noop("Leave it out."),
        )
