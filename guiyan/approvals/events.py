"""What happens to approvals. Every event names its subject, so that upper rooms can react through the wiring."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from guiyan.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class InstanceEvent(Event):
    """Base: something about one run. `by` is who caused it; words people wrote stay in the history."""

    instance_id: int
    flow_key: str
    subject_kind: str
    subject_id: int
    requester_id: int

    def subjects(self) -> tuple[str, ...]:
        return (f"approval:{self.instance_id}", f"{self.subject_kind}:{self.subject_id}")


@dataclass(frozen=True, kw_only=True)
class InstanceStarted(InstanceEvent):
    """Somebody asked."""

    name: ClassVar[str] = "approvals.instance.started"


@dataclass(frozen=True, kw_only=True)
class TaskOpened(InstanceEvent):
    """One person was asked (APPROVE), given work (HANDLER) or told (COPY). `due_at` in working time."""

    name: ClassVar[str] = "approvals.task.opened"
    task_id: int
    node_id: str
    task_kind: str
    assignee_id: int
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TaskDecided(InstanceEvent):
    """One person answered. `verdict` is APPROVED, REJECTED or DONE; `closed_task_ids` no longer wait."""

    name: ClassVar[str] = "approvals.task.decided"
    task_id: int
    node_id: str
    assignee_id: int
    verdict: str
    closed_task_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class InstanceApproved(InstanceEvent):
    """Nothing is left to approve. Handler work may follow."""

    name: ClassVar[str] = "approvals.instance.approved"


@dataclass(frozen=True, kw_only=True)
class InstanceDone(InstanceEvent):
    """The work after the approval is done."""

    name: ClassVar[str] = "approvals.instance.done"


@dataclass(frozen=True, kw_only=True)
class InstanceRejected(InstanceEvent):
    """One of those asked refused; the words are in the history."""

    name: ClassVar[str] = "approvals.instance.rejected"


@dataclass(frozen=True, kw_only=True)
class InstanceWithdrawn(InstanceEvent):
    """The requester took it back, or the subject's owner voided it. `closed_task_ids` no longer wait."""

    name: ClassVar[str] = "approvals.instance.withdrawn"
    closed_task_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskUrged(InstanceEvent):
    """The requester asked one person to look at it."""

    name: ClassVar[str] = "approvals.task.urged"
    task_id: int
    assignee_id: int


@dataclass(frozen=True, kw_only=True)
class FlowPublished(Event):
    """A flow has a new version; running instances keep theirs."""

    name: ClassVar[str] = "approvals.flow.published"
    flow_key: str
    number: int

    def subjects(self) -> tuple[str, ...]:
        return (f"flow:{self.flow_key}",)
