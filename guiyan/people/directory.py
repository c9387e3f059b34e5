"""Answers the approvals room's questions about people: who holds a role, who heads a department, who is whose manager."""

from guiyan.accounts import queries as accounts
from guiyan.people.models import Department, Employee
from guiyan.platform import clock
from guiyan.platform.actors import Scope


class PeopleDirectory:
    """Implements approvals.engine.directory.Directory over the organisation as it is now. User ids throughout."""

    def users_with_role(self, role: str, department_id: int | None = None) -> tuple[int, ...]:
        """Active holders of a role whose grant reaches the department (all, when None)."""
        path = self._path(department_id)
        return tuple(
            user
            for user, scope, root in accounts.holders(role, on=clock.today())
            if department_id is None or scope == Scope.COMPANY or (root is not None and f"/{root}/" in path)
        )

    def department_head(self, department_id: int, level: int = 1) -> int | None:
        """The head of the department (level 1) or of one above it; the next head upwards when the post is vacant."""
        ids = [int(part) for part in self._path(department_id).split("/") if part]
        wanted = ids[: len(ids) - (level - 1)]
        heads = dict(
            Department.objects.filter(pk__in=wanted, head__user__is_active=True).values_list(
                "pk", "head__user_id"
            )
        )
        return next((heads[pk] for pk in reversed(wanted) if pk in heads), None)

    def manager_of(self, user_id: int) -> int | None:
        """The reporting line of a person, when the manager can act."""
        return (
            Employee.objects.filter(user_id=user_id, manager__user__is_active=True)
            .values_list("manager__user_id", flat=True)
            .first()
        )

    def is_active(self, user_id: int) -> bool:
        """Whether the account may still act."""
        return accounts.is_active(user_id)

    def administrators(self) -> tuple[int, ...]:
        """Who is asked when nobody else can be."""
        return self.users_with_role("sys_admin")

    def _path(self, department_id: int | None) -> str:
        if department_id is None:
            return ""
        return Department.objects.filter(pk=department_id).values_list("path", flat=True).first() or ""
