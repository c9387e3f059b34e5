"""Doors: conversations, applications, meetings, evaluations, endings."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guiyan.kernel.dates import SHANGHAI
from guiyan.kernel.errors import NotAllowed, NotFound
from guiyan.platform import clock
from guiyan.platform.forms import StrictForm
from guiyan.platform.routes import ActedRequest, route
from guiyan.recruiting import commands, policies
from guiyan.recruiting.forms.paths import (
    ApplicationForm,
    ClosingForm,
    CommunicationForm,
    EvaluationForm,
    InterviewEndForm,
    InterviewForm,
    ShareForm,
)
from guiyan.recruiting.models import Application, InterviewSeat
from guiyan.recruiting.pages.candidates import dossier_url
from guiyan.recruiting.pages.doors import form_door, leave

FORM = require_http_methods(["GET", "POST"])


@route("communication.write")
@FORM
def communication_add(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """Note what was said."""
    policies.seen(request.actor, "communication.write", candidate_id)
    return form_door(
        request, form=CommunicationForm(request.POST or None), title=_("Note a talk"), submit=_("Keep it"),
        back=dossier_url(candidate_id), done=lambda said: f"{dossier_url(candidate_id)}#talk-{said.pk}",
        act=lambda form: commands.record_communication(
            actor=request.actor, candidate_id=candidate_id, now=clock.now(), **form.cleaned_data
        ),
    )  # fmt: skip


@route("application.write")
@FORM
def application_open(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """Put the person forward for an open requisition."""
    policies.seen(request.actor, "application.write", candidate_id)
    return form_door(
        request, form=ApplicationForm(request.POST or None, actor=request.actor), title=_("Put forward for an opening"),
        submit=_("Put forward"), back=dossier_url(candidate_id), done=lambda _made: dossier_url(candidate_id),
        act=lambda form: commands.open_application(
            actor=request.actor, candidate_id=candidate_id, now=clock.now(), **form.cleaned_data
        ),
    )  # fmt: skip


def _application(request: ActedRequest, verb: str, application_id: int) -> Application:
    rows = policies.visible_applications(request.actor, verb).select_related("candidate")
    found = rows.filter(pk=application_id).first()
    if found is None:
        raise NotFound()
    return found


@route("disposition.write")
@FORM
def application_close(request: ActedRequest, application_id: int) -> HttpResponse:
    """End an application with its reason and what would change it."""
    application = _application(request, "disposition.write", application_id)

    def act(form: ClosingForm) -> Any:
        facts = {key: form.cleaned_data[key] for key in ("outcome", "reason", "words", "shareable_words")}
        return commands.close_application(
            actor=request.actor, application_id=application_id, conditions=form.conditions(), now=clock.now(), **facts  # type: ignore[arg-type]
        )  # fmt: skip

    facts = {"name": application.candidate.name, "position": application.position}
    return form_door(
        request, form=ClosingForm(request.POST or None), act=act, title=_("End: %(name)s for %(position)s") % facts,  # type: ignore[arg-type]
        submit=_("End the application"), back=dossier_url(application.candidate_id), template="recruiting/closing_form.html",
        done=lambda _made: dossier_url(application.candidate_id),
    )  # fmt: skip


@route("application.write")
@require_POST
def application_reopen(request: ActedRequest, application_id: int) -> HttpResponse:
    """Go on with a closed application."""
    StrictForm(request.POST).facts_or_refuse()
    made = commands.reopen_application(actor=request.actor, application_id=application_id, now=clock.now())
    return leave(request, dossier_url(made.candidate_id))


@route("interview.write")
@FORM
def interview_schedule(request: ActedRequest, application_id: int) -> HttpResponse:
    """Fix a meeting with its interviewers."""
    application = _application(request, "interview.write", application_id)
    return form_door(
        request, form=InterviewForm(request.POST or None), submit=_("Schedule"), back=dossier_url(application.candidate_id),
        title=_("Schedule an interview with %(name)s") % {"name": application.candidate.name},
        done=lambda _made: dossier_url(application.candidate_id),
        act=lambda form: commands.schedule_interview(
            actor=request.actor, application_id=application_id, now=clock.now(), **form.cleaned_data
        ),
    )  # fmt: skip


@route("interview.write")
@require_POST
def interview_end(request: ActedRequest, interview_id: int) -> HttpResponse:
    """Held, cancelled, or nobody came."""
    state = InterviewEndForm(request.POST).facts_or_refuse()["state"]
    ended = commands.end_interview(
        actor=request.actor, interview_id=interview_id, state=state, now=clock.now()
    )
    return leave(request, dossier_url(ended.application.candidate_id))


@route("evaluation.write")
@FORM
def evaluation_write(request: ActedRequest, seat_id: int) -> HttpResponse:
    """An interviewer's two minutes, made for a phone."""
    seat = _seat(request, seat_id)
    meeting = seat.interview
    candidate = meeting.application.candidate
    day = meeting.at.astimezone(SHANGHAI)
    words = {"candidate": candidate, "meeting": meeting, "when": day, "seat": seat}
    return form_door(
        request, form=EvaluationForm(request.POST or None), words=words, template="recruiting/evaluation_form.html",
        title=_("Evaluate %(name)s") % {"name": candidate.name}, submit=_("Hand in"), back=dossier_url(candidate.pk),
        done=lambda _made: f"{dossier_url(candidate.pk)}#interview-{meeting.pk}",
        act=lambda form: commands.write_evaluation(
            actor=request.actor, seat_id=seat_id, rating=form.cleaned_data["rating"], remarks=form.remarks(), now=clock.now(),  # type: ignore[attr-defined]
        ),
    )  # fmt: skip


def _seat(request: ActedRequest, seat_id: int) -> InterviewSeat:
    mine = policies.visible_applications(request.actor, "evaluation.write")
    rows = InterviewSeat.objects.filter(interview__application__in=mine)
    seat = rows.select_related("employee", "interview__application__candidate").filter(pk=seat_id).first()
    if seat is None:
        raise NotFound()
    if not policies.may_write_evaluation(request.actor, seat):
        raise NotAllowed(verb="evaluation.write")
    return seat


@route("evaluation.write")
@require_POST
def remark_share(request: ActedRequest, remark_id: int) -> HttpResponse:
    """Release a remark for the candidate, or take it back."""
    shareable = ShareForm(request.POST).facts_or_refuse()["shareable"]
    remark = commands.set_remark_shareable(
        actor=request.actor, remark_id=remark_id, shareable=shareable, now=clock.now()
    )
    meeting = remark.evaluation.seat.interview
    return leave(request, f"{dossier_url(meeting.application.candidate_id)}#interview-{meeting.pk}")
