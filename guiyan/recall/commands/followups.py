"""Reminders and calls: planned from the facts, raised when due, done or cancelled by people and events."""

from datetime import datetime

from django.db import transaction

from guiyan.kernel.errors import NotFound
from guiyan.kernel.worktime import china_calendar
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.recall import events, policies
from guiyan.recall.commands.timeline import record_call
from guiyan.recall.engine.followup import MessageFacts, Policy, Step, next_step
from guiyan.recall.models import FollowUp, Outreach, RecallRequest

POLICY = Policy()


def facts_of(outreach: Outreach) -> MessageFacts:
    """What the policy must know about one message: its own stages, and what already followed it."""
    request = outreach.request
    done = list(FollowUp.objects.filter(outreach=outreach, state=FollowUp.State.DONE))
    newer = (
        Outreach.objects.filter(request=request, sent_at__gt=outreach.sent_at) if outreach.sent_at else None
    )
    stopped = ""
    if not request.is_open or outreach.link_revoked_at is not None:
        stopped = request.state
    elif newer is not None and newer.exists():
        stopped = "superseded"
    return MessageFacts(
        sent_at=outreach.sent_at,
        opened_at=outreach.opened_at,
        answered_at=outreach.answered_at,
        reminded_at=_reminders_before(outreach),
        called_at=tuple(each.done_at for each in done if each.kind == FollowUp.Kind.CALL and each.done_at),
        stopped=stopped,
    )


def _reminders_before(outreach: Outreach) -> tuple[datetime, ...]:
    """A reminder message counts as the reminder of itself: after it comes a call, not another reminder."""
    if outreach.kind == "REMINDER" and outreach.sent_at is not None:
        return (outreach.sent_at,)
    done = FollowUp.objects.filter(outreach=outreach, kind=FollowUp.Kind.REMIND, state=FollowUp.State.DONE)
    return tuple(at for at in done.order_by("done_at").values_list("done_at", flat=True) if at is not None)


def plan_follow_up(outreach: Outreach, *, now: datetime) -> FollowUp | None:
    """Bring the plan of one message in line with its facts, inside the caller's transaction.

    The one next step is PLANNED (or revived); steps that no longer follow are cancelled. Same facts, same
    rows: running it late or twice changes nothing.
    """
    step = next_step(POLICY, facts_of(outreach), china_calendar())
    open_ones = FollowUp.objects.select_for_update().filter(
        outreach=outreach, state__in=[FollowUp.State.PLANNED, FollowUp.State.DUE]
    )
    for row in open_ones:
        if step is None or row.key != step.key:
            _cancel(row, now)
    return _ensure(outreach, step) if step is not None else None


def _ensure(outreach: Outreach, step: Step) -> FollowUp:
    row, made = FollowUp.objects.select_for_update().get_or_create(
        outreach=outreach,
        key=step.key,
        defaults={
            "assignee_id": outreach.request.specialist_id,
            "kind": FollowUp.Kind.REMIND if step.kind == "remind" else FollowUp.Kind.CALL,
            "because": step.because,
            "due_at": step.due_at,
        },
    )
    if not made and row.state == FollowUp.State.PLANNED and row.due_at != step.due_at:
        row.due_at = step.due_at
        row.save(update_fields=["due_at"])
    return row


def _cancel(row: FollowUp, now: datetime) -> None:
    row.move_to(FollowUp.State.CANCELLED)
    row.done_at = now
    row.save(update_fields=["state", "done_at"])


def cancel_follow_ups(request: RecallRequest, *, now: datetime) -> int:
    """Cancel every open step of a request, inside the caller's transaction; returns how many."""
    rows = FollowUp.objects.select_for_update().filter(
        outreach__request=request, state__in=[FollowUp.State.PLANNED, FollowUp.State.DUE]
    )
    for row in rows:
        _cancel(row, now)
    return len(rows)


def close_open_reminders(request: RecallRequest, *, now: datetime) -> None:
    """A new message goes out: the reminders that asked for it are done."""
    rows = FollowUp.objects.select_for_update().filter(
        outreach__request=request,
        kind=FollowUp.Kind.REMIND,
        state__in=[FollowUp.State.PLANNED, FollowUp.State.DUE],
    )
    for row in rows:
        row.move_to(FollowUp.State.DONE)
        row.done_at = now
        row.save(update_fields=["state", "done_at"])


@transaction.atomic
def raise_due_follow_ups(*, now: datetime, limit: int = 200) -> list[int]:
    """Turn planned steps whose time has come into tasks. Emits FollowUpDue for each; returns their ids.

    The facts are looked at once more, so an answer that came meanwhile wins. Rows taken by another worker
    are left to it.
    """
    rows = (
        FollowUp.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state=FollowUp.State.PLANNED, due_at__lte=now)
        .select_related("outreach__request")
        .order_by("due_at")[:limit]
    )
    raised = []
    for row in rows:
        step = next_step(POLICY, facts_of(row.outreach), china_calendar())
        if step is None or step.key != row.key:
            _cancel(row, now)
            continue
        if step.due_at > now:
            row.due_at = step.due_at
            row.save(update_fields=["due_at"])
            continue
        row.move_to(FollowUp.State.DUE)
        row.notified_at = now
        row.save(update_fields=["state", "notified_at"])
        request = row.outreach.request
        emit(
            events.FollowUpDue(
                request_id=request.pk, candidate_id=request.candidate_id, number=request.number,
                outreach_id=row.outreach_id, follow_up_id=row.pk, kind=row.kind, assignee_id=row.assignee_id, at=now,
            )
        )  # fmt: skip
        raised.append(row.pk)
    return raised


@transaction.atomic
def complete_follow_up(
    *, actor: Actor, follow_up_id: int, words: str, now: datetime, cancel: bool = False
) -> FollowUp:
    """The specialist did it (or says it is not needed). Emits FollowUpDone; the next step is planned.

    Raises NotFound, NotAllowed, IllegalMove when it was done or cancelled before.
    """
    visible = policies.visible_followups(actor).filter(pk=follow_up_id).values("pk")
    row = (
        FollowUp.objects.select_for_update(of=("self",))
        .select_related("outreach__request")
        .filter(pk__in=visible)
        .first()
    )
    if row is None:
        raise NotFound()
    request = row.outreach.request
    policies.require_contact(actor, request)
    row.move_to(FollowUp.State.CANCELLED if cancel else FollowUp.State.DONE)
    row.done_at, row.words = now, words.strip()[:300]
    row.save(update_fields=["state", "done_at", "words"])
    emit(
        events.FollowUpDone(
            request_id=request.pk, candidate_id=request.candidate_id, number=request.number,
            outreach_id=row.outreach_id, follow_up_id=row.pk, kind=row.kind, at=now,
        ),
        actor=actor,
    )  # fmt: skip
    if not cancel:
        if row.kind == FollowUp.Kind.CALL:
            record_call(row, actor=actor, now=now)
        plan_follow_up(row.outreach, now=now)
    return row
