"""Every write of the approvals room: publish a flow, start, decide, report work done, withdraw, urge.

One recipe for all of them: lock the instance, read its history, ask the engine, write what it says. The lock is
taken before anything is checked, so of two people acting at one instant the second sees what the first did.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from guiyan.accounts import queries as accounts
from guiyan.approvals import events, history, policies
from guiyan.approvals.engine.advance import (
    AlreadyDecided as EngineAlreadyDecided,
)
from guiyan.approvals.engine.advance import (
    NotYourRequest,
    NotYourTask,
    act,
    advance,
    plan,
)
from guiyan.approvals.engine.definition import FlowDefinition, parse_definition
from guiyan.approvals.engine.facts import check_facts
from guiyan.approvals.engine.state import Decided, Verdict, Withdrawn
from guiyan.approvals.models import Flow, FlowInstance, FlowTask, FlowVersion
from guiyan.approvals.people import directory
from guiyan.approvals.projection import Writer, about
from guiyan.approvals.words import what_holds
from guiyan.kernel.errors import Conflict, InvalidInput, NotFound, Refused, gettext_noop
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit

SHIPPED = Path(__file__).parent / "flows"
MAX_COMMENT = 1000
URGE_AGAIN_AFTER = timedelta(hours=1)


class UnknownFlow(Refused):
    """No such flow was published."""

    code = "unknown_flow"
    message = gettext_noop("There is no approval flow %(flow)s.")
    fix = gettext_noop("Ask a system administrator to publish it.")


class AlreadyRunning(Conflict):
    """The subject is being approved right now; `instance_id` says where."""

    code = "already_running"
    message = gettext_noop("An approval of this is already under way.")
    fix = gettext_noop("Follow that one, or withdraw it first.")


class AlreadyDecided(EngineAlreadyDecided):
    """Somebody was first, or the request ended. `state`, `who` and `at` tell what holds now."""

    message = gettext_noop("This was already handled: %(words)s")
    fix = gettext_noop("Your answer was not counted. Reload to see where it stands now.")


class UrgedJustNow(Refused):
    """Nobody is reminded twice within an hour."""

    code = "urged_just_now"
    message = gettext_noop("They were reminded less than an hour ago.")
    fix = gettext_noop("Give them a little time, or call them.")


@transaction.atomic
def publish_flow(*, actor: Actor, document: Mapping[str, Any], now: datetime) -> FlowVersion:
    """Make a document the next version of its flow; running instances keep theirs. Emits FlowPublished.

    Raises NotAllowed without `flow.write`, InvalidDefinition with every fault.
    """
    actor.require("flow.write")
    return _publish(parse_definition(document), actor=actor, now=now)


@transaction.atomic
def start(
    *,
    actor: Actor,
    flow_key: str,
    subject_kind: str,
    subject_id: int,
    title: str,
    facts: Mapping[str, Any],
    choices: Mapping[str, Any],
    now: datetime,
    summary: str = "",
    number: str = "",
) -> FlowInstance:
    """Ask for approval of a subject, as `actor`. The subject's owner has checked that the actor may ask.

    `facts` are computed by the server, `choices` come from the requester; both only as the flow declares.
    `summary` and `number` are shown in lists. Emits InstanceStarted and TaskOpened for each person asked.
    Raises UnknownFlow, InvalidInput, AlreadyRunning, OwnRequest, NobodyCanDecide.
    """
    version = _current_version(flow_key, now=now)
    definition = history.definition_of(version)
    instance = FlowInstance(
        flow_version=version, subject_kind=subject_kind, subject_id=subject_id, title=title[:120], number=number,
        summary=summary[:200], facts=check_facts(definition, facts, choices), requester_id=_person(actor=actor),
        started_at=now,
    )  # fmt: skip
    case, people = history.case_of(instance), directory()
    plan(definition, case, people)
    _insert(instance)
    emit(about(instance, events.InstanceStarted, now), actor=actor)
    Writer(instance, definition, actor, people, now).write((), advance(definition, case, (), people))
    return instance


@transaction.atomic
def decide(*, actor: Actor, task_id: int, verdict: Verdict | str, comment: str, now: datetime) -> FlowTask:
    """Answer one's own task: approve or reject (with words). Emits TaskDecided and what follows from it.

    Raises NotFound for a task one cannot see, NotYourTask for somebody else's, AlreadyDecided (409) when it was
    answered or the request ended, WordsNeeded, WrongAnswer, OwnRequest. A refusal changes nothing.
    """
    return _answer(task_id, _verdict(verdict), actor=actor, comment=comment, now=now)


@transaction.atomic
def complete_handler(*, actor: Actor, task_id: int, comment: str, now: datetime) -> FlowTask:
    """Report the work of a handler step as done. Emits TaskDecided, and InstanceDone when it was the last.

    Raises as `decide`.
    """
    return _answer(task_id, Verdict.DONE, actor=actor, comment=comment, now=now)


@transaction.atomic
def withdraw(*, actor: Actor, instance_id: int, comment: str = "", now: datetime) -> FlowInstance:
    """Take one's own request back while it is unfinished. Emits InstanceWithdrawn.

    Raises NotFound, NotYourRequest, AlreadyDecided.
    """
    _seen(instance_id, actor=actor)
    return _withdraw(_locked(instance_id), actor=actor, actor_id=actor.user_id or 0, comment=comment, now=now)


@transaction.atomic
def void_subject(
    *, actor: Actor, subject_kind: str, subject_id: int, comment: str, now: datetime
) -> FlowInstance | None:
    """End the unfinished approval of a subject that no longer stands. For the subject's owner, who checked rights.

    Emits InstanceWithdrawn. None when nothing was under way: safe to call twice.
    """
    found = _unfinished(subject_kind, subject_id)
    if found is None:
        return None
    instance = _locked(found.pk)
    own = actor.user_id if actor.user_id == instance.requester_id else None
    return (
        instance
        if instance.finished_at
        else _withdraw(instance, actor=actor, actor_id=own, comment=comment, now=now)
    )


@transaction.atomic
def urge(*, actor: Actor, instance_id: int, now: datetime) -> int:
    """Ask those who are waited for to look at it; returns how many. Emits TaskUrged for each.

    Only the requester, at most once an hour per person. A step that had nobody is tried again first.
    Raises NotFound, NotYourRequest, AlreadyDecided, UrgedJustNow.
    """
    _seen(instance_id, actor=actor)
    instance = _locked(instance_id)
    if actor.user_id != instance.requester_id:
        raise NotYourRequest()
    _refuse_finished(instance)
    _resume(instance, actor=actor, now=now)
    waiting = FlowTask.objects.filter(instance=instance, state=FlowTask.State.OPEN)
    due = [task for task in waiting if task.urged_at is None or task.urged_at <= now - URGE_AGAIN_AFTER]
    if not due:
        raise UrgedJustNow()
    for task in due:
        task.urged_at = now
        task.save(update_fields=["urged_at"])
        emit(
            about(instance, events.TaskUrged, now, task_id=task.pk, assignee_id=task.assignee_id), actor=actor
        )
    return len(due)


@transaction.atomic
def install_shipped_flows(*, actor: Actor, now: datetime) -> list[str]:
    """Publish every flow that ships and that this company does not have yet; returns their keys."""
    keys = [path.stem for path in sorted(SHIPPED.glob("*.json"))]
    missing = [key for key in keys if not Flow.objects.filter(key=key).exists()]
    for key in missing:
        _publish(_shipped(key), actor=actor, now=now)
    return missing


def _answer(task_id: int, verdict: Verdict, *, actor: Actor, comment: str, now: datetime) -> FlowTask:
    comment = comment.strip()
    if len(comment) > MAX_COMMENT:
        raise InvalidInput(
            field="comment",
            problem=gettext_noop("this is longer than 1,000 characters"),
            remedy=gettext_noop("Shorten it."),
        )
    task = FlowTask.objects.filter(pk=task_id, instance__in=policies.visible_instances(actor)).first()
    if task is None:
        raise NotFound()
    if task.assignee_id != actor.user_id:
        raise NotYourTask()
    instance = _locked(task.instance_id)
    task.refresh_from_db()
    if task.state != FlowTask.State.OPEN:
        raise _already(task, instance)
    definition = history.definition_of(instance.flow_version)
    action = Decided(task.node_id, task.assignee_id, verdict, comment)
    past, people = history.history_of(instance.pk), directory()
    outcome = act(definition, history.case_of(instance), past, action, people)
    Writer(instance, definition, actor, people, now).write(past, outcome)
    task.refresh_from_db()
    return task


def _withdraw(
    instance: FlowInstance, *, actor: Actor, actor_id: int | None, comment: str, now: datetime
) -> FlowInstance:
    definition = history.definition_of(instance.flow_version)
    past, people = history.history_of(instance.pk), directory()
    action = Withdrawn(actor_id, comment.strip()[:MAX_COMMENT])
    if actor_id is not None and actor_id == instance.requester_id:
        _refuse_finished(instance)
    outcome = act(definition, history.case_of(instance), past, action, people)
    Writer(instance, definition, actor, people, now).write(past, outcome)
    return instance


def _resume(instance: FlowInstance, *, actor: Actor, now: datetime) -> None:
    """Open a step that had nobody when it was reached, now that the organisation may have changed."""
    definition, past = history.definition_of(instance.flow_version), history.history_of(instance.pk)
    people = directory()
    outcome = advance(definition, history.case_of(instance), past, people)
    if outcome.new:
        Writer(instance, definition, actor, people, now).write(past, outcome)


def _publish(definition: FlowDefinition, *, actor: Actor, now: datetime, once: bool = False) -> FlowVersion:
    """The next version; with `once`, the version somebody else published a moment ago."""
    flow, _made = Flow.objects.get_or_create(key=definition.key, defaults={"created_at": now})
    Flow.objects.select_for_update().get(pk=flow.pk)
    last = FlowVersion.objects.filter(flow=flow).order_by("-number").first()
    if once and last is not None:
        return last
    version = FlowVersion.objects.create(
        flow=flow,
        number=last.number + 1 if last else 1,
        document=definition.model_dump(mode="json"),
        published_at=now,
        published_by=actor.user_id,
    )
    emit(events.FlowPublished(flow_key=flow.key, number=version.number, at=now), actor=actor)
    return version


def _current_version(key: str, *, now: datetime) -> FlowVersion:
    """The newest version. A flow that ships is published at its first use, so no seeding can be forgotten."""
    newest = FlowVersion.objects.filter(flow__key=key).select_related("flow").order_by("-number").first()
    if newest is not None:
        return newest
    if not (SHIPPED / f"{key}.json").is_file():
        raise UnknownFlow(flow=key)
    return _publish(_shipped(key), actor=Actor.system("approvals.shipped", "flow.write"), now=now, once=True)


def _shipped(key: str) -> FlowDefinition:
    return parse_definition(json.loads((SHIPPED / f"{key}.json").read_text(encoding="utf-8")))


def _insert(instance: FlowInstance) -> None:
    running = _unfinished(instance.subject_kind, instance.subject_id)
    if running is not None:
        raise AlreadyRunning(state=running.state, instance_id=running.pk)
    try:
        with transaction.atomic():
            instance.save(force_insert=True)
    except IntegrityError as error:  # two starts at one instant: the constraint decides
        if "instance_one_unfinished" not in str(error):
            raise
        raise AlreadyRunning(state=FlowInstance.State.RUNNING.value, instance_id=None) from error


def _unfinished(subject_kind: str, subject_id: int) -> FlowInstance | None:
    return FlowInstance.objects.filter(
        subject_kind=subject_kind, subject_id=subject_id, finished_at__isnull=True
    ).first()


def _locked(instance_id: int) -> FlowInstance:
    """The instance under its row lock: the one place where concurrent actors queue."""
    FlowInstance.objects.select_for_update().get(pk=instance_id)
    return FlowInstance.objects.select_related("flow_version__flow").get(pk=instance_id)


def _seen(instance_id: int, *, actor: Actor) -> None:
    if not policies.visible_instances(actor).filter(pk=instance_id).exists():
        raise NotFound()


def _already(task: FlowTask, instance: FlowInstance) -> AlreadyDecided:
    """Who was first and what holds now, in words and as facts."""
    first = (
        FlowTask.objects.filter(instance=instance, node_id=task.node_id)
        .exclude(state__in=[FlowTask.State.OPEN, FlowTask.State.CANCELLED])
        .order_by("decided_at")
        .first()
    )
    decided = task if task.state != FlowTask.State.CANCELLED else first
    who = accounts.names_of({decided.assignee_id}).get(decided.assignee_id, "") if decided else ""
    state = decided.state if decided and instance.state != FlowInstance.State.WITHDRAWN else instance.state
    at = decided.decided_at if decided else instance.finished_at
    return AlreadyDecided(
        state=str(state), instance_state=instance.state, who=who, at=at.isoformat() if at else None,
        words=what_holds(str(state), who, at),
    )  # fmt: skip


def _refuse_finished(instance: FlowInstance) -> None:
    if instance.finished_at is not None:
        raise AlreadyDecided(
            state=instance.state, instance_state=instance.state, who="", at=instance.finished_at.isoformat(),
            words=what_holds(instance.state, "", instance.finished_at),
        )  # fmt: skip


def _person(*, actor: Actor) -> int:
    """Only a person can ask: a request without a requester could be approved by anybody."""
    if actor.user_id is None:
        raise NotFound()
    return actor.user_id


def _verdict(value: Verdict | str) -> Verdict:
    try:
        verdict = Verdict(value)
    except ValueError:
        verdict = Verdict.DONE
    if verdict is Verdict.DONE:
        raise InvalidInput(
            field="verdict",
            problem=gettext_noop("an approval is answered with approve or reject"),
            remedy=gettext_noop("Send one of the two."),
        )
    return verdict
