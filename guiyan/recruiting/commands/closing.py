"""How an application ends: outcome, structured reason, and what would change it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotFound, Refused, gettext_noop
from guiyan.people.models import Department
from guiyan.people.queries import employee_of_user
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.recruiting import events, policies
from guiyan.recruiting.commands.applications import touch
from guiyan.recruiting.commands.candidates import refuse
from guiyan.recruiting.commands.requisitions import NoVacancy
from guiyan.recruiting.models import Application, Disposition, ReconsiderCondition, Requisition

Kind = ReconsiderCondition.Kind


class ReasonNeeded(Refused):
    """A rejection without a structured reason helps nobody later."""

    code = "reason_needed"
    message = gettext_noop("A rejection needs a reason.")
    fix = gettext_noop("Choose the reason that fits best and add a sentence.")


class ConditionNeeded(Refused):
    """A rejection says what would have to change, or that nothing would."""

    code = "condition_needed"
    message = gettext_noop(
        "A rejection needs at least one condition under which the person is considered again."
    )
    fix = gettext_noop("Add what would have to change, or choose “Nothing would change it”.")


class Condition(TypedDict, total=False):
    """One reconsider condition as given to close_application. Amount in CNY a month."""

    kind: str
    words: str
    department_id: int | None
    position: str
    amount: Decimal | None
    on_date: date | None


@transaction.atomic
def close_application(
    *,
    actor: Actor,
    application_id: int,
    outcome: str,
    now: datetime,
    reason: str = "",
    words: str = "",
    shareable_words: str = "",
    conditions: Sequence[Condition] = (),
    employee_id: int | None = None,
) -> Disposition:
    """End an application. Emits ApplicationClosed.

    REJECTED needs a reason and at least one condition (ReasonNeeded, ConditionNeeded). HIRED fills a place of the
    requisition (NoVacancy) and may name the new employee. Raises IllegalMove when it is closed already.
    """
    application = policies.lock_application(actor, "disposition.write", application_id)
    application.move_to(Application.State.CLOSED)
    _check(outcome, reason, words, shareable_words, conditions)
    me = employee_of_user(actor.user_id)
    disposition = Disposition.objects.create(
        application=application, outcome=outcome, reason=reason, words=words.strip(), shareable_words=shareable_words.strip(),
        decided_by=me, decided_by_name=actor.name, decided_at=now,
    )  # fmt: skip
    for condition in conditions:
        _add_condition(disposition, application, condition)
    application.save(update_fields=["state"])
    if outcome == Disposition.Outcome.HIRED:
        _fill(application, employee_id, now, actor)
    touch(application.candidate, local_day(now))
    emit(
        events.ApplicationClosed(
            candidate_id=application.candidate_id, application_id=application.pk, outcome=outcome, reason=reason, at=now
        ),
        actor=actor,
    )  # fmt: skip
    return disposition


def mark_hired(
    *, actor: Actor, application_id: int, now: datetime, words: str = "", employee_id: int | None = None
) -> Disposition:
    """The person joins: closes the application as HIRED. See close_application."""
    return close_application(
        actor=actor, application_id=application_id, outcome=Disposition.Outcome.HIRED, words=words,
        employee_id=employee_id, now=now,
    )  # fmt: skip


@transaction.atomic
def add_condition(
    *, actor: Actor, disposition_id: int, now: datetime, **condition: Any
) -> ReconsiderCondition:
    """Write down, later, what would change a rejection. Emits CandidateChanged."""
    disposition = Disposition.objects.filter(pk=disposition_id).first()
    if disposition is None:
        raise NotFound()
    application = policies.lock_application(actor, "disposition.write", disposition.application_id)
    _check_condition(condition)
    added = _add_condition(disposition, application, condition)
    emit(
        events.CandidateChanged(candidate_id=application.candidate_id, fields=("conditions",), at=now),
        actor=actor,
    )
    return added


def _check(
    outcome: str, reason: str, words: str, shareable_words: str, conditions: Sequence[Condition]
) -> None:
    if outcome not in Disposition.Outcome.values:
        raise refuse(_("Outcome"), _("It is missing."), _("Choose how the application ended."))
    if reason and reason not in Disposition.Reason.values:
        raise refuse(_("Reason"), _("“%(raw)s” is unknown.") % {"raw": reason}, _("Choose one of the list."))
    if len(shareable_words) > 200 or len(words) > 2000:
        raise refuse(_("Words"), _("They are too long."), _("Shorten them."))
    if outcome == Disposition.Outcome.REJECTED:
        if not reason:
            raise ReasonNeeded()
        if not conditions:
            raise ConditionNeeded()
    for condition in conditions:
        _check_condition(condition)


NEEDS: dict[str, str] = {
    Kind.DEPARTMENT_RESTORED: "department_id",
    Kind.BAND_AT_LEAST: "amount",
    Kind.DATE_ARRIVES: "on_date",
    Kind.OTHER: "words",
    Kind.SKILL_GAINED: "words",
}


def _check_condition(condition: Mapping[str, Any]) -> None:
    unknown = set(condition) - set(Condition.__annotations__)
    if unknown:
        raise refuse(sorted(unknown)[0], _("There is no such fact."), _("Remove it and send again."))
    kind = condition.get("kind", "")
    if kind not in Kind.values:
        raise refuse(
            _("Reconsider condition"),
            _("“%(raw)s” is unknown.") % {"raw": kind},
            _("Choose one of the list."),
        )
    missing = NEEDS.get(kind)
    if missing and not condition.get(missing):
        raise refuse(
            _("Reconsider condition"),
            _("“%(kind)s” is incomplete.") % {"kind": Kind(kind).label},
            {
                "department_id": _("Choose the department."),
                "amount": _("Enter the amount in yuan a month."),
                "on_date": _("Enter the date."),
                "words": _("Say in words what would have to change."),
            }[missing],
        )
    if len(condition.get("words") or "") > 200:
        raise refuse(_("Reconsider condition"), _("The words are too long."), _("Shorten them."))


def _add_condition(
    disposition: Disposition, application: Application, condition: Mapping[str, Any]
) -> ReconsiderCondition:
    """Position and department default to the application's, so that the radar can find the opening."""
    department_id = condition.get("department_id")
    if department_id and not Department.objects.filter(pk=department_id).exists():
        raise NotFound()
    return ReconsiderCondition.objects.create(
        disposition=disposition, kind=condition["kind"], words=(condition.get("words") or "").strip(),
        department_id=department_id or application.department_id, amount=condition.get("amount"),
        position=(condition.get("position") or application.position).strip(), on_date=condition.get("on_date"),
    )  # fmt: skip


def _fill(application: Application, employee_id: int | None, now: datetime, actor: Actor) -> None:
    """One place of the requisition is taken; the last one closes it."""
    if employee_id is not None:
        application.candidate.employee_id = employee_id
        application.candidate.save(update_fields=["employee"])
    if application.requisition_id is None:
        return
    requisition = Requisition.objects.select_for_update().get(pk=application.requisition_id)
    if requisition.filled >= requisition.headcount:
        raise NoVacancy(headcount=requisition.headcount, number=requisition.number)
    requisition.filled += 1
    if requisition.filled == requisition.headcount and requisition.state == Requisition.State.OPEN:
        requisition.move_to(Requisition.State.FILLED)
        requisition.state_since = local_day(now)
    requisition.save(update_fields=["filled", "state", "state_since"])
    emit(
        events.RequisitionChanged(
            requisition_id=requisition.pk, state=str(requisition.state), fields=("filled",), at=now
        ),
        actor=actor,
    )
