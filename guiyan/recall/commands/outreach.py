"""Writing, releasing and handing over messages, and what the channel reports back.

Sending is three transactions around one network call: `send_outreach` (QUEUED, a job), `begin_attempt`
(SENDING, committed before the network), `hand_over` (HANDED). After a crash between them the job finds
SENDING and reconciles; it never sends blindly again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import Conflict, InvalidInput, NotFound, Refused, gettext_noop
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.recall import below, events, links, messages, policies, rules
from guiyan.recall.commands.followups import close_open_reminders, plan_follow_up
from guiyan.recall.commands.timeline import finish_handler_task, record_sent
from guiyan.recall.engine import delivery, templates
from guiyan.recall.models import MessageTemplate, Outreach, RecallRequest

GRACE = timedelta(minutes=2)  # a call that was cut off may still be at work on the other side


class AlreadyOnItsWay(Conflict):
    """A message of this request is queued or being handed over."""

    code = "already_on_its_way"
    message = gettext_noop("A message to this person is already on its way: %(state)s.")
    fix = gettext_noop("Wait until it has arrived or was stopped.")


class NoWeCom(Refused):
    """The channel does not reach the person from this sender."""

    code = "no_wecom_contact"
    message = gettext_noop("%(name)s cannot be reached by WeCom from %(sender)s's account.")
    fix = gettext_noop("Call, or let a colleague send who is a WeCom contact.")


@dataclass(frozen=True)
class Outgoing:
    """What a channel needs to send: all of it decided here, the same bytes at every try."""

    outreach_id: int
    request_id: int
    sender_wecom: str
    external_id: str
    text: str
    link_path: str
    link: dict[str, str]
    fresh: bool  # False: an earlier attempt may have reached the channel; reconcile first
    since: datetime


def _contactable(actor: Actor, request_id: int) -> RecallRequest:
    request = policies.request_for(actor, request_id, lock=True)
    policies.require_contact(actor, request)
    refusal = rules.state_refusal(request)
    if refusal is not None:
        raise refusal
    return request


@transaction.atomic
def save_draft(
    *, actor: Actor, request_id: int, text: str, now: datetime, template_id: int | None = None
) -> Outreach:
    """Keep what is written; a draft may still hold what the guard refuses. One draft per request.

    Raises NotFound, NotAllowed, NotReady, AlreadyOnItsWay, InvalidInput.
    """
    request = _contactable(actor, request_id)
    return _draft(request, actor, text, template_id, now)


def _draft(
    request: RecallRequest, actor: Actor, text: str, template_id: int | None, now: datetime
) -> Outreach:
    outreach = (
        Outreach.objects.select_for_update()
        .filter(request=request, state__in=["DRAFT", "QUEUED", "SENDING"])
        .first()
    )
    if outreach is not None and outreach.state != Outreach.State.DRAFT:
        raise AlreadyOnItsWay(state=str(outreach.get_state_display()))
    template = _template(template_id)
    if outreach is None:
        outreach = Outreach(request=request, drafted_at=now)
        links.give_link(outreach)
    if template is not None:
        outreach.template, outreach.kind = template, template.kind
    outreach.sender_id = actor.user_id or request.specialist_id
    outreach.text = text.replace("\r\n", "\n").strip()
    outreach.segments = []
    outreach.save()
    return outreach


def _template(template_id: int | None) -> MessageTemplate | None:
    if template_id is None:
        return None
    found = MessageTemplate.objects.filter(pk=template_id).first()
    if found is None:
        raise InvalidInput(
            field=_("Template"),
            problem=_("there is no such template"),
            remedy=_("Choose one from the list."),
        )
    return found


@transaction.atomic
def send_outreach(
    *, actor: Actor, request_id: int, text: str, now: datetime, template_id: int | None = None
) -> Outreach:
    """Release a message: guard and contact rules are asked now, and again by the job that hands it over.

    Emits OutreachQueued. Raises what `save_draft` raises, MessageRefused, every contact refusal, NoWeCom.
    """
    request = _contactable(actor, request_id)
    candidate = below.lock_candidate(request.candidate_id)
    refusal = rules.contact_refusal(candidate, today=local_day(now), within=request)
    if refusal is not None:
        raise refusal
    outreach = _draft(request, actor, text, template_id, now)
    _require_wecom(outreach, request)
    desk = messages.desk_for(request, outreach.sender, now=now)
    messages.require_clean(desk, outreach.text)
    outreach.segments = [[part.text, part.variable] for part in templates.trace(outreach.text, desk.values)]
    outreach.move_to(Outreach.State.QUEUED)
    outreach.queued_at = now
    outreach.save()
    close_open_reminders(request, now=now)
    finish_handler_task(request, actor=actor, now=now)
    emit(_event(events.OutreachQueued, outreach, now), actor=actor)
    return outreach


def _require_wecom(outreach: Outreach, request: RecallRequest) -> None:
    candidate = request.candidate
    sender = below.wecom_id_of(outreach.sender_id)
    if not candidate.wecom_external_id or not sender:
        raise NoWeCom(name=candidate.name, sender=outreach.sender.name)
    outreach.wecom_sender, outreach.wecom_external_id = sender, candidate.wecom_external_id


@transaction.atomic
def begin_attempt(*, outreach_id: int, now: datetime) -> Outgoing | None:
    """Take a queued message for handing over, after checking everything again. None: nothing to do.

    The candidate is locked, so two messages to one person cannot pass the frequency cap together. When a rule
    now says no (opt-out, withdrawal, guard), the message is stopped and nothing leaves. Commit this before
    the network is touched. A message found SENDING was cut off: it comes back with `fresh` False.
    """
    found = _locked(outreach_id)
    if found is None or found.state not in (Outreach.State.QUEUED, Outreach.State.SENDING):
        return None
    if found.state == Outreach.State.SENDING:
        if found.attempted_at is not None and now - found.attempted_at < GRACE:
            raise StillUnderWay(seconds=int(GRACE.total_seconds()))
        return _outgoing(found, fresh=False)
    refusal = _refusal_now(found, now)
    if refusal is not None:
        _stop(found, refusal, now)
        return None
    found.move_to(Outreach.State.SENDING)
    found.attempted_at = now
    found.attempts += 1
    found.link_expires_at = now + links.VALID_FOR
    found.save(update_fields=["state", "attempted_at", "attempts", "link_expires_at"])
    return _outgoing(found, fresh=True)


@transaction.atomic
def renew_attempt(*, outreach_id: int, now: datetime) -> bool:
    """A cut-off attempt surely did not arrive: may it be made again? Every rule is asked once more.

    False when it was stopped, or is no longer SENDING. Commit before the network is touched.
    """
    found = _locked(outreach_id)
    if found is None or found.state != Outreach.State.SENDING:
        return False
    refusal = _refusal_now(found, now)
    if refusal is not None:
        _stop(found, refusal, now)
        return False
    found.attempted_at = now
    found.attempts += 1
    found.save(update_fields=["attempted_at", "attempts"])
    return True


class StillUnderWay(Conflict):
    """Another process may be handing this message over right now."""

    code = "still_under_way"
    message = gettext_noop("This message is being handed over; look again in %(seconds)s seconds.")
    fix = gettext_noop("It is tried again by itself.")


def _locked(outreach_id: int) -> Outreach | None:
    """The message under lock, after its request and its candidate: the same order everywhere."""
    plain = Outreach.objects.filter(pk=outreach_id).values_list("request_id", "request__candidate_id").first()
    if plain is None:
        return None
    RecallRequest.objects.select_for_update().get(pk=plain[0])
    below.lock_candidate(plain[1])
    rows = Outreach.objects.select_for_update(of=("self",))
    return rows.select_related(
        "request__candidate", "request__requisition__department", "request__requester", "sender"
    ).get(pk=outreach_id)


def _refusal_now(outreach: Outreach, now: datetime) -> Refused | None:
    request = outreach.request
    if not request.is_open:
        return rules.NotReady(state=str(request.get_state_display()))
    refusal = rules.contact_refusal(request.candidate, today=local_day(now), within=request)
    if refusal is not None:
        return refusal
    found = messages.refusals(messages.desk_for(request, outreach.sender, now=now), outreach.text)
    return messages.MessageRefused(found) if found else None


def _stop(outreach: Outreach, refusal: Refused, now: datetime) -> None:
    outreach.move_to(Outreach.State.STOPPED)
    outreach.stopped_words = str(refusal)[:300]
    outreach.save(update_fields=["state", "stopped_words"])
    emit(_event(events.OutreachStopped, outreach, now, why=refusal.code))


def _outgoing(outreach: Outreach, *, fresh: bool) -> Outgoing:
    desk = messages.desk_for(
        outreach.request, outreach.sender, now=outreach.attempted_at or outreach.drafted_at
    )
    return Outgoing(
        outreach_id=outreach.pk,
        request_id=outreach.request_id,
        sender_wecom=outreach.wecom_sender,
        external_id=outreach.wecom_external_id,
        text=outreach.text,
        link_path=links.path_of(outreach),
        link=messages.link_card(desk),
        fresh=fresh,
        since=outreach.attempted_at or outreach.drafted_at,
    )


@transaction.atomic
def hand_over(*, outreach_id: int, msgid: str, now: datetime) -> None:
    """The channel took the message under `msgid`. Emits OutreachMoved(created). Safe to call twice."""
    outreach = _locked(outreach_id)
    if outreach is None or outreach.state == Outreach.State.HANDED:
        return
    outreach.move_to(Outreach.State.HANDED)
    outreach.wecom_msgid = msgid
    outreach.save(update_fields=["state", "wecom_msgid"])
    _note(outreach, "created", at=now, now=now)


@transaction.atomic
def note_failed_attempt(*, outreach_id: int, words: str, again: bool, now: datetime) -> None:
    """The channel surely did not take the message: back to the queue, or stopped when trying cannot help."""
    outreach = _locked(outreach_id)
    if outreach is None or outreach.state != Outreach.State.SENDING:
        return
    outreach.move_to(Outreach.State.QUEUED if again else Outreach.State.STOPPED)
    outreach.stopped_words = "" if again else words[:300]
    outreach.failure = words[:200]
    outreach.save(update_fields=["state", "stopped_words", "failure"])
    if not again:
        emit(_event(events.OutreachStopped, outreach, now, why="channel"))


@transaction.atomic
def note_unknown(*, outreach_id: int, words: str, now: datetime) -> None:
    """Nobody can tell whether the message left: a person must look. Emits OutreachUnknown."""
    outreach = _locked(outreach_id)
    if outreach is None or outreach.state != Outreach.State.SENDING:
        return
    outreach.move_to(Outreach.State.UNKNOWN)
    outreach.failure = words[:200]
    outreach.save(update_fields=["state", "failure"])
    emit(_event(events.OutreachUnknown, outreach, now))


@transaction.atomic
def resend_outreach(*, actor: Actor, outreach_id: int, now: datetime) -> Outreach:
    """A person looked and it did not arrive: queue an UNKNOWN message again. Emits OutreachQueued."""
    plain = policies.visible_outreaches(actor).filter(pk=outreach_id).first()
    if plain is None:
        raise NotFound()
    policies.require_contact(actor, plain.request)
    outreach = _locked(outreach_id)
    if outreach is None:
        raise NotFound()
    outreach.move_to(Outreach.State.QUEUED)
    outreach.queued_at = now
    outreach.save(update_fields=["state", "queued_at"])
    emit(_event(events.OutreachQueued, outreach, now), actor=actor)
    return outreach


@transaction.atomic
def was_polled(*, outreach_id: int, now: datetime) -> None:
    """The channel was asked about this message; the next poll takes those asked longest ago first."""
    Outreach.objects.filter(pk=outreach_id).update(polled_at=now)


@transaction.atomic
def note_delivery(
    *, outreach_id: int, stage: delivery.Stage, at: datetime, now: datetime, failure: str = ""
) -> bool:
    """The channel reports a stage reached at `at`. Forward only; True when it was news. Emits OutreachMoved."""
    outreach = _locked(outreach_id)
    return outreach is not None and _note(outreach, stage, at=at, now=now, failure=failure)


def _note(
    outreach: Outreach, stage: delivery.Stage, *, at: datetime, now: datetime, failure: str = ""
) -> bool:
    before = outreach.delivery()
    after = delivery.note(before, stage, at=at, failure=failure)
    if after == before:
        return False
    outreach.take_delivery(after)
    outreach.save(update_fields=list(Outreach.STAGE_FIELDS))
    if stage == "sent":
        record_sent(outreach, at=at, now=now)
        _move_request(outreach, RecallRequest.State.CONTACTED)
    if stage == "answered":
        _move_request(outreach, RecallRequest.State.ANSWERED)
    emit(_event(events.OutreachMoved, outreach, now, stage=stage.upper(), reached_at=at))
    plan_follow_up(outreach, now=now)
    return True


def _move_request(outreach: Outreach, state: str) -> None:
    """The request follows its message forward; a closed or further one stays."""
    request = RecallRequest.objects.select_for_update().get(pk=outreach.request_id)
    if state in request.MOVES.get(request.state, ()):
        request.move_to(state)
        request.save(update_fields=["state"])


def _event(
    kind: type[events.OutreachEvent], outreach: Outreach, now: datetime, **facts: object
) -> events.OutreachEvent:
    request = outreach.request
    return kind(
        request_id=request.pk, candidate_id=request.candidate_id, number=request.number, outreach_id=outreach.pk,
        at=now, **facts,  # type: ignore[arg-type]  # the fields of the event named
    )  # fmt: skip
