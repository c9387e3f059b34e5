"""The HTML doors of recall: asking, following, writing, ending."""

import json

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guiyan.approvals import commands as approvals
from guiyan.platform import clock
from guiyan.platform.routes import ActedRequest, route
from guiyan.recall import commands, queries
from guiyan.recall.engine import guard
from guiyan.recall.forms import (
    AnswerForm,
    CloseForm,
    ComposeForm,
    FollowUpForm,
    ListForm,
    RequestForm,
    SheetForm,
    StatusForm,
    TemplateChoiceForm,
    WordsForm,
)
from guiyan.recall.models import RecallRequest
from guiyan.recall.policies import CONTACT, READ, REQUEST


@route(READ)
@require_GET
def list(request: ActedRequest) -> HttpResponse:
    """All recalls the viewer may see, newest first."""
    wanted = ListForm(request.GET).facts_or_refuse()
    page = queries.recall_rows(actor=request.actor, now=clock.now(), **wanted)
    keep = "&".join(f"{key}={value}" for key, value in wanted.items() if value and key != "after")
    facts = {"page": page, "wanted": wanted, "states": RecallRequest.State.choices, "keep": keep}
    return render(request, "recall/list.html", facts)


@route(READ)
@require_GET
def board(request: ActedRequest) -> HttpResponse:
    """The same by step."""
    return render(
        request, "recall/board.html", {"columns": queries.board(actor=request.actor, now=clock.now())}
    )


@route(REQUEST)
@require_http_methods(["GET", "POST"])
def sheet(request: ActedRequest) -> HttpResponse:
    """Ask for a person back: a dialog over search or dossier, a page of its own without JavaScript."""
    if request.method == "POST":
        return _ask(request)
    wanted = SheetForm(request.GET).facts_or_refuse()
    view = queries.sheet_view(
        actor=request.actor,
        candidate_id=wanted["candidate"],
        requisition_id=wanted["requisition"],
        now=clock.now(),
    )
    return render(request, "recall/_sheet.html" if request.htmx else "recall/sheet.html", {"view": view})


def _ask(request: ActedRequest) -> HttpResponse:
    departments = [int(each) for each in request.POST.getlist("departments") if each.isdigit()]
    facts = RequestForm(request.POST, department_ids=departments).facts_or_refuse()
    made = commands.request_recall(
        actor=request.actor,
        candidate_id=facts["candidate"],
        requisition_id=facts["requisition"],
        words=facts["words"],
        department_ids=facts["departments"],
        now=clock.now(),
    )
    return _go(request, reverse("recall:request", args=[made.pk]))


def _go(request: ActedRequest, url: str) -> HttpResponse:
    """To a page after a change; htmx needs to be told by a header."""
    if not request.htmx:
        return redirect(url)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = url
    return answer


@route(READ)
@require_GET
def request(request: ActedRequest, request_id: int) -> HttpResponse:
    """One recall: where it stands, why, what to say, who holds it."""
    view = queries.request_view(actor=request.actor, request_id=request_id, now=clock.now())
    return render(request, "recall/request.html", {"view": view})


@route(READ)
@require_GET
def request_status(request: ActedRequest, request_id: int) -> HttpResponse:
    """Where it stands now; the page is told to reload when more than the line has changed."""
    wanted = StatusForm(request.GET).facts_or_refuse()
    view = queries.request_view(actor=request.actor, request_id=request_id, now=clock.now())
    answer = render(request, "recall/_status.html", {"view": view})
    if wanted["seen"] != view.seen:
        answer["HX-Refresh"] = "true"
    return answer


@route(REQUEST)
@require_POST
def request_urge(request: ActedRequest, request_id: int) -> HttpResponse:
    """Remind those who are waited for."""
    view = queries.request_view(actor=request.actor, request_id=request_id, now=clock.now())
    if view.instance_id is not None:
        approvals.urge(actor=request.actor, instance_id=view.instance_id, now=clock.now())
    return _toast(request, request_id, _("They have been reminded."))


@route(READ)
@require_POST
def request_withdraw(request: ActedRequest, request_id: int) -> HttpResponse:
    """Take a recall back."""
    facts = WordsForm(request.POST).facts_or_refuse()
    commands.withdraw_request(
        actor=request.actor, request_id=request_id, words=facts["words"], now=clock.now()
    )
    return _toast(request, request_id, _("Withdrawn. Nothing more is sent."))


@route(CONTACT)
@require_POST
def request_close(request: ActedRequest, request_id: int) -> HttpResponse:
    """End a recall with its outcome."""
    facts = CloseForm(request.POST).facts_or_refuse()
    commands.close_request(actor=request.actor, request_id=request_id, now=clock.now(), **facts)
    return _toast(request, request_id, _("Closed. The outcome is in the dossier."))


