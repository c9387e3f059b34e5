"""Reads: the tree, employees, reporting lines, changes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from guiyan.people.models import Department, Employee, OrganisationChange
from guiyan.platform.actors import Actor


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """One department in tree order; `depth` 0 is a root."""

    id: int
    name: str
    parent_id: int | None
    depth: int
    head_name: str
    people: int


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    """One employee as lists show them."""

    id: int
    name: str
    title: str
    department: str
    user_id: int | None
    manager: str
    wecom_userid: str | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One organisation change with its document."""

    id: int
    department_id: int
    department: str
    kind: str
    effective_on: date
    words: str
    document: str


def departments(*, actor: Actor) -> list[DepartmentRow]:
    """The whole active tree in order. Two SQL queries."""
    actor.require("organisation.read")
    counts: dict[int, int] = {}
    for department_id in Employee.objects.filter(left_on__isnull=True).values_list(
        "department_id", flat=True
    ):
        counts[department_id] = counts.get(department_id, 0) + 1
    rows = Department.objects.filter(active=True).select_related("head").order_by("path")
    return [
        DepartmentRow(
            d.pk,
            d.name,
            d.parent_id,
            d.path.count("/") - 2,
            d.head.name if d.head else "",
            counts.get(d.pk, 0),
        )
        for d in rows
    ]


def employees(*, actor: Actor, department_id: int | None = None, limit: int = 200) -> list[EmployeeRow]:
    """People who are here, of one department's subtree or all, by department and name."""
    actor.require("organisation.read")
    found = Employee.objects.filter(left_on__isnull=True)
    if department_id is not None:
        found = found.filter(department__path__contains=f"/{department_id}/")
    rows = found.select_related("department", "manager").order_by("department__path", "name")[:limit]
    return [
        EmployeeRow(
            e.pk,
            e.name,
            e.title,
            e.department.name,
            e.user_id,
            e.manager.name if e.manager else "",
            e.wecom_userid,
        )
        for e in rows
    ]


def employee_of_user(user_id: int | None) -> Employee | None:
    """The employee behind an account."""
    if user_id is None:
        return None
    return Employee.objects.select_related("department").filter(user_id=user_id).first()


def employee_by_wecom(userid: str) -> Employee | None:
    """The employee a WeCom callback names; WeCom ids have no case."""
    return Employee.objects.filter(wecom_userid__iexact=userid, left_on__isnull=True).first()


def subtree(department_id: int) -> Q:
    """Condition on a `department` relation: that department or any below it, in the current tree."""
    return Q(department__path__contains=f"/{department_id}/")


def changes_of(department_ids: set[int]) -> list[ChangeRow]:
    """Organisation changes of departments, newest first."""
    rows = OrganisationChange.objects.filter(department_id__in=department_ids).select_related("department")
    return [
        ChangeRow(c.pk, c.department_id, c.department.name, c.kind, c.effective_on, c.words, c.document)
        for c in rows.order_by("-effective_on", "-pk")
    ]
