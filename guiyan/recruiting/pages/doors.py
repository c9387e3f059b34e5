"""How a form becomes a command: once for dialogs and pages, with refusals shown beside the fields."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from guiyan.kernel.errors import InvalidInput, Refused
from guiyan.platform.api import refusal_words
from guiyan.platform.forms import FORM_REMEDY, StrictForm

SHOWN = {400, 409, 422, 429}  # other refusals are for the middleware: not found, not allowed, not signed in


def form_door(
    request: HttpRequest,
    *,
    form: StrictForm,
    act: Callable[[StrictForm], Any],
    done: Callable[[Any], str],
    title: Any,
    submit: Any,
    back: str,
    template: str = "recruiting/form.html",
    words: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """GET shows the form (as a dialog for htmx), POST runs `act` in a savepoint and leads to `done(result)`.

    A refusal undoes the command, keeps what was typed and says what is wrong.
    """
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                with transaction.atomic():
                    result = act(form)
                return leave(request, done(result))
            except Refused as refused:
                if refused.status not in SHOWN:
                    raise
                status = refused.status
                form.add_error(None, " ".join(part for part in refusal_words(refused) if part))
    dialog = bool(request.headers.get("HX-Request"))
    context = {
        "form": form, "title": title, "submit": submit, "back": back, "dialog": dialog,
        "multipart": form.is_multipart(), **(words or {}),
    }  # fmt: skip
    answer = render(request, template, context, status=status)
    if dialog:
        answer["HX-Retarget"], answer["HX-Reswap"] = "#dialog-slot", "innerHTML"
    return answer


def leave(request: HttpRequest, url: str) -> HttpResponse:
    """Go on to a page, also from a dialog."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = url
        return answer
    return HttpResponseRedirect(url)


def only(request: HttpRequest, *known: str) -> Mapping[str, str]:
    """The query's values; an unknown or doubled one is refused."""
    for key, values in request.GET.lists():
        if key not in known or len(values) > 1:
            raise InvalidInput(field=key[:40], problem="?", remedy=FORM_REMEDY)
    return {key: request.GET.get(key, "") for key in known}
