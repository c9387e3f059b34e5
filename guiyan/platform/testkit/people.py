"""People for tests: an account with a role, and the actor it makes. Real rows through the real commands."""

from datetime import UTC, date, datetime
from itertools import count

from guiyan.accounts.commands import create_user, grant_role
from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_of
from guiyan.people.commands import add_employee, create_department
from guiyan.people.models import Department, Employee
from guiyan.platform.actors import Actor, Scope

MOMENT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PASSWORD = "a-long-enough-sentence"
SETUP = Actor.system("testkit", "account.write", "grant.write", "organisation.write", "organisation.read")
_numbers = count(1)


def make_department(name: str = "供应链中心", parent: Department | None = None) -> Department:
    """A department, at the root or below one."""
    return create_department(actor=SETUP, name=name, parent_id=parent.pk if parent else None, now=MOMENT)


def make_person(
    role: str, name: str = "", *, department: Department | None = None, manager: Employee | None = None,
    scope: Scope | None = None, scope_department: Department | None = None, password: str | None = None,
    wecom: str | None = None,
) -> User:  # fmt: skip
    """An employee with an account and a role. `user.employee` is the employee."""
    number = next(_numbers)
    name = name or f"{role}{number}"
    user = create_user(actor=SETUP, username=f"{role}{number}", name=name, password=password, now=MOMENT)
    home = department or Department.objects.filter(parent__isnull=True).first() or make_department()
    if role == "business_head" and scope is None:
        scope_department = scope_department or home
    grant_role(
        actor=SETUP, user_id=user.pk, role=role, scope=scope, valid_from=date(2023, 1, 1), now=MOMENT,
        department_id=scope_department.pk if scope_department else None,
    )  # fmt: skip
    add_employee(
        actor=SETUP, number=f"T{number:04d}", name=name, department_id=home.pk, title=role, user_id=user.pk,
        manager_id=manager.pk if manager else None, wecom_userid=wecom, now=MOMENT,
    )  # fmt: skip
    user.refresh_from_db()
    return user


def acting(user: User) -> Actor:
    """The actor of a user on the day of the story."""
    return actor_of(user, on=MOMENT.date())


def make_actor(role: str, name: str = "", **facts: object) -> Actor:
    """A person with a role, as an actor."""
    return acting(make_person(role, name, **facts))  # type: ignore[arg-type]
