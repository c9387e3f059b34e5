"""Home 工作台: what needs this person now, gathered from the rooms. And the health door."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from guiyan.platform import clock
from guiyan.platform.routes import SIGNED_IN, route


@route(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """What needs this person now."""
    return render(request, "home.html", {"today": clock.today(), "now": clock.now()})


@route(public="a supervisor asks whether the process lives")
def health(_request: HttpRequest) -> HttpResponse:
    """Answers when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
