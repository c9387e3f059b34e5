"""Writes: the department tree, positions, employees, organisation changes."""

from datetime import date, datetime

from django.db import transaction

from guiyan.kernel.errors import NotFound, Refused, gettext_noop
from guiyan.people import events
from guiyan.people.models import Department, Employee, OrganisationChange, Position
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit


class Circle(Refused):
    """A department or a reporting line would lead back to itself."""

    code = "circle"
    message = gettext_noop("%(name)s would end up below itself.")
    fix = gettext_noop("Choose a parent from another branch.")


class UnknownChange(Refused):
    """The kind of organisation change is none of ours."""

    code = "unknown_change"
    status = 400
    message = gettext_noop("There is no organisation change of kind %(kind)s.")
    fix = gettext_noop("Choose one of: %(known)s.")


@transaction.atomic
def create_department(
    *,
    actor: Actor,
    name: str,
    now: datetime,
    parent_id: int | None = None,
    order: int = 0,
    wecom_id: int | None = None,
) -> Department:
    """A department under a parent (or at the root). Emits DepartmentChanged."""
    actor.require("organisation.write")
    parent = _department(parent_id) if parent_id else None
    department = Department.objects.create(name=name.strip(), parent=parent, order=order, wecom_id=wecom_id)
    department.path = f"{parent.path if parent else '/'}{department.pk}/"
    department.save(update_fields=["path"])
    emit(events.DepartmentChanged(department_id=department.pk, at=now), actor=actor)
    return department


@transaction.atomic
def move_department(*, actor: Actor, department_id: int, parent_id: int, now: datetime) -> Department:
    """Hang a department, with all below it, under another. Raises Circle."""
    actor.require("organisation.write")
    department, parent = _department(department_id), _department(parent_id)
    if parent.path.startswith(department.path):
        raise Circle(name=department.name)
    old, new = department.path, f"{parent.path}{department.pk}/"
    for below in Department.objects.select_for_update().filter(path__startswith=old):
        below.path = new + below.path.removeprefix(old)
        below.save(update_fields=["path"])
    Department.objects.filter(pk=department.pk).update(parent=parent)
    emit(events.DepartmentChanged(department_id=department.pk, at=now), actor=actor)
    department.refresh_from_db()
    return department


@transaction.atomic
def set_head(*, actor: Actor, department_id: int, employee_id: int, now: datetime) -> None:
    """Who heads the department: approvals ask this person."""
    actor.require("organisation.write")
    department = _department(department_id)
    department.head_id = _employee(employee_id).pk
    department.save(update_fields=["head"])
    emit(events.DepartmentChanged(department_id=department.pk, at=now), actor=actor)


@transaction.atomic
def create_position(*, actor: Actor, title: str, department_id: int, now: datetime) -> Position:
    """A kind of job in a department; the same title twice gives the same row."""
    actor.require("organisation.write")
    department = _department(department_id)
    position, made = Position.objects.get_or_create(title=title.strip(), department=department)
    if made:
        emit(events.DepartmentChanged(department_id=department.pk, at=now), actor=actor)
    return position


@transaction.atomic
def add_employee(
    *, actor: Actor, number: str, name: str, department_id: int, title: str, now: datetime, joined_on: date | None = None,
    user_id: int | None = None, manager_id: int | None = None, wecom_userid: str | None = None, phone: str | None = None,
) -> Employee:  # fmt: skip
    """A person joins, optionally with an account and a manager. Phone is E.164. Emits EmployeeChanged."""
    actor.require("organisation.write")
    employee = Employee.objects.create(
        number=number, name=name.strip(), department=_department(department_id), title=title, joined_on=joined_on,
        user_id=user_id, manager_id=manager_id, wecom_userid=wecom_userid, phone=phone,
    )  # fmt: skip
    emit(events.EmployeeChanged(employee_id=employee.pk, at=now), actor=actor)
    return employee


@transaction.atomic
def set_manager(*, actor: Actor, employee_id: int, manager_id: int, now: datetime) -> None:
    """The reporting line. Raises Circle when it would lead back."""
    actor.require("organisation.write")
    employee, above = _employee(employee_id), _employee(manager_id)
    step: Employee | None = above
    while step is not None:
        if step.pk == employee.pk:
            raise Circle(name=employee.name)
        step = step.manager
    employee.manager = above
    employee.save(update_fields=["manager"])
    emit(events.EmployeeChanged(employee_id=employee.pk, at=now), actor=actor)


@transaction.atomic
def record_change(
    *,
    actor: Actor,
    department_id: int,
    kind: str,
    effective_on: date,
    words: str,
    document: str,
    now: datetime,
) -> OrganisationChange:
    """An organisation change with its document. Emits OrganisationChanged."""
    actor.require("organisation.write")
    if kind not in OrganisationChange.Kind.values:
        raise UnknownChange(kind=kind[:20], known=", ".join(OrganisationChange.Kind.values))
    change = OrganisationChange.objects.create(
        department=_department(department_id), kind=OrganisationChange.Kind(kind), effective_on=effective_on,
        words=words, document=document, recorded_by=actor.name, recorded_at=now,
    )  # fmt: skip
    emit(
        events.OrganisationChanged(
            change_id=change.pk, department_id=department_id, kind=change.kind, at=now
        ),
        actor=actor,
    )
    return change


def _department(department_id: int) -> Department:
    found = Department.objects.select_for_update().filter(pk=department_id).first()
    if found is None:
        raise NotFound()
    return found


def _employee(employee_id: int) -> Employee:
    found = Employee.objects.select_for_update(of=("self",)).filter(pk=employee_id).first()
    if found is None:
        raise NotFound()
    return found
