"""Asking for a person back, ending the request."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guiyan.accounts import queries as accounts
from guiyan.approvals import commands as approvals
from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import InvalidInput, Refused, gettext_noop
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.platform.sequences import take_number
from guiyan.recall import below, events, policies, rules
from guiyan.recall.commands.followups import cancel_follow_ups
from guiyan.recall.models import Brief, Outreach, RecallRequest
from guiyan.recall.models.requests import Candidate, Requisition, User

MAX_WORDS = 1000


class NoSpecialist(Refused):
    """Nobody is there to contact the candidate."""

    code = "no_specialist"
    message = gettext_noop("There is no recruiter to contact %(name)s.")
    fix = gettext_noop("Name a recruiter on the requisition, or choose one here.")


class WrongSpecialist(Refused):
    """The chosen person may not contact candidates."""

    code = "wrong_specialist"
    message = gettext_noop("%(who)s cannot contact candidates.")
    fix = gettext_noop("Choose a recruiter or the HR manager.")


@transaction.atomic
def request_recall(
    *,
    actor: Actor,
    candidate_id: int,
    requisition_id: int,
    words: str,
    now: datetime,
    department_ids: Sequence[int] = (),
    specialist_id: int | None = None,
) -> RecallRequest:
    """Ask for a candidate back for an opening; the approval starts at once. Emits RecallRequested.

    The candidate's row is locked, so of two requests at one instant the second is refused. Raises
    NotAllowed, NotFound, InvalidInput, every refusal of `rules`, NoSpecialist, and what approvals refuses.
    """
    actor.require(policies.REQUEST)
    candidate = below.candidate_for(actor, candidate_id, lock=True)
    requisition = below.requisition_for(actor, requisition_id)
    refusal = rules.recall_refusal(candidate, requisition, today=local_day(now))
    if refusal is not None:
        raise refusal
    request = RecallRequest(
        candidate=candidate,
        requisition=requisition,
        words=_words(words),
        requester=below.user_of(actor),
        specialist=specialist_for(candidate, requisition, specialist_id, now=now),
        department_ids=sorted(set(department_ids)),
        number=take_number("ZH", local_day(now).year),
        created_at=now,
    )
    _insert(request)
    emit(_event(events.RecallRequested, request, now, requisition_id=requisition.pk), actor=actor)
    _start_approval(request, actor=actor, now=now)
    return request


def _words(words: str) -> str:
    words = words.strip()
    if not words:
        raise InvalidInput(
            field=_("Why bring this person back"),
            problem=_("this is empty"),
            remedy=_("Write one sentence; the approvers read it first."),
        )
    if len(words) > MAX_WORDS:
        raise InvalidInput(
            field=_("Why bring this person back"),
            problem=_("this is longer than 1,000 characters"),
            remedy=_("Shorten it."),
        )
    return words


def _insert(request: RecallRequest) -> None:
    """Save; the partial unique constraint is the last word on one open request per job."""
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        if "one_open_recall_per_requisition" not in str(error):
            raise
        raise rules.AlreadyOpen(
            name=request.candidate.name, number="", state=RecallRequest.State.AWAITING
        ) from error


def _start_approval(request: RecallRequest, *, actor: Actor, now: datetime) -> None:
    requisition = request.requisition
    facts = {
        "requisition_id": requisition.pk,
        "department_id": requisition.department_id,
        "specialist_user_id": request.specialist_id,
    }
    instance = approvals.start(
        actor=actor,
        flow_key="recall",
        subject_kind="recall",
        subject_id=request.pk,
        title=_("Recall %(name)s") % {"name": request.candidate.name},
        summary=requisition.title,
        number=request.number,
        facts=facts,
        choices={"department_ids": list(request.department_ids)},
        now=now,
    )
    request.instance_id = instance.pk
    request.save(update_fields=["instance_id"])


def specialist_for(
    candidate: Candidate, requisition: Requisition, chosen_id: int | None, *, now: datetime
) -> User:
    """Who contacts: the one chosen, else the job's recruiter, the friend in WeCom, the owner, any recruiter."""
    today = local_day(now)
    if chosen_id is not None:
        chosen = User.objects.filter(pk=chosen_id, is_active=True).first()
        if chosen is None or not accounts.actor_of(chosen, on=today).may(policies.CONTACT):
            raise WrongSpecialist(who=chosen.name if chosen else "?")
        return chosen
    for employee in (requisition.recruiter, candidate.wecom_owner, candidate.owner):
        if employee is None or employee.user_id is None:
            continue
        user = User.objects.filter(pk=employee.user_id, is_active=True).first()
        if user is not None and accounts.actor_of(user, on=today).may(policies.CONTACT):
            return user
    for user_id, _scope, _department in accounts.holders("recruiter", on=today):
        return User.objects.get(pk=user_id)
    raise NoSpecialist(name=candidate.name)