def _toast(request: ActedRequest, request_id: int, words: str) -> HttpResponse:
    """Back to the recall; with htmx the live part is swapped and a toast says what happened."""
    url = reverse("recall:request", args=[request_id])
    if not request.htmx:
        return redirect(url)
    view = queries.request_view(actor=request.actor, request_id=request_id, now=clock.now())
    answer = render(request, "recall/_live.html", {"view": view})
    answer["HX-Trigger"] = json.dumps({"gy:toast": {"text": words}})
    return answer


@route(CONTACT)
@require_GET
def compose(request: ActedRequest, request_id: int) -> HttpResponse:
    """Write to the candidate, seeing what they will see."""
    wanted = TemplateChoiceForm(request.GET).facts_or_refuse()
    view = queries.composer_view(
        actor=request.actor, request_id=request_id, template_id=wanted["template"], now=clock.now()
    )
    return render(request, "recall/compose.html", {"view": view})


@route(CONTACT)
@require_POST
def compose_check(request: ActedRequest, request_id: int) -> HttpResponse:
    """Preview and guard for the text as it is now; changes nothing."""
    facts = ComposeForm(request.POST).facts_or_refuse()
    return _checked(request, request_id, facts["text"])


def _checked(request: ActedRequest, request_id: int, text: str) -> HttpResponse:
    check = queries.check_text(actor=request.actor, request_id=request_id, text=text, now=clock.now())
    view = queries.composer_view(actor=request.actor, request_id=request_id, now=clock.now())
    return render(request, "recall/_check.html", {"check": check, "view": view, "swapped": True})


@route(CONTACT)
@require_POST
def compose_drop(request: ActedRequest, request_id: int) -> HttpResponse:
    """Take one refused sentence out and keep the rest as draft."""
    facts = ComposeForm(request.POST).facts_or_refuse()
    text = facts["text"].replace("\r\n", "\n")
    shorter = guard.without(text, (facts["start"] or 0, facts["end"] or 0))
    commands.save_draft(
        actor=request.actor,
        request_id=request_id,
        text=shorter,
        template_id=facts["template"],
        now=clock.now(),
    )
    return _go(request, reverse("recall:compose", args=[request_id]))


@route(CONTACT)
@require_POST
def compose_save(request: ActedRequest, request_id: int) -> HttpResponse:
    """Keep the draft."""
    facts = ComposeForm(request.POST).facts_or_refuse()
    commands.save_draft(
        actor=request.actor,
        request_id=request_id,
        text=facts["text"],
        template_id=facts["template"],
        now=clock.now(),
    )
    if request.htmx:
        answer = _checked(request, request_id, facts["text"])
        answer["HX-Trigger"] = json.dumps({"gy:toast": {"text": _("Draft kept.")}})
        return answer
    return redirect("recall:compose", request_id)


@route(CONTACT)
@require_POST
def compose_send(request: ActedRequest, request_id: int) -> HttpResponse:
    """Release the message; it goes to the specialist's own phone for confirmation."""
    facts = ComposeForm(request.POST).facts_or_refuse()
    commands.send_outreach(
        actor=request.actor,
        request_id=request_id,
        text=facts["text"],
        template_id=facts["template"],
        now=clock.now(),
    )
    return _go(request, reverse("recall:request", args=[request_id]))


@route(CONTACT)
@require_POST
def follow_up_done(request: ActedRequest, request_id: int, follow_up_id: int) -> HttpResponse:
    """A call was made, a reminder is not needed: note it."""
    facts = FollowUpForm(request.POST).facts_or_refuse()
    commands.complete_follow_up(
        actor=request.actor,
        follow_up_id=follow_up_id,
        words=facts["words"],
        cancel=facts["cancel"],
        now=clock.now(),
    )
    return _toast(request, request_id, _("Noted."))


@route(CONTACT)
@require_POST
def answer_note(request: ActedRequest, request_id: int, outreach_id: int) -> HttpResponse:
    """Note what the candidate said elsewhere."""
    facts = AnswerForm(request.POST).facts_or_refuse()
    commands.note_answer(
        actor=request.actor,
        outreach_id=outreach_id,
        kind=facts["answer"],
        words=facts["words"],
        later_on=facts["later_on"],
        now=clock.now(),
    )
    return _toast(request, request_id, _("Noted."))


@route(CONTACT)
@require_POST
def outreach_resend(request: ActedRequest, request_id: int, outreach_id: int) -> HttpResponse:
    """Somebody looked: it did not arrive. Send it again."""
    WordsForm(request.POST).facts_or_refuse()
    commands.resend_outreach(actor=request.actor, outreach_id=outreach_id, now=clock.now())
    return _toast(request, request_id, _("It is on its way to your phone again."))
