"""What recall puts on a person's home page, in their own words. Four statements."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.platform.actors import Actor
from guiyan.recall import policies
from guiyan.recall.models import CandidateAnswer, FollowUp, Outreach, RecallRequest
from guiyan.recall.queries.rows import message_words, waited
from guiyan.recall.queries.views import because_words

MOST = 10
LATE_AFTER = timedelta(days=1)  # shown amber on the home page; the follow-up policy counts working time


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One thing to do: its words, its state, and at most two ways to go on."""

    title: str
    text: str
    tag: str
    tag_tone: str
    url: str
    action_label: str
    action_url: str
    second_label: str = ""
    second_url: str = ""


@dataclass(frozen=True, slots=True)
class MineRow:
    """One of one's own recalls: five pips (asked, approved, sent, opened, answered) and where it stands in words."""

    name: str
    url: str
    pips: tuple[str, ...]
    words: str
    tone: str
    since: datetime


@dataclass(frozen=True, slots=True)
class HomeRecalls:
    """To contact (briefs, reminders, calls), answers to act on, and one's own recalls."""

    to_contact: tuple[HomeRow, ...]
    answered: tuple[HomeRow, ...]
    mine: tuple[MineRow, ...]


def home_recalls(*, actor: Actor, now: datetime) -> HomeRecalls:
    """The home page's recall parts for this person; empty where there is nothing, or no right."""
    if not actor.signed_in or not actor.may(policies.READ):
        return HomeRecalls((), (), ())
    contacts = actor.may(policies.CONTACT)
    due = _due(actor, now) if contacts else []
    briefs = _to_write(actor) if contacts else []
    return HomeRecalls(
        to_contact=tuple([*due, *briefs][:MOST]),
        answered=tuple(_answered(actor) if contacts else []),
        mine=tuple(_mine(actor, now)),
    )


def _due(actor: Actor, now: datetime) -> list[HomeRow]:
    rows = (
        FollowUp.objects.filter(assignee_id=actor.user_id, state=FollowUp.State.DUE)
        .select_related("outreach__request__candidate", "outreach__request__requisition")
        .order_by("due_at", "pk")[:MOST]
    )
    return [_follow_up(row, now) for row in rows]


def _follow_up(row: FollowUp, now: datetime) -> HomeRow:
    request = row.outreach.request
    url, compose = _urls(request)
    call = row.kind == FollowUp.Kind.CALL
    late = local_day(row.due_at) < local_day(now)
    tag = _("late by %(time)s") % {"time": waited(row.due_at, now)} if late else _("today")
    return HomeRow(
        title=(_("Call %(name)s") if call else _("Remind %(name)s")) % {"name": request.candidate.name},
        text=f"{request.requisition.title} · {because_words(row.because)}",
        tag=tag,
        tag_tone="bad" if late else "wait",
        url=url,
        action_label=_("See the points") if call else _("Write a reminder"),
        action_url=url if call else compose,
    )


def _to_write(actor: Actor) -> list[HomeRow]:
    rows = (
        RecallRequest.objects.filter(specialist_id=actor.user_id, state=RecallRequest.State.BRIEFED)
        .exclude(outreaches__state__in=["QUEUED", "SENDING", "HANDED", "UNKNOWN"])
        .select_related("candidate", "requisition", "requester")
        .order_by("decided_at", "pk")[:MOST]
    )
    found = []
    for row in rows:
        url, compose = _urls(row)
        found.append(
            HomeRow(
                title=_("The recall of %(name)s was approved") % {"name": row.candidate.name},
                text=f"{row.requisition.title} · {row.requester.name}：{row.words}",
                tag=_("points ready"),
                tag_tone="ok",
                url=url,
                action_label=_("Write the message"),
                action_url=compose,
                second_label=_("See the points"),
                second_url=url,
            )
        )
    return found


def _answered(actor: Actor) -> list[HomeRow]:
    answers = (
        CandidateAnswer.objects.filter(
            outreach__request__specialist_id=actor.user_id,
            outreach__request__state=RecallRequest.State.ANSWERED,
        )
        .select_related("outreach__request__candidate", "outreach__request__requisition")
        .order_by("outreach__request_id", "-at", "-pk")
        .distinct("outreach__request_id")[:MOST]
    )
    return [_answer(answer) for answer in sorted(answers, key=lambda each: each.at)]


def _answer(answer: CandidateAnswer) -> HomeRow:
    request = answer.outreach.request
    titles = {
        "INTERESTED": _("%(name)s is interested"),
        "LATER": _("%(name)s says: later"),
        "NO": _("%(name)s says: not this time"),
        "NEVER": _("%(name)s does not want to be contacted again"),
    }
    url, _compose = _urls(request)
    words = answer.words or (answer.later_on.isoformat() if answer.later_on else "")
    return HomeRow(
        title=titles[answer.kind] % {"name": request.candidate.name},
        text=" · ".join(part for part in (request.requisition.title, words) if part),
        tag=str(answer.get_kind_display()),
        tag_tone={"INTERESTED": "ok", "LATER": "info"}.get(answer.kind, ""),
        url=url,
        action_label=_("See the answer"),
        action_url=url,
    )


def _mine(actor: Actor, now: datetime) -> list[MineRow]:
    """One's own wishes and work that are still open, newest first, with their last message."""
    last = (
        Outreach.objects.filter(request=OuterRef("pk")).exclude(state=Outreach.State.STOPPED).order_by("-pk")
    )
    rows = list(
        RecallRequest.objects.filter(
            Q(requester_id=actor.user_id) | Q(specialist_id=actor.user_id), state__in=RecallRequest.OPEN
        )
        .select_related("candidate")
        .annotate(last_id=Subquery(last.values("pk")[:1]))
        .order_by("-pk")[:MOST]
    )
    messages = Outreach.objects.in_bulk([row.last_id for row in rows if row.last_id])
    return [_mine_row(row, messages.get(row.last_id), now) for row in rows]


def _mine_row(request: RecallRequest, message: Outreach | None, now: datetime) -> MineRow:
    reached = [
        True,
        request.state != RecallRequest.State.AWAITING,
        # what was opened was sent, also before the channel was asked again
        message is not None and any((message.sent_at, message.opened_at, message.answered_at)),
        message is not None and message.opened_at is not None,
        message is not None and message.answered_at is not None,
    ]
    pips = ["on" if done else "" for done in reached]
    words = message_words(message) if message is not None else str(request.get_state_display())
    tone = ""
    if message is not None and message.stage == "failed":
        pips[2], tone = "fail", "bad"
    elif message is not None and (silent := _silent_since(message)) is not None and now - silent > LATE_AFTER:
        pips[reached.index(False)], tone = "late", "wait"
        words = f"{words} · {waited(silent, now)}"
    since = request.decided_at or request.created_at
    return MineRow(request.candidate.name, _urls(request)[0], tuple(pips), words, tone, since)


def _silent_since(message: Outreach) -> datetime | None:
    """Since when the candidate has not reacted; None when they answered or nothing was sent."""
    if message.answered_at is not None:
        return None
    return message.opened_at or message.sent_at


def _urls(request: RecallRequest) -> tuple[str, str]:
    return reverse("recall:request", args=[request.pk]), reverse("recall:compose", args=[request.pk])