@transaction.atomic
def withdraw_request(*, actor: Actor, request_id: int, words: str, now: datetime) -> RecallRequest:
    """Take a request back at any time before its end: the approval, the link and all plans end with it.

    Emits RecallWithdrawn. Raises NotFound, NotAllowed, IllegalMove.
    """
    request = policies.request_for(actor, request_id, lock=True)
    policies.require_withdraw(actor, request)
    request.move_to(RecallRequest.State.WITHDRAWN)
    request.outcome_words = words.strip()[:300]
    request.closed_at = now
    request.save(update_fields=["state", "outcome_words", "closed_at"])
    approvals.void_subject(
        actor=actor, subject_kind="recall", subject_id=request.pk, comment=words.strip() or "—", now=now
    )
    stop_everything(request, now=now, why="withdrawn", revoke=True)
    emit(_event(events.RecallWithdrawn, request, now), actor=actor)
    return request


@transaction.atomic
def close_request(*, actor: Actor, request_id: int, outcome: str, words: str, now: datetime) -> RecallRequest:
    """End a request with its outcome. Emits RecallClosed. Raises NotFound, NotAllowed, InvalidInput, IllegalMove."""
    request = policies.request_for(actor, request_id, lock=True)
    policies.require_contact(actor, request)
    if outcome not in RecallRequest.Outcome.values:
        raise InvalidInput(
            field=_("Outcome"),
            problem=_("there is no such outcome"),
            remedy=", ".join(RecallRequest.Outcome.values),
        )
    finish(request, outcome=outcome, words=words, now=now, actor=actor)
    return request


def finish(request: RecallRequest, *, outcome: str, words: str, now: datetime, actor: Actor) -> None:
    """Close a locked request, inside the caller's transaction. The link stays readable except after a never."""
    request.move_to(RecallRequest.State.CLOSED)
    request.outcome, request.outcome_words, request.closed_at = outcome, words.strip()[:300], now
    request.save(update_fields=["state", "outcome", "outcome_words", "closed_at"])
    stop_everything(request, now=now, why="closed", revoke=outcome == RecallRequest.Outcome.NEVER)
    approvals.void_subject(actor=actor, subject_kind="recall", subject_id=request.pk, comment="—", now=now)
    emit(_event(events.RecallClosed, request, now, outcome=outcome), actor=actor)


def stop_everything(request: RecallRequest, *, now: datetime, why: str, revoke: bool) -> None:
    """Nothing more goes out: drafts and queued messages stop, plans are cancelled, links end when asked."""
    waiting = Outreach.objects.select_for_update().filter(request=request, state__in=["DRAFT", "QUEUED"])
    for outreach in waiting:
        outreach.move_to(Outreach.State.STOPPED)
        outreach.stopped_words = why
        outreach.save(update_fields=["state", "stopped_words"])
    cancel_follow_ups(request, now=now)
    if revoke:
        Outreach.objects.filter(request=request, link_revoked_at__isnull=True).update(link_revoked_at=now)


@transaction.atomic
def brief_was_sent(*, request_id: int, now: datetime) -> None:
    """The specialist has been told by WeCom. Safe to call twice: the first time stays."""
    Brief.objects.filter(request_id=request_id, notified_at__isnull=True).update(notified_at=now)


def _event(
    kind: type[events.RecallEvent], request: RecallRequest, now: datetime, **facts: object
) -> events.RecallEvent:
    return kind(
        request_id=request.pk, candidate_id=request.candidate_id, number=request.number, at=now, **facts  # type: ignore[arg-type]
    )  # fmt: skip
