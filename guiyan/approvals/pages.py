"""Pages: the inbox with its card, one card alone on a phone, and the answers. Every right comes from the task."""

import json
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guiyan.approvals import commands, queries
from guiyan.approvals.cards import card_for
from guiyan.approvals.engine.state import Verdict
from guiyan.approvals.forms import BOXES, AnswerForm, InboxForm
from guiyan.approvals.models import FlowInstance
from guiyan.approvals.rows import Box
from guiyan.approvals.shown import TONES, lines_of
from guiyan.approvals.words import due_words, is_pressing, title
from guiyan.platform import clock
from guiyan.platform.routes import SIGNED_IN, ActedRequest, route


@route(SIGNED_IN)
@require_GET
def inbox(request: ActedRequest) -> HttpResponse:
    """What waits for this person, what they asked for, what they answered; one request open beside it."""
    wanted = InboxForm(request.GET).facts_or_refuse()
    words = _inbox(request, wanted["box"] or "waiting", after=wanted["after"], chosen=wanted["open"])
    return render(request, "approvals/inbox.html", words)


@route(SIGNED_IN)
@require_GET
def instance(request: ActedRequest, instance_id: int) -> HttpResponse:
    """One request: the card alone for htmx, else the inbox with it open (the only thing shown on a phone)."""
    if request.htmx and request.htmx.target == "approval-card":
        return render(request, "approvals/_card.html", _card(request, instance_id))
    return render(request, "approvals/inbox.html", _inbox(request, "waiting", chosen=instance_id))


@route(SIGNED_IN)
@require_GET
def task(request: ActedRequest, task_id: int) -> HttpResponse:
    """A link to one's own task, as messages carry it, leads to its request."""
    return redirect("approvals:instance", queries.task_instance(actor=request.actor, task_id=task_id))


@route(SIGNED_IN)
@require_POST
def task_approve(request: ActedRequest, task_id: int) -> HttpResponse:
    """Agree."""
    _decide(request, task_id, Verdict.APPROVE)
    return _answered(request, _("Agreed."))


@route(SIGNED_IN)
@require_POST
def task_reject(request: ActedRequest, task_id: int) -> HttpResponse:
    """Refuse, with words."""
    _decide(request, task_id, Verdict.REJECT)
    return _answered(request, _("Refused. The requester sees your words."))


@route(SIGNED_IN)
@require_POST
def task_complete(request: ActedRequest, task_id: int) -> HttpResponse:
    """Report a piece of work as done."""
    words = AnswerForm(request.POST).facts_or_refuse()
    commands.complete_handler(actor=request.actor, task_id=task_id, comment=words["comment"], now=clock.now())
    return _answered(request, _("Noted as done."))


@route(SIGNED_IN)
@require_POST
def instance_withdraw(request: ActedRequest, instance_id: int) -> HttpResponse:
    """Take one's own request back."""
    words = AnswerForm(request.POST).facts_or_refuse()
    commands.withdraw(actor=request.actor, instance_id=instance_id, comment=words["comment"], now=clock.now())
    return _answered(request, _("Withdrawn. Nobody is asked any more."), box="mine")


@route(SIGNED_IN)
@require_POST
def instance_urge(request: ActedRequest, instance_id: int) -> HttpResponse:
    """Remind those who are waited for."""
    AnswerForm(request.POST).facts_or_refuse()
    commands.urge(actor=request.actor, instance_id=instance_id, now=clock.now())
    return _answered(request, _("They have been reminded."), box="mine", chosen=instance_id)


def _decide(request: ActedRequest, task_id: int, verdict: Verdict) -> None:
    words = AnswerForm(request.POST).facts_or_refuse()
    commands.decide(
        actor=request.actor, task_id=task_id, verdict=verdict, comment=words["comment"], now=clock.now()
    )


def _answered(
    request: ActedRequest, toast: str, *, box: Box = "waiting", chosen: int | None = None
) -> HttpResponse:
    """The inbox after an answer: swapped in place with a toast, or the page again without JavaScript."""
    if not request.htmx:
        open_one = f"&open={chosen}" if chosen else ""
        return redirect(f"{reverse('approvals:inbox')}?box={box}{open_one}")
    answer = render(request, "approvals/_answered.html", _inbox(request, box, chosen=chosen))
    answer["HX-Trigger"] = json.dumps({"gy:toast": {"text": toast}})
    return answer


def _inbox(
    request: HttpRequest, box: str, *, after: int | None = None, chosen: int | None = None
) -> dict[str, Any]:
    """Words for the inbox: a box's lines and the card of the chosen request; the first one's follows by itself."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    known: Box = next(name for name in get_args(Box) if name == box)
    page = queries.inbox(actor=actor, box=known, after=after)
    whole = known == "waiting" and not after and page.next is None
    waiting = len(page.rows) if whole else queries.count_waiting(actor=actor)
    shown = chosen or next((row.instance_id for row in page.rows), None)
    return {
        "box": box,
        "waiting": waiting,
        "tabs": _tabs(box, waiting),
        "lines": lines_of(page.rows, box=known, now=now, shown=shown),
        "shown": shown,
        "chosen": chosen,
        "next_url": f"?box={box}&after={page.next}" if page.next else "",
        # Nobody chose it, so the first card comes by a second request: the list is there at once.
        **(_card(request, chosen) if chosen else {}),
    }


def _card(request: HttpRequest, instance_id: int) -> dict[str, Any]:
    """Words for one card. Raises NotFound for a request the viewer takes no part in."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    view = queries.instance_view(actor=actor, instance_id=instance_id, now=now)
    mine = view.my_task
    return {
        "view": view,
        "card": card_for(actor=actor, view=view, now=now),
        "question": title(mine.question) if mine else "",
        "due": due_words(mine.due_at, now) if mine else "",
        "pressing": bool(mine and is_pressing(mine.due_at, now)),
        "state": FlowInstance.State(view.state).label,
        "tone": TONES.get(view.state, ""),
    }


def _tabs(box: str, waiting: int) -> list[dict[str, Any]]:
    url = reverse("approvals:inbox")
    return [
        {
            "label": label,
            "url": f"{url}?box={name}",
            "active": name == box,
            "count": (waiting or "") if name == "waiting" else "",
        }
        for name, label in BOXES
    ]
