"""API doors of the people room."""

from datetime import date

from ninja import Query, Schema
from pydantic import Field

from guiyan.people import commands, queries
from guiyan.platform import clock
from guiyan.platform.api import Door, Input
from guiyan.platform.routes import ActedRequest

router = Door(tags=["people"])


class DepartmentOut(Schema):
    """One department in tree order; depth 0 is a root."""

    id: int
    name: str
    parent_id: int | None
    depth: int
    head_name: str
    people: int


class EmployeeOut(Schema):
    """One employee as lists show them."""

    id: int
    name: str
    title: str
    department: str
    manager: str


class ChangeOut(Schema):
    """One organisation change."""

    id: int
    department_id: int
    kind: str
    effective_on: date
    words: str
    document: str


class EmployeeFilter(Input):
    """Which employees: one department with all below it, or everybody."""

    department_id: int | None = None


class DepartmentIn(Input):
    """A new department."""

    name: str = Field(min_length=1, max_length=60)
    parent_id: int


class ChangeIn(Input):
    """An organisation change to record."""

    department_id: int
    kind: str
    effective_on: date
    words: str = Field(min_length=1, max_length=200)
    document: str = Field("", max_length=60)


@router.get(
    "/departments", grant="organisation.read", response=list[DepartmentOut], operation_id="list_departments"
)
def list_departments(request: ActedRequest) -> list[queries.DepartmentRow]:
    """The whole tree in order."""
    return queries.departments(actor=request.actor)


@router.get(
    "/employees", grant="organisation.read", response=list[EmployeeOut], operation_id="list_employees"
)
def list_employees(request: ActedRequest, wanted: Query[EmployeeFilter]) -> list[queries.EmployeeRow]:
    """People who are here."""
    return queries.employees(actor=request.actor, department_id=wanted.department_id)


@router.post(
    "/departments",
    grant="organisation.write",
    response={201: DepartmentOut},
    operation_id="create_department",
)
def create_department(request: ActedRequest, body: DepartmentIn) -> tuple[int, queries.DepartmentRow]:
    """Add a department below another."""
    made = commands.create_department(
        actor=request.actor, name=body.name, parent_id=body.parent_id, now=clock.now()
    )
    depth = made.path.count("/") - 2
    return 201, queries.DepartmentRow(made.pk, made.name, made.parent_id, depth, "", 0)


@router.post(
    "/organisation-changes",
    grant="organisation.write",
    response={201: ChangeOut},
    operation_id="record_organisation_change",
)
def record_organisation_change(request: ActedRequest, body: ChangeIn) -> tuple[int, object]:
    """Record what changed in a department; the radar listens."""
    return 201, commands.record_change(actor=request.actor, now=clock.now(), **body.dict())
