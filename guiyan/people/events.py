"""What happens to the organisation."""

from dataclasses import dataclass
from typing import ClassVar

from guiyan.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class DepartmentChanged(Event):
    """A department was created, renamed, moved or got a head."""

    name: ClassVar[str] = "people.department.changed"
    department_id: int

    def subjects(self) -> tuple[str, ...]:
        return (f"department:{self.department_id}",)


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Event):
    """组织变更单: a department was merged, restored, frozen, or got headcount or budget."""

    name: ClassVar[str] = "people.organisation.changed"
    change_id: int
    department_id: int
    kind: str

    def subjects(self) -> tuple[str, ...]:
        return (f"department:{self.department_id}",)


@dataclass(frozen=True, kw_only=True)
class EmployeeChanged(Event):
    """An employee joined, changed place or left."""

    name: ClassVar[str] = "people.employee.changed"
    employee_id: int

    def subjects(self) -> tuple[str, ...]:
        return (f"employee:{self.employee_id}",)
