"""Home 工作台: what needs this person now, gathered from the rooms. And the health door."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiyan.approvals.queries import waiting_lines
from guiyan.platform import clock
from guiyan.platform.actors import Actor
from guiyan.platform.routes import SIGNED_IN, route
from guiyan.recall.queries.home import HomeRecalls, home_recalls
from guiyan.recruiting.queries import interviews_on

MOST_APPROVALS = 5


@dataclass(frozen=True, slots=True)
class Meeting:
    """One interview of today in the words of a row."""

    title: str
    text: str
    candidate_id: int


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the page."""

    greeting: str | Promise
    waiting: int
    recalls: HomeRecalls
    approvals: tuple[Any, ...]
    interviews: tuple[Meeting, ...]


def greeting(hour: int) -> str | Promise:
    """The words for an hour of the company's day, 0–23."""
    if hour < 11:
        return _("Good morning")
    if hour < 13:
        return _("Good noon")
    return _("Good afternoon") if hour < 18 else _("Good evening")


def desk_of(actor: Actor) -> Desk:
    """What waits for this person: at most nine SQL queries."""
    now = clock.now()
    recalls = home_recalls(actor=actor, now=now)
    approvals = waiting_lines(actor=actor, now=now, limit=MOST_APPROVALS)
    interviews = _meetings(actor) if actor.may("candidate.read") else ()
    waiting = len(recalls.to_contact) + len(recalls.answered) + len(approvals) + len(interviews)
    return Desk(greeting(now.astimezone(clock.SHANGHAI).hour), waiting, recalls, approvals, interviews)


def _meetings(actor: Actor) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            title=f"{row.at.astimezone(clock.SHANGHAI):%H:%M}　{row.position} · {row.candidate}",
            text=" · ".join(part for part in (row.interviewers, row.round_name, row.place, row.note) if part),
            candidate_id=row.candidate_id,
        )
        for row in interviews_on(actor, clock.today())
    )


@route(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """What needs this person now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(request, "home.html", {"desk": desk_of(actor), "today": clock.today(), "now": clock.now()})


@route(public="a supervisor asks whether the process lives")
def health(_request: HttpRequest) -> HttpResponse:
    """Answers when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
