"""Pages of the message templates."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from guiyan.platform import clock
from guiyan.platform.routes import ActedRequest, route
from guiyan.recall import commands, queries
from guiyan.recall.forms import TemplateForm, WordsForm
from guiyan.recall.policies import CONTACT, MANAGE


@route(CONTACT)
@require_GET
def template_list(request: ActedRequest) -> HttpResponse:
    """Every active template in both languages."""
    WordsForm(request.GET).facts_or_refuse()
    return render(
        request, "recall/template_list.html", {"groups": queries.template_groups(actor=request.actor)}
    )


@route(MANAGE)
@require_http_methods(["GET", "POST"])
def template(request: ActedRequest, template_id: int) -> HttpResponse:
    """One template; saving makes a new version."""
    row = queries.template_row(actor=request.actor, template_id=template_id)
    if request.method == "POST":
        facts = TemplateForm(request.POST).facts_or_refuse()
        commands.save_template(
            actor=request.actor, key=row.key, language=row.language, now=clock.now(), **facts
        )
        return redirect("recall:template_list")
    form = TemplateForm(initial={"title": row.title, "body": row.body})
    return render(request, "recall/template.html", {"row": row, "form": form})
