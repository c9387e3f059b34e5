"""Small shared shapes of recall pages: sources with links, the line of steps, words for states."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guiyan.kernel.dates import SHANGHAI, local_day
from guiyan.recall.models import Outreach, RecallRequest

State = RecallRequest.State
TONES: dict[str, str] = {
    State.AWAITING: "wait", State.REJECTED: "bad", State.BRIEFED: "brand", State.CONTACTED: "info", State.ANSWERED: "ok",
    State.CLOSED: "line", State.WITHDRAWN: "line",
}  # fmt: skip
ICONS: dict[str, str] = {
    State.AWAITING: "clock", State.REJECTED: "x", State.BRIEFED: "message", State.CONTACTED: "send",
    State.ANSWERED: "message-reply", State.CLOSED: "circle-check", State.WITHDRAWN: "x",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceLink:
    """One source as `ui/source.html` shows it."""

    label: str
    kind: str
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class LineStep:
    """One step of `ui/line.html`."""

    label: str
    note: str = ""
    state: str = ""


def dossier_url(candidate_id: int) -> str:
    """The dossier's address, "" while that room has no such page."""
    try:
        return reverse("recruiting:dossier", args=[candidate_id])
    except NoReverseMatch:
        return ""


def source_link(source: Any, candidate_id: int) -> SourceLink:
    """A source record (Source, or its JSON) as a link to where the fact stands: "record · person · date"."""
    get = source.get if isinstance(source, dict) else lambda name, default="": getattr(source, name, default)
    on = get("on", None)
    words = " · ".join(part for part in (get("label", ""), get("person", ""), _iso(on)) if part)
    kind, pk = get("kind", ""), get("id", "")
    url = dossier_url(candidate_id)
    if kind == "requisition":
        url = _requisition_url(pk) or url
    elif url and kind in ("evaluation", "disposition"):
        url = f"{url}#{kind}-{pk}"
    return SourceLink(words, kind, url)


def _requisition_url(pk: str) -> str:
    try:
        return reverse("recruiting:requisition", args=[int(pk)])
    except (NoReverseMatch, ValueError):
        return ""


def _iso(on: Any) -> str:
    return on.isoformat() if isinstance(on, date) else (on or "")


def links(sources: Iterable[Any], candidate_id: int) -> list[SourceLink]:
    """Several sources, doubles left out."""
    return list(dict.fromkeys(source_link(each, candidate_id) for each in sources))


def clock_words(moment: datetime, now: datetime) -> str:
    """09:12 today, 11月23日 otherwise."""
    local = moment.astimezone(SHANGHAI)
    if local_day(moment) == local_day(now):
        return local.strftime("%H:%M")
    return day_words(local.date())


def day_words(on: date) -> str:
    """11月16日, or 16 Nov, without the year."""
    if (get_language() or "").startswith("zh"):
        return f"{on.month}月{on.day}日"
    return f"{on.day} {on:%b}"


def waited(since: datetime, now: datetime) -> str:
    """26 分钟, 3 小时, 4 天."""
    minutes = max(int((now - since).total_seconds() // 60), 0)
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    if minutes < 24 * 60:
        return _("%(n)s h") % {"n": minutes // 60}
    return _("%(n)s days") % {"n": minutes // (24 * 60)}


def line_of(
    request: RecallRequest, message: Outreach | None, *, waiting_since: datetime | None, now: datetime
) -> list[LineStep]:
    """The seven steps of a recall, with honest words: opened is "opened", never "read"."""
    steps = [
        LineStep(_("Asked for"), clock_words(request.created_at, now), "done"),
        _approval_step(request, waiting_since, now),
    ]
    briefed = request.state not in (State.AWAITING, State.REJECTED) and request.decided_at is not None
    steps.append(
        LineStep(_("Points ready"), "" if briefed else _("at once after it"), "done" if briefed else "")
    )
    sent = _message_step(request, message, now, briefed=briefed)
    steps.append(sent)
    opened = message.opened_at if message else None
    answered = message.answered_at if message else None
    steps.append(_reached(_("Opened"), opened, now, waiting=sent.state == "done" and answered is None))
    steps.append(_reached(_("Answered"), answered, now, waiting=opened is not None))
    steps.append(_last_step(request, now))
    return steps


def _approval_step(request: RecallRequest, waiting_since: datetime | None, now: datetime) -> LineStep:
    if request.state == State.AWAITING:
        note = _("for %(time)s") % {"time": waited(waiting_since, now)} if waiting_since else ""
        return LineStep(_("Approval"), note, "now")
    if request.state == State.REJECTED:
        return LineStep(_("Approval"), _("not approved"), "fail")
    if request.decided_at is None:
        return LineStep(_("Approval"), _("withdrawn"), "fail")
    return LineStep(_("Approval"), clock_words(request.decided_at, now), "done")


def _message_step(
    request: RecallRequest, message: Outreach | None, now: datetime, *, briefed: bool
) -> LineStep:
    label = _("Message sent")
    if message is None or message.state == Outreach.State.DRAFT:
        return LineStep(label, "", "now" if briefed and request.is_open else "")
    if message.sent_at is not None:
        return LineStep(label, clock_words(message.sent_at, now), "done")
    if message.opened_at is not None:
        return LineStep(label, "", "done")
    if message.stage == "failed" or message.state in (Outreach.State.STOPPED, Outreach.State.UNKNOWN):
        return LineStep(label, message_words(message), "fail")
    return LineStep(label, message_words(message), "now")


def _reached(label: str, at: datetime | None, now: datetime, *, waiting: bool) -> LineStep:
    if at is not None:
        return LineStep(label, clock_words(at, now), "done")
    return LineStep(label, "", "now" if waiting else "")


def _last_step(request: RecallRequest, now: datetime) -> LineStep:
    if request.state == State.CLOSED and request.closed_at is not None:
        good = request.outcome in (RecallRequest.Outcome.INTERVIEW, RecallRequest.Outcome.HIRED)
        return LineStep(
            str(request.get_outcome_display()),
            clock_words(request.closed_at, now),
            "done" if good else "fail",
        )
    return LineStep(_("Talk"), "", "now" if request.state == State.ANSWERED else "")


def message_words(message: Outreach) -> str:
    """Where one message stands, in words a specialist can act on."""
    state = Outreach.State(message.state)
    if state == Outreach.State.HANDED:
        return _stage_words(message)
    words = {
        Outreach.State.DRAFT: _("draft"),
        Outreach.State.QUEUED: _("on its way to your phone"),
        Outreach.State.SENDING: _("on its way to your phone"),
        Outreach.State.UNKNOWN: _("unknown whether it arrived, please check"),
        Outreach.State.STOPPED: _("stopped"),
    }
    return words[state]


def _stage_words(message: Outreach) -> str:
    words = {
        "": _("handed over"),
        "created": _("waiting for your confirmation on the phone"),
        "confirmed": _("confirmed, being sent"),
        "sent": _("sent, not opened yet"),
        "opened": _("opened, no answer yet"),
        "answered": _("answered"),
        "failed": failure_words(message.failure),
    }
    return words[message.stage]


def failure_words(failure: str) -> str:
    """Why the channel did not deliver."""
    known = {
        "not_friend": _("not delivered: no longer a WeCom contact"),
        "quota": _("not delivered: the person already got the most mass messages allowed"),
        "not_reachable": _("not delivered: WeCom cannot reach this person"),
    }
    return known.get(failure, _("not delivered"))
