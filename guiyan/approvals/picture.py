"""The picture of a run: one line per person, from the request to the last step, as `ui/flow.html` draws it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from guiyan.accounts import queries as accounts
from guiyan.approvals import history
from guiyan.approvals.engine.advance import fold
from guiyan.approvals.engine.definition import FlowDefinition
from guiyan.approvals.engine.state import InstanceState, Mark, StepState, TaskState, Withdrawn
from guiyan.approvals.models import Decision, FlowInstance, FlowTask
from guiyan.approvals.words import answer_words, moment_words, title, waited_words, why_words

ANSWERS = {Mark.APPROVED: "done", Mark.DONE: "done", Mark.COPIED: "done", Mark.REJECTED: "no"}


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One person's part. `state` is done, now, no, or empty for what is still to come; `why` explains the choice.

    `at` is when they answered, else since when they are waited for; both aware UTC.
    """

    name: str
    role: str
    words: str
    when: str
    state: str
    why: str = ""
    user_id: int | None = None
    at: datetime | None = None


def node_of(document: dict[str, Any], node_id: str) -> dict[str, Any]:
    """A node of a stored definition by id."""
    found: dict[str, Any] = next(node for node in document["nodes"] if node["id"] == node_id)
    return found


def lines(
    instance: FlowInstance, *, viewer_id: int | None, now: datetime, tasks: Sequence[FlowTask] | None = None
) -> tuple[FlowLine, ...]:
    """Everybody who acted, is waited for, or would be asked next. `tasks` when the caller holds them already."""
    return tuple(_Picture(instance, viewer_id, now, tasks).draw())


def answers(instance: FlowInstance) -> tuple[FlowLine, ...]:
    """Only those who answered, with their words, in order of answering."""
    rows = instance.history.filter(kind__in=Decision.ANSWERS).select_related("actor").order_by("seq")
    document = instance.flow_version.document
    return tuple(
        FlowLine(
            row.actor.name if row.actor else "", title(node_of(document, row.node_id)["title"]), row.comment, "",
            "no" if row.kind == Decision.Kind.REJECTED else "done", "", row.actor_id, row.at,
        )
        for row in rows
    )  # fmt: skip


class _Picture:
    """Gathers what a picture needs once: history, task rows, names."""

    def __init__(
        self,
        instance: FlowInstance,
        viewer_id: int | None,
        now: datetime,
        tasks: Sequence[FlowTask] | None,
    ) -> None:
        self.instance, self.viewer_id, self.now = instance, viewer_id, now
        self.definition: FlowDefinition = history.definition_of(instance.flow_version)
        self.history = history.history_of(instance.pk)
        self.state: InstanceState = fold(self.definition, self.history)
        self.ahead: dict[str, list[int]] = {} if self.state.finished else instance.ahead
        rows = FlowTask.objects.filter(instance=instance).order_by("pk") if tasks is None else tasks
        self.rows = {(task.node_id, task.assignee_id): task for task in rows}
        ids = {task.assignee_id for task in self.state.tasks} | {instance.requester_id}
        ids |= {person for people in self.ahead.values() for person in people}
        self.names = accounts.names_of(ids)

    def draw(self) -> Iterator[FlowLine]:
        asked = moment_words(self.instance.started_at, self.now)
        yield self._line(
            self.instance.requester_id, "", _("Asked for it"), asked, "done", at=self.instance.started_at
        )
        for step in self.state.steps:
            yield from self._step(step)
        ended = next((entry for entry in self.history if isinstance(entry, Withdrawn)), None)
        if ended is not None:
            words = answer_words("WITHDRAWN", ended.comment)
            when, at = moment_words(self.instance.finished_at, self.now), self.instance.finished_at
            who = ended.actor_id or self.instance.requester_id
            if ended.actor_id is None:
                yield FlowLine(_("Ended by itself"), "", words, when, "no", at=at)
            else:
                yield self._line(who, "", words, when, "no", at=at)

    def _step(self, step: StepState) -> Iterator[FlowLine]:
        node = next(node for node in self.definition.nodes if node.id == step.node_id)
        role, question = title(node.title), title(getattr(node, "question", ""))
        if step.mark is Mark.SKIPPED:
            yield FlowLine(role, "", why_words(history.why_to(step.why)) if step.why else "", "", "")
        elif step.mark is Mark.AHEAD:
            people = self.ahead.get(step.node_id, ())
            for user_id in people:
                yield self._line(user_id, role, question, "", "")
            if not people:
                yield FlowLine(role, "", _("Nobody can be found for this step yet"), "", "")
        else:
            answered = any(task.mark in ANSWERS for task in step.tasks)
            for task in step.tasks:
                if not (answered and task.mark is Mark.CANCELLED):
                    yield self._task(task, role, question)

    def _task(self, task: TaskState, role: str, question: str) -> FlowLine:
        row = self.rows.get((task.node_id, task.assignee_id))
        why = why_words(history.why_to(task.why))
        if task.mark is Mark.OPEN and row is not None:
            mine = task.assignee_id == self.viewer_id
            words = _("Waiting for your answer") if mine else _("Being asked")
            since = waited_words(row.opened_at, self.now)
            return self._line(task.assignee_id, role, words, since, "now", why, row.opened_at)
        if task.mark is Mark.AHEAD:
            return self._line(task.assignee_id, role, question, "", "", why)
        at = row.decided_at if row else None
        words = answer_words(task.mark.value, task.comment)
        when = moment_words(at, self.now)
        return self._line(task.assignee_id, role, words, when, ANSWERS.get(task.mark, ""), why, at)

    def _line(
        self,
        user_id: int,
        role: str,
        words: str,
        when: str,
        state: str,
        why: str = "",
        at: datetime | None = None,
    ) -> FlowLine:
        name = self.names.get(user_id, "")
        return FlowLine(name, role, words, when, state, why, user_id, at)
