"""The candidate's doors. GET and HEAD never act: link scanners and previews leave no trace.

No session, no cookie: the link is the only credential, so there is nothing a foreign site could borrow,
and the CSRF token is not needed.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.kernel.errors import NotFound
from guiyan.platform import clock
from guiyan.platform.routes import route
from guiyan.recall import commands, queries
from guiyan.recall.forms import AnswerForm, WordsForm

PUBLIC = "the candidate has no account; the unguessable link is the right"


def quiet(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Every bad token gets the same plain answer; nothing is indexed, stored or told to other sites."""

    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except NotFound:
            response = render(request, "recall/candidate_gone.html", status=404)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


@route(public=PUBLIC)
@require_safe
@quiet
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """Who writes, the words, four answers. Looking counts as nothing."""
    page = queries.candidate_page(token=token, now=clock.now())
    with translation.override(page.lang):
        response = render(request, "recall/candidate.html", {"page": page})
    response["Content-Language"] = page.lang
    return response


@csrf_exempt
@route(public=PUBLIC)
@require_POST
@quiet
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """The page was shown on a screen: its own script says so, once."""
    WordsForm(request.POST).facts_or_refuse()
    commands.open_page(token=token, now=clock.now())
    return HttpResponse(status=204)


@csrf_exempt
@route(public=PUBLIC)
@require_http_methods(["POST"])
@quiet
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """One tap; the page then thanks and offers to say more."""
    facts = AnswerForm(request.POST).facts_or_refuse()
    commands.answer_on_page(
        token=token, kind=facts["answer"], words=facts["words"], later_on=facts["later_on"], now=clock.now()
    )
    if facts["answer"] == "NEVER":
        return render(request, "recall/candidate_goodbye.html")
    return redirect("candidate:letter", token)
