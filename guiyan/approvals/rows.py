"""The frozen rows that the queries of this room answer with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from guiyan.approvals.picture import FlowLine

Box = Literal["waiting", "mine", "done", "copied"]


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line of an inbox. `task_id` is empty in the box of one's own requests. Times are aware UTC.

    `state` is the task's, or the instance's where there is no task. `question` is what is to be judged.
    """

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


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Rows in order and the cursor of the next page (`after=`), None at the end."""

    rows: tuple[InboxRow, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class MyTask:
    """The actor's own open task of an instance. `opened_at` and `due_at` are aware UTC."""

    id: int
    instance_id: int
    node_id: str
    kind: str
    step: str
    question: str
    opened_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class InstanceView:
    """One request with its picture: who, words, time, waiting since. `facts` as checked at the start,
    `fields` as the flow declares them."""

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
    facts: dict[str, Any]
    fields: tuple[dict[str, Any], ...]
    lines: tuple[FlowLine, ...]
    my_task: MyTask | None
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class SubjectApproval:
    """Where the latest approval of a subject stands, for the room that owns the subject."""

    instance_id: int
    state: str
    finished: bool
    waiting_for: tuple[str, ...]
    waiting_since: datetime | None
