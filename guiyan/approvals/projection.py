"""Writing an engine outcome down: history lines, task rows, the instance's state, and the events of each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guiyan.approvals import events, history
from guiyan.approvals.engine.advance import plan
from guiyan.approvals.engine.definition import CopyNode, FlowDefinition, Node
from guiyan.approvals.engine.directory import Directory
from guiyan.approvals.engine.state import (
    Decided,
    History,
    InstanceState,
    Mark,
    Opened,
    Outcome,
    State,
    TaskState,
)
from guiyan.approvals.models import Decision, FlowInstance, FlowTask
from guiyan.kernel.errors import Refused
from guiyan.kernel.worktime import add_working_hours, china_calendar
from guiyan.platform.actors import Actor
from guiyan.platform.events import Event, emit

KIND = {"approve": FlowTask.Kind.APPROVE, "handler": FlowTask.Kind.HANDLER, "copy": FlowTask.Kind.COPY}
ENDS = {
    State.APPROVED: events.InstanceApproved,
    State.DONE: events.InstanceDone,
    State.REJECTED: events.InstanceRejected,
}


@dataclass(slots=True)
class Writer:
    """One outcome being written, under the instance's lock, inside the command's transaction."""

    instance: FlowInstance
    definition: FlowDefinition
    actor: Actor
    people: Directory
    now: datetime

    def write(self, past: History, outcome: Outcome) -> None:
        """Append to the history, then bring tasks and instance to the outcome's state and tell what happened."""
        self._append(outcome)
        closed, answered = self._close(outcome.state)
        self.instance.ahead = {} if outcome.state.finished else self._ahead(past + outcome.new)
        moved = self._move(outcome.state)
        for entry in outcome.new:
            if isinstance(entry, Decided) and answered is not None:
                self._emit(
                    events.TaskDecided,
                    task_id=answered.pk,
                    node_id=entry.node_id,
                    assignee_id=entry.actor_id,
                    verdict=answered.state,
                    closed_task_ids=tuple(task.pk for task in closed),
                )
        if moved is State.WITHDRAWN:
            self._emit(events.InstanceWithdrawn, closed_task_ids=tuple(task.pk for task in closed))
        elif moved in ENDS:
            self._emit(ENDS[moved])
        self._open(outcome.state)

    def _append(self, outcome: Outcome) -> None:
        last = Decision.objects.filter(instance=self.instance).count()
        Decision.objects.bulk_create(
            Decision(instance=self.instance, seq=last + index, at=self.now, **history.write(entry))
            for index, entry in enumerate(outcome.new, start=1)
        )

    def _close(self, state: InstanceState) -> tuple[list[FlowTask], FlowTask | None]:
        """Tasks that no longer wait, and the one that was answered."""
        wanted = {(task.node_id, task.assignee_id): task for task in state.tasks}
        closed, answered = [], None
        for row in FlowTask.objects.filter(instance=self.instance, state=FlowTask.State.OPEN):
            task = wanted[row.node_id, row.assignee_id]
            if task.mark is Mark.OPEN:
                continue
            row.move_to(FlowTask.State(task.mark.value))
            row.decided_at, row.comment = self.now, task.comment
            row.save(update_fields=["state", "decided_at", "comment"])
            if task.mark is Mark.CANCELLED:
                closed.append(row)
            else:
                answered = row
        return closed, answered

    def _move(self, state: InstanceState) -> State | None:
        """Bring the instance to its state; returns the new state when it moved."""
        instance, before = self.instance, self.instance.state
        if state.state.value != before:
            instance.move_to(FlowInstance.State(state.state.value))
        if state.state is State.APPROVED and instance.approved_at is None:
            instance.approved_at = self.now
        if state.finished:
            instance.finished_at = self.now
        instance.revision += 1
        instance.save(update_fields=["state", "approved_at", "finished_at", "revision", "ahead"])
        return state.state if state.state.value != before else None

    def _ahead(self, past: History) -> dict[str, list[int]]:
        """Whom the steps to come would ask now, by node; empty where nobody can be found."""
        try:
            found = plan(self.definition, history.case_of(self.instance), self.people, past)
        except Refused:
            return {}
        return {
            entry.node_id: [
                person.user_id for person in (entry.assignees if isinstance(entry, Opened) else entry.readers)
            ]
            for entry in found
        }

    def _open(self, state: InstanceState) -> None:
        """Rows and events for people newly asked or told."""
        nodes = {node.id: node for node in self.definition.nodes}
        known = set(FlowTask.objects.filter(instance=self.instance).values_list("node_id", "assignee_id"))
        for task in state.tasks:
            if task.mark in {Mark.OPEN, Mark.COPIED} and (task.node_id, task.assignee_id) not in known:
                self._open_one(task, nodes[task.node_id])

    def _open_one(self, task: TaskState, node: Node) -> None:
        copied = task.mark is Mark.COPIED
        row = FlowTask.objects.create(
            instance=self.instance,
            node_id=task.node_id,
            kind=KIND[node.kind],
            assignee_id=task.assignee_id,
            requester_id=self.instance.requester_id,
            state=FlowTask.State.COPIED if copied else FlowTask.State.OPEN,
            why=history.why_to(task.why),
            opened_at=self.now,
            due_at=self._due(node),
            decided_at=self.now if copied else None,
        )
        self._emit(
            events.TaskOpened,
            task_id=row.pk,
            node_id=row.node_id,
            task_kind=str(row.kind),
            assignee_id=row.assignee_id,
            due_at=row.due_at,
        )

    def _due(self, node: Node) -> datetime | None:
        if isinstance(node, CopyNode) or node.due_working_hours is None:
            return None
        return add_working_hours(self.now, node.due_working_hours, china_calendar())

    def _emit(self, kind: type[events.InstanceEvent], **facts: Any) -> None:
        emit(about(self.instance, kind, self.now, **facts), actor=self.actor)


def about(instance: FlowInstance, kind: type[events.InstanceEvent], now: datetime, **facts: Any) -> Event:
    """An event of this kind about this instance."""
    return kind(
        instance_id=instance.pk,
        flow_key=instance.flow_version.flow.key,
        subject_kind=instance.subject_kind,
        subject_id=instance.subject_id,
        requester_id=instance.requester_id,
        at=now,
        **facts,
    )
