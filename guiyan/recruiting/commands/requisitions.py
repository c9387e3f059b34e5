"""Openings: making them, changing facts and state."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotFound, Refused, gettext_noop
from guiyan.people.models import Department, Employee
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.platform.sequences import take_number
from guiyan.recruiting import events, policies
from guiyan.recruiting.commands.candidates import refuse
from guiyan.recruiting.models import Requisition

FACTS = ("title", "city", "headcount", "salary_min", "salary_max", "duties", "recruiter_id", "department_id")


class NoVacancy(Refused):
    """Everybody the opening asked for was hired."""

    code = "no_vacancy"
    message = gettext_noop("All %(headcount)d places of %(number)s are filled.")
    fix = gettext_noop("Raise the headcount first.")


@transaction.atomic
def create_requisition(
    *, actor: Actor, title: str, department_id: int, now: datetime, city: str = "", headcount: int = 1,
    salary_min: Decimal | None = None, salary_max: Decimal | None = None, duties: str = "", recruiter_id: int | None = None,
    open_now: bool = False, reason: str = "",
) -> Requisition:  # fmt: skip
    """A draft (or, with `open_now`, an open) requisition ZP-YYYY-NNNN. Band in CNY a month, both ends included."""
    actor.require("requisition.write")
    _check_department(actor, department_id)
    requisition = Requisition(
        title=title.strip(), department_id=department_id, city=city.strip(), headcount=headcount, salary_min=salary_min,
        salary_max=salary_max, duties=duties.strip(), recruiter_id=recruiter_id, created_at=now, reason=reason.strip(),
        state_since=local_day(now),
    )  # fmt: skip
    _check(requisition)
    requisition.number = take_number("ZP", local_day(now).year, width=4)
    requisition.save()
    emit(
        events.RequisitionChanged(
            requisition_id=requisition.pk, state=requisition.state, fields=("created",), at=now
        ),
        actor=actor,
    )
    if open_now:
        return change_requisition_state(
            actor=actor, requisition_id=requisition.pk, state=Requisition.State.OPEN, reason=reason, now=now
        )
    return requisition


@transaction.atomic
def change_requisition_state(
    *, actor: Actor, requisition_id: int, state: str, now: datetime, reason: str = ""
) -> Requisition:
    """Open, hold, fill or cancel. Leaving OPEN for hold or cancel needs a reason. Emits RequisitionOpened/Changed.

    Raises IllegalMove, NoVacancy (opening without a free place), InvalidInput (no reason, unknown state).
    """
    requisition = policies.lock_requisition(actor, "requisition.write", requisition_id)
    if state not in Requisition.State.values:
        raise refuse(_("State"), _("“%(raw)s” is unknown.") % {"raw": state}, _("Choose one of the list."))
    before = requisition.state
    requisition.move_to(state)
    if state == Requisition.State.OPEN and requisition.filled >= requisition.headcount:
        raise NoVacancy(headcount=requisition.headcount, number=requisition.number)
    if state in {Requisition.State.ON_HOLD, Requisition.State.CANCELLED} and not reason.strip():
        raise refuse(
            _("Reason"), _("It is empty."), _("Say in a sentence why; it will help to decide later.")
        )
    requisition.reason, requisition.state_since = reason.strip(), local_day(now)
    if state == Requisition.State.OPEN:
        requisition.opened_on = local_day(now)
    requisition.save()
    emit(
        events.RequisitionChanged(requisition_id=requisition.pk, state=state, fields=("state",), at=now),
        actor=actor,
    )
    if state == Requisition.State.OPEN:
        reopened = before != Requisition.State.DRAFT
        emit(events.RequisitionOpened(requisition_id=requisition.pk, reopened=reopened, at=now), actor=actor)
    return requisition


@transaction.atomic
def update_requisition(*, actor: Actor, requisition_id: int, now: datetime, **facts: Any) -> Requisition:
    """Change facts of an opening (FACTS). Emits RequisitionChanged; a raised band wakes the radar."""
    requisition = policies.lock_requisition(actor, "requisition.write", requisition_id)
    for key in facts:
        if key not in FACTS:
            raise refuse(key, _("There is no such fact."), _("Remove it and send again."))
    if "department_id" in facts:
        _check_department(actor, facts["department_id"])
    changed = [key for key, value in facts.items() if getattr(requisition, key) != value]
    for key in changed:
        setattr(requisition, key, facts[key])
    _check(requisition)
    if not changed:
        return requisition
    requisition.save()
    emit(
        events.RequisitionChanged(
            requisition_id=requisition.pk, state=requisition.state, fields=tuple(sorted(changed)), at=now
        ),
        actor=actor,
    )
    return requisition


def _check_department(actor: Actor, department_id: int) -> None:
    """The department exists and lies where the actor may open positions."""
    department = Department.objects.filter(pk=department_id, active=True).first()
    if department is None:
        raise NotFound()
    for power in actor.powers_for("requisition.write"):
        if power.department_id is None or f"/{power.department_id}/" in department.path:
            return
    raise NotFound()


def _check(requisition: Requisition) -> None:
    if not requisition.title:
        raise refuse(_("Position"), _("It is empty."), _("Enter the title of the position."))
    if not 1 <= requisition.headcount <= 999:
        raise refuse(
            _("Headcount"), _("%(n)d people cannot be.") % {"n": requisition.headcount}, _("Enter 1 to 999.")
        )
    if requisition.headcount < requisition.filled:
        raise refuse(
            _("Headcount"),
            _("%(n)d people were already hired.") % {"n": requisition.filled},
            _("Enter at least that many."),
        )
    low, high = requisition.salary_min, requisition.salary_max
    if any(end is not None and end < 0 for end in (low, high)) or (low and high and high < low):
        raise refuse(
            _("Salary band"), _("The upper end is below the lower end."), _("Enter both in yuan a month.")
        )
    if requisition.recruiter_id and not Employee.objects.filter(pk=requisition.recruiter_id).exists():
        raise NotFound()
