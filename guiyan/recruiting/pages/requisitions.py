"""Doors: openings."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guiyan.platform import clock
from guiyan.platform.classes import C4
from guiyan.platform.routes import ActedRequest, route
from guiyan.recruiting import commands, policies, queries
from guiyan.recruiting.forms.paths import NewRequisitionForm, RequisitionForm, StateForm
from guiyan.recruiting.models import Requisition
from guiyan.recruiting.pages.doors import form_door, only

FORM = require_http_methods(["GET", "POST"])


def requisition_url(requisition_id: int) -> str:
    """The opening's path."""
    return reverse("recruiting:requisition", args=[requisition_id])


@route("requisition.read")
@require_GET
def requisition_list(request: ActedRequest) -> HttpResponse:
    """Openings the viewer may see, open ones first."""
    asked = only(request, "q", "state")
    labels = (
        ("title", _("Position")), ("department", _("Department")), ("state", _("State")), ("vacancies", _("Vacancies")),
        ("band", _("Band")), ("applications", _("In the running")), ("opened", _("Opened on")),
    )  # fmt: skip
    pay = request.actor.reads("requisition.read", C4)
    columns = [
        {"key": key, "label": label, "num": key in {"vacancies", "band", "applications", "opened"}}
        for key, label in labels
        if pay or key != "band"
    ]
    rows = queries.requisition_list(request.actor, q=asked["q"], state=asked["state"])
    words = {
        "rows": rows, "asked": asked, "columns": columns, "pay": pay,
        "states": Requisition.State.choices, "may_write": request.actor.may("requisition.write"),
    }  # fmt: skip
    return render(request, "recruiting/requisition_list.html", words)


@route("requisition.read")
@require_GET
def requisition(request: ActedRequest, requisition_id: int) -> HttpResponse:
    """One opening: facts, who is in the running, who could come back."""
    view = queries.requisition_view(request.actor, requisition_id)
    words = {
        "v": view, "pay": request.actor.reads("requisition.read", C4),
        "moves": [{"state": state, "label": _verb(state)} for state in view.moves],
        "may_write": request.actor.may("requisition.write"),
        "crumbs": [{"label": _("Requisitions"), "url": reverse("recruiting:requisition_list")}, {"label": view.row.number}],
    }  # fmt: skip
    return render(request, "recruiting/requisition.html", words)


def _verb(state: str) -> str:
    labels = {
        "OPEN": _("Open it"), "ON_HOLD": _("Put on hold"), "FILLED": _("Mark as filled"), "CANCELLED": _("Cancel it"),
    }  # fmt: skip
    return labels.get(state, state)


@route("requisition.write")
@FORM
def requisition_create(request: ActedRequest) -> HttpResponse:
    """A new opening."""
    return form_door(
        request, form=NewRequisitionForm(request.POST or None), title=_("New requisition"), submit=_("Create"),
        back=reverse("recruiting:requisition_list"), done=lambda made: requisition_url(made.pk),
        act=lambda form: commands.create_requisition(actor=request.actor, now=clock.now(), **form.cleaned_data),
    )  # fmt: skip


@route("requisition.write")
@FORM
def requisition_edit(request: ActedRequest, requisition_id: int) -> HttpResponse:
    """Correct an opening; who may not read the band does not touch it."""
    row = policies.seen_requisition(request.actor, "requisition.write", requisition_id)
    pay = request.actor.reads("requisition.read", C4)
    names = [name for name in RequisitionForm.base_fields if pay or not name.startswith("salary")]
    form = RequisitionForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    for name in set(form.fields) - set(names):
        del form.fields[name]

    def act(given: Any) -> Requisition:
        return commands.update_requisition(
            actor=request.actor, requisition_id=requisition_id, now=clock.now(), **given.cleaned_data
        )

    return form_door(
        request, form=form, act=act, done=lambda made: requisition_url(made.pk), back=requisition_url(requisition_id),
        title=_("Correct %(number)s") % {"number": row.number}, submit=_("Save"),
    )  # fmt: skip


@route("requisition.write")
@FORM
def requisition_state(request: ActedRequest, requisition_id: int) -> HttpResponse:
    """Open, hold, fill or cancel, with the reason."""
    row = policies.seen_requisition(request.actor, "requisition.write", requisition_id)
    form = StateForm(request.POST or None, initial={"state": request.GET.get("state", "")})
    moves = Requisition.MOVES.get(Requisition.State(row.state), set())
    form.fields["state"].choices = [(state, _verb(str(state))) for state in sorted(moves)]  # type: ignore[attr-defined]
    return form_door(
        request, form=form, title=_("%(number)s: what happens to it?") % {"number": row.number}, submit=_("Do it"),
        back=requisition_url(requisition_id), done=lambda made: requisition_url(made.pk),
        act=lambda given: commands.change_requisition_state(
            actor=request.actor, requisition_id=requisition_id, now=clock.now(), **given.cleaned_data
        ),
    )  # fmt: skip
