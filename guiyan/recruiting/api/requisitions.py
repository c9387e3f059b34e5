"""Doors about openings."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ninja import Query, Schema
from pydantic import Field

from guiyan.platform import clock
from guiyan.platform.api import Door, Input
from guiyan.platform.routes import ActedRequest
from guiyan.recruiting import commands, queries

State = Literal["DRAFT", "OPEN", "ON_HOLD", "FILLED", "CANCELLED"]
Pay = Field(default=None, ge=0, max_digits=9, decimal_places=2)


class RequisitionFilter(Input):
    """Which openings."""

    q: str = Field(default="", max_length=60)
    state: Literal["", "DRAFT", "OPEN", "ON_HOLD", "FILLED", "CANCELLED"] = ""


class RequisitionOut(Schema):
    """One opening. No band without the right to read pay."""

    id: int
    number: str
    title: str
    department: str
    city: str
    headcount: int
    filled: int
    state: str
    opened_on: date | None
    salary_min: Decimal | None
    salary_max: Decimal | None
    applications: int


class MadeRequisitionOut(Schema):
    """The opening with its number and state."""

    id: int
    number: str
    state: str


class RequisitionFacts(Input):
    """Facts to change; absent ones stay."""

    title: str | None = Field(default=None, min_length=1, max_length=60)
    department_id: int | None = None
    city: str | None = Field(default=None, max_length=40)
    headcount: int | None = Field(default=None, ge=1, le=999)
    salary_min: Decimal | None = Pay
    salary_max: Decimal | None = Pay
    recruiter_id: int | None = None
    duties: str | None = Field(default=None, max_length=5000)


class RequisitionIn(Input):
    """A new opening; the band in CNY a month."""

    title: str = Field(min_length=1, max_length=60)
    department_id: int
    city: str = Field(default="", max_length=40)
    headcount: int = Field(default=1, ge=1, le=999)
    salary_min: Decimal | None = Pay
    salary_max: Decimal | None = Pay
    recruiter_id: int | None = None
    duties: str = Field(default="", max_length=5000)
    open_now: bool = False


class StateIn(Input):
    """The next state and why."""

    state: State
    reason: str = Field(default="", max_length=200)


def declare(router: Door) -> None:
    """Mount the doors."""

    @router.get(
        "/requisitions", grant="requisition.read", response=list[RequisitionOut], operation_id="list_requisitions",
        exclude_none=True,
    )  # fmt: skip
    def list_requisitions(request: ActedRequest, wanted: Query[RequisitionFilter]) -> Any:
        """Openings you may see, open ones first."""
        return queries.requisition_list(request.actor, **wanted.dict())

    @router.get(
        "/requisitions/{int:requisition_id}", grant="requisition.read", response=RequisitionOut,
        operation_id="get_requisition", exclude_none=True,
    )  # fmt: skip
    def get_requisition(request: ActedRequest, requisition_id: int) -> Any:
        """One opening."""
        return queries.requisition_view(request.actor, requisition_id).row

    @router.post(
        "/requisitions",
        grant="requisition.write",
        response=MadeRequisitionOut,
        operation_id="create_requisition",
    )
    def create_requisition(request: ActedRequest, facts: RequisitionIn) -> Any:
        """A new opening."""
        return commands.create_requisition(actor=request.actor, now=clock.now(), **facts.dict())

    @router.patch(
        "/requisitions/{int:requisition_id}", grant="requisition.write", response=MadeRequisitionOut,
        operation_id="update_requisition",
    )  # fmt: skip
    def update_requisition(request: ActedRequest, requisition_id: int, facts: RequisitionFacts) -> Any:
        """Change facts of an opening."""
        given = facts.dict(exclude_none=True)
        return commands.update_requisition(
            actor=request.actor, requisition_id=requisition_id, now=clock.now(), **given
        )

    @router.post(
        "/requisitions/{int:requisition_id}/state", grant="requisition.write", response=MadeRequisitionOut,
        operation_id="change_requisition_state",
    )  # fmt: skip
    def change_requisition_state(request: ActedRequest, requisition_id: int, wanted: StateIn) -> Any:
        """Open, hold, fill or cancel."""
        return commands.change_requisition_state(
            actor=request.actor, requisition_id=requisition_id, now=clock.now(), **wanted.dict()
        )
