"""One recall as its page shows it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guiyan.approvals import queries as approvals
from guiyan.approvals.picture import FlowLine
from guiyan.kernel.dates import local_day
from guiyan.kernel.phones import mask_phone
from guiyan.platform.actors import Actor
from guiyan.platform.classes import C2, C4
from guiyan.recall import briefs, policies
from guiyan.recall.facts import dossier_of
from guiyan.recall.models import Brief, CandidateAnswer, FollowUp, Outreach, RecallRequest
from guiyan.recall.queries.cards import contact_words, judged
from guiyan.recall.queries.rows import (
    ICONS,
    TONES,
    LineStep,
    SourceLink,
    dossier_url,
    line_of,
    links,
    message_words,
)

PAY_POINTS = frozenset({"pay"})
ANSWER_TONES = {"INTERESTED": "ok", "LATER": "info", "NO": "", "NEVER": "bad"}


@dataclass(frozen=True, slots=True)
class PointRow:
    """A talking point as `ui/point.html` shows it."""

    n: int
    code: str
    lead: str
    text: str
    sources: list[SourceLink]
    shareable: bool | None
    stale: str
    clash: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact that travelled with the request."""

    label: str
    value: str
    tone: str
    sources: list[SourceLink]
    note: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message with its stages."""

    id: int
    kind: str
    text: str
    state: str
    stage: str
    words: str
    sender: str
    at: datetime
    times: list[tuple[str, datetime]]
    reason: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A follow-up: what, until when, why."""

    id: int
    kind: str
    title: str
    because: str
    due_at: datetime
    state: str
    words: str
    late: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer of the candidate."""

    kind: str
    label: str
    words: str
    later_on: Any
    at: datetime
    noted_by: str
    tone: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """Everything the page of one recall shows; rights decided here, not in the template."""

    id: int
    number: str
    candidate_id: int
    name: str
    position: str
    requester: str
    specialist: str
    words: str
    state: str
    state_words: str
    created_at: datetime
    waiting_for: str
    line: list[LineStep]
    points: list[PointRow]
    kept_out: int
    preview: bool
    facts: list[FactRow]
    flow: tuple[FlowLine, ...]
    messages: list[MessageRow]
    tasks: list[TaskRow]
    answers: list[AnswerRow]
    outcome: str
    outcome_words: str
    may_write: bool
    may_close: bool
    may_withdraw: bool
    may_urge: bool
    instance_id: int | None
    tone: str
    icon: str
    dossier_url: str
    seen: str
    masked_phone: str
    reveal_url: str
    closing: list[tuple[str, str]] = field(default_factory=list)
    answer_kinds: list[tuple[str, str]] = field(default_factory=list)


def request_view(*, actor: Actor, request_id: int, now: datetime) -> RequestView:
    """One recall the actor may see. Raises NotFound for others. Pay points only for those whose grant opens C4."""
    request = policies.request_for(actor, request_id)
    approval = approvals.subject_approval(subject_kind="recall", subject_id=request.pk)
    outreaches = list(request.outreaches.select_related("sender").order_by("pk"))
    last = next((each for each in reversed(outreaches) if each.state != Outreach.State.STOPPED), None)
    waiting_for = (
        "、".join(approval.waiting_for) if approval and request.state == request.State.AWAITING else ""
    )
    points, kept_out = points_of(request, actor=actor, now=now)
    may_write = policies.may_contact(actor, request) and request.state in ("BRIEFED", "CONTACTED", "ANSWERED")
    return RequestView(
        id=request.pk,
        number=request.number,
        candidate_id=request.candidate_id,
        name=request.candidate.name,
        position=request.requisition.title,
        requester=request.requester.name,
        specialist=request.specialist.name,
        words=request.words,
        state=request.state,
        state_words=_state_words(request, waiting_for),
        created_at=request.created_at,
        waiting_for=waiting_for,
        line=line_of(request, last, waiting_since=approval.waiting_since if approval else None, now=now),
        points=points,
        kept_out=kept_out,
        preview=request.state == request.State.AWAITING,
        facts=_facts(request, actor=actor, now=now),
        flow=_flow(request, actor, now),
        messages=[_message(each) for each in outreaches if each.state != Outreach.State.DRAFT],
        tasks=_tasks(request, now),
        answers=_answers(request),
        outcome=str(request.get_outcome_display()) if request.outcome else "",
        outcome_words=request.outcome_words,
        may_write=may_write,
        may_close=policies.may_contact(actor, request)
        and request.state in ("BRIEFED", "CONTACTED", "ANSWERED"),
        may_withdraw=request.is_open and policies.may_withdraw(actor, request),
        may_urge=bool(waiting_for) and request.requester_id == actor.user_id,
        instance_id=request.instance_id,
        tone=TONES.get(request.state, ""),
        icon=ICONS.get(request.state, "clock"),
        dossier_url=dossier_url(request.candidate_id),
        seen=_seen(request, outreaches),
        masked_phone=_masked_phone(request, actor) if may_write else "",
        reveal_url=reverse("recruiting:contact_reveal", args=[request.candidate_id]),
        closing=_labels(RecallRequest.Outcome),
        answer_kinds=_labels(CandidateAnswer.Kind),
    )


def points_of(request: RecallRequest, *, actor: Actor, now: datetime) -> tuple[list[PointRow], int]:
    """The kept brief, or its preview before approval, in the viewer's language and within the viewer's classes."""
    lang = briefs.lang_of(get_language() or "")
    kept = Brief.objects.filter(request=request).first()
    if kept is not None:
        raw, kept_out = kept.points(lang), kept.kept_out
    else:
        draft = briefs.draft(request, today=local_day(now), lang=lang)
        raw, kept_out = briefs.points_json(draft), draft.kept_out
    if not actor.reads(policies.READ, C4):
        raw = [each for each in raw if each["code"] not in PAY_POINTS]
    rows = [
        PointRow(
            n, each["code"], each["intent"], each["sentence"], links(each["sources"], request.candidate_id),
            each["shareable"] if each["code"] == "regard" else None, each["stale"], each["conflict"],
        )
        for n, each in enumerate(raw, start=1)
    ]  # fmt: skip
    return rows, kept_out


def _flow(request: RecallRequest, actor: Actor, now: datetime) -> tuple[FlowLine, ...]:
    return approvals.subject_lines(
        subject_kind="recall", subject_id=request.pk, viewer_id=actor.user_id, now=now
    )


def _labels(choices: type[TextChoices]) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in choices.choices]


def _seen(request: RecallRequest, outreaches: list[Outreach]) -> str:
    """A mark that changes when anything but waiting times did."""
    rows = FollowUp.objects.filter(outreach__request=request, state=FollowUp.State.DUE).count()
    return "-".join([request.state, *[f"{each.state}{each.stage}" for each in outreaches[-2:]], str(rows)])[
        :80
    ]


def _masked_phone(request: RecallRequest, actor: Actor) -> str:
    """138****6027 for those who may reveal it; the plain number stays behind the logged reveal."""
    if request.candidate.phone_index is None or not actor.reads("candidate.reveal", C2):
        return ""
    return mask_phone(request.candidate.phone)


def _facts(request: RecallRequest, *, actor: Actor, now: datetime) -> list[FactRow]:
    dossier = dossier_of(
        request.candidate, request.requisition, requester=request.requester, today=local_day(now),
        lang=briefs.lang_of(get_language() or ""),
    )  # fmt: skip
    rows = judged(dossier, with_pay=actor.reads(policies.READ, C4))
    found = [
        FactRow(
            row["label"],
            row["value"],
            row["tone"],
            links(row["sources"], request.candidate_id),
            state=row["state"],
        )
        for row in rows
    ]
    contact = contact_words(request, dossier)
    return [*found, FactRow(_("Contact"), contact["text"], contact["tone"], [], contact["basis"])]


def _state_words(request: RecallRequest, waiting_for: str) -> str:
    if waiting_for:
        return _("In approval, waiting for %(who)s") % {"who": waiting_for}
    return str(request.get_state_display())


def _message(outreach: Outreach) -> MessageRow:
    labels = {
        "created_at": _("Created"), "confirmed_at": _("Confirmed"), "sent_at": _("Sent"), "opened_at": _("Opened"),
        "answered_at": _("Answered"), "failed_at": _("Failed"),
    }  # fmt: skip
    times = [(label, at) for name, label in labels.items() if (at := getattr(outreach, name)) is not None]
    return MessageRow(
        outreach.pk, outreach.kind, outreach.text, outreach.state, outreach.stage, message_words(outreach),
        outreach.sender.name, outreach.queued_at or outreach.drafted_at, times, outreach.stopped_words,
    )  # fmt: skip


def _tasks(request: RecallRequest, now: datetime) -> list[TaskRow]:
    rows = FollowUp.objects.filter(outreach__request=request).exclude(state=FollowUp.State.CANCELLED)
    return [
        TaskRow(
            row.pk, row.kind, str(row.get_kind_display()), because_words(row.because), row.due_at, row.state, row.words,
            row.state == FollowUp.State.DUE,
        )
        for row in rows.order_by("due_at", "pk")
    ]  # fmt: skip


def because_words(because: str) -> str:
    """Why a step is planned."""
    return {
        "unopened": _("not opened by then"),
        "silent": _("opened, but no answer by then"),
        "unopened_after_reminder": _("not opened after the reminder either"),
    }.get(because, because)


def _answers(request: RecallRequest) -> list[AnswerRow]:
    rows = CandidateAnswer.objects.filter(outreach__request=request).order_by("-at", "-pk")
    return [
        AnswerRow(
            row.kind,
            str(row.get_kind_display()),
            row.words,
            row.later_on,
            row.at,
            row.noted_by_name,
            ANSWER_TONES.get(row.kind, ""),
        )
        for row in rows
    ]
