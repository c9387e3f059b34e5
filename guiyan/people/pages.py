"""Doors: the organisation as a tree with the people in it."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from guiyan.kernel.errors import InvalidInput
from guiyan.people import commands, queries
from guiyan.platform import clock
from guiyan.platform.forms import FORM_REMEDY, StrictForm
from guiyan.platform.routes import route

COLUMNS = (
    {"key": "name", "label": _("Name")},
    {"key": "title", "label": _("Title")},
    {"key": "department", "label": _("Department")},
    {"key": "manager", "label": _("Reports to"), "hide": True},
)


class DepartmentForm(StrictForm):
    """A new department: its name and what it hangs under."""

    name = forms.CharField(label=_("Department"), max_length=60)
    parent = forms.IntegerField(label=_("Below"), min_value=1)


@route("organisation.read")
@require_GET
def organisation(request: HttpRequest) -> HttpResponse:
    """The tree at left, the people of the chosen department (and below) at right."""
    actor = request.actor  # type: ignore[attr-defined]
    chosen = _chosen(request.GET.get("department", ""))
    tree = queries.departments(actor=actor)
    shown = next((row for row in tree if row.id == chosen), None)
    people = queries.employees(actor=actor, department_id=chosen if shown else None)
    words = {"tree": tree, "shown": shown, "people": people, "may_write": actor.may("organisation.write")}
    return render(request, "people/organisation.html", {**words, "columns": COLUMNS})


@route("organisation.write")
@require_POST
def department_create(request: HttpRequest) -> HttpResponse:
    """Add a department below another."""
    facts = DepartmentForm(request.POST).facts_or_refuse()
    made = commands.create_department(
        actor=request.actor,  # type: ignore[attr-defined]
        name=facts["name"],
        parent_id=facts["parent"],
        now=clock.now(),
    )
    return redirect(f"/organisation/?department={made.pk}")


def _chosen(raw: str) -> int | None:
    if raw and not raw.isdecimal():
        raise InvalidInput(field="department", problem=raw[:20], remedy=FORM_REMEDY)
    return int(raw) if raw else None
