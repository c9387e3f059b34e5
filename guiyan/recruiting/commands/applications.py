"""Applications and their meetings."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotFound, Refused, gettext_noop
from guiyan.people.models import Department, Employee
from guiyan.people.queries import employee_of_user
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.platform.sequences import take_number
from guiyan.recruiting import events, policies
from guiyan.recruiting.commands.candidates import refuse
from guiyan.recruiting.models import (
    Application,
    Candidate,
    Disposition,
    Interview,
    InterviewSeat,
    Requisition,
)


class AlreadyApplied(Refused):
    """The person has an application under way for the same opening."""

    code = "already_applied"
    status = 409
    message = gettext_noop("%(name)s is already in the running for this position (%(number)s).")
    fix = gettext_noop("Go on with that application.")


class RequisitionNotOpen(Refused):
    """Nobody is being looked for."""

    code = "requisition_not_open"
    message = gettext_noop("%(number)s is not open.")
    fix = gettext_noop("Open the requisition first, or choose another.")


class ApplicationClosed(Refused):
    """The application ended; its path takes nothing new."""

    code = "application_closed"
    status = 409
    message = gettext_noop("%(number)s is already closed.")
    fix = gettext_noop("Reopen it, or start a new application.")


@transaction.atomic
def open_application(
    *, actor: Actor, candidate_id: int, now: datetime, applied_on: date | None = None, requisition_id: int | None = None,
    position: str = "", department_id: int | None = None, source: str = "", recruiter_id: int | None = None,
) -> Application:  # fmt: skip
    """The person is in the running, for an open requisition or (history) a position by name. Emits ApplicationOpened.

    The number MS-YYYY-NNNNNN counts in the year of `applied_on` (default: the day of `now`).
    """
    candidate = policies.lock_candidate(actor, "application.write", candidate_id)
    requisition = _open_requisition(actor, requisition_id) if requisition_id else None
    if requisition is None and not position.strip():
        raise refuse(_("Position"), _("It is empty."), _("Choose a requisition or enter a position."))
    if department_id and not Department.objects.filter(pk=department_id).exists():
        raise NotFound()
    going = candidate.applications.filter(requisition=requisition, state=Application.State.OPEN).first()
    if requisition is not None and going is not None:
        raise AlreadyApplied(name=candidate.name, number=going.number)
    applied_on = applied_on or local_day(now)
    recruiter = employee_of_user(actor.user_id) if recruiter_id is None else None
    application = Application.objects.create(
        number=take_number("MS", applied_on.year), candidate=candidate, requisition=requisition,
        position=requisition.title if requisition else position.strip(),
        department_id=requisition.department_id if requisition else department_id,
        applied_on=applied_on, source=source.strip(), recruiter_id=recruiter_id or (recruiter.pk if recruiter else None),
        created_at=now,
    )  # fmt: skip
    touch(candidate, applied_on)
    emit(
        events.ApplicationOpened(candidate_id=candidate.pk, application_id=application.pk, at=now),
        actor=actor,
    )
    return application


def _open_requisition(actor: Actor, requisition_id: int) -> Requisition:
    found = policies.visible_requisitions(actor, "application.write").filter(pk=requisition_id).first()
    if found is None:
        raise NotFound()
    if found.state != Requisition.State.OPEN:
        raise RequisitionNotOpen(number=found.number)
    return found


@transaction.atomic
def reopen_application(*, actor: Actor, application_id: int, now: datetime) -> Application:
    """A closed application goes on; how it ended stays in the events. Emits ApplicationOpened(reopened)."""
    application = policies.lock_application(actor, "application.write", application_id)
    candidate = policies.lock_candidate(actor, "application.write", application.candidate_id)
    if application.requisition is not None and application.requisition.state != Requisition.State.OPEN:
        raise RequisitionNotOpen(number=application.requisition.number)
    other = candidate.applications.filter(
        requisition=application.requisition, state=Application.State.OPEN, requisition__isnull=False
    )
    if found := other.first():
        raise AlreadyApplied(name=candidate.name, number=found.number)
    application.move_to(Application.State.OPEN)
    ended = Disposition.objects.filter(application=application).first()
    if ended is not None and ended.outcome == Disposition.Outcome.HIRED and application.requisition_id:
        Requisition.objects.filter(pk=application.requisition_id).update(filled=F("filled") - 1)
    if ended is not None:
        ended.delete()
    application.save(update_fields=["state"])
    emit(
        events.ApplicationOpened(
            candidate_id=candidate.pk, application_id=application.pk, reopened=True, at=now
        ),
        actor=actor,
    )
    return application


@transaction.atomic
def schedule_interview(
    *,
    actor: Actor,
    application_id: int,
    round_name: str,
    at: datetime,
    interviewers: Sequence[int],
    now: datetime,
    place: str = "",
) -> Interview:
    """A meeting with its interviewers (employee ids). `at` may lie in the past for meetings noted late."""
    application = policies.lock_application(actor, "interview.write", application_id)
    if application.state != Application.State.OPEN:
        raise ApplicationClosed(number=application.number)
    if not round_name.strip():
        raise refuse(_("Round"), _("It is empty."), _("Name it, for example “First round”."))
    people = list(Employee.objects.filter(pk__in=interviewers, left_on__isnull=True))
    if not people or len(people) != len(set(interviewers)):
        raise refuse(
            _("Interviewers"),
            _("Nobody was chosen, or somebody has left."),
            _("Choose people who work here."),
        )
    interview = Interview.objects.create(
        application=application, round_name=round_name.strip(), at=at, place=place.strip()
    )
    order = {pk: index for index, pk in enumerate(interviewers)}
    people.sort(key=lambda person: order[person.pk])
    InterviewSeat.objects.bulk_create(
        InterviewSeat(interview=interview, employee=person, name=person.name) for person in people
    )
    emit(
        events.InterviewScheduled(candidate_id=application.candidate_id, interview_id=interview.pk, at=now),
        actor=actor,
    )
    return interview


@transaction.atomic
def end_interview(*, actor: Actor, interview_id: int, state: str, now: datetime) -> Interview:
    """The meeting was held (DONE), called off (CANCELLED), or the person did not come (NO_SHOW)."""
    interview = _lock_interview(actor, "interview.write", interview_id)
    interview.move_to(state)
    interview.save(update_fields=["state"])
    candidate = interview.application.candidate
    if state == Interview.State.DONE:
        touch(candidate, local_day(interview.at))
    emit(
        events.InterviewEnded(
            candidate_id=candidate.pk, interview_id=interview.pk, state=str(interview.state), at=now
        ),
        actor=actor,
    )
    return interview


def _lock_interview(actor: Actor, verb: str, interview_id: int) -> Interview:
    """The meeting, locked, if the verb reaches its candidate. Raises NotFound or NotAllowed."""
    application_id = (
        Interview.objects.filter(pk=interview_id).values_list("application_id", flat=True).first()
    )
    if application_id is None:
        raise NotFound()
    policies.lock_application(actor, verb, application_id)
    rows = Interview.objects.select_for_update(of=("self",)).select_related("application__candidate")
    return rows.get(pk=interview_id)


def touch(candidate: Candidate, day: date) -> None:
    """Remember the last day the company met this person."""
    if candidate.last_met_on < day:
        candidate.last_met_on = day
        candidate.save(update_fields=["last_met_on"])
