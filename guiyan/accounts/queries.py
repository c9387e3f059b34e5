"""Reads: the acting person of a user, and who holds a role."""

from datetime import date

from django.db.models import Q

from guiyan.accounts.models import Grant, User
from guiyan.accounts.roles import ROLES
from guiyan.platform.actors import Actor, Power, Scope


def in_force(on: date) -> Q:
    """Grants valid on a day, half-open."""
    return Q(valid_from__lte=on) & (Q(valid_before__isnull=True) | Q(valid_before__gt=on))


def actor_of(user: User, *, on: date) -> Actor:
    """The acting person with the powers in force on that day. One SQL query."""
    grants = Grant.objects.filter(in_force(on), user=user).order_by("pk")
    return Actor(user.pk, user.name, tuple(_power(grant) for grant in grants if grant.role in ROLES))


def _power(grant: Grant) -> Power:
    role = ROLES[grant.role]
    return Power(grant.role, role.verbs, Scope(grant.scope), grant.department_id, role.reads_up_to)


def actor_of_id(user_id: int, *, on: date) -> Actor:
    """As `actor_of`, for callbacks and jobs that hold an id. Raises User.DoesNotExist for a disabled person."""
    return actor_of(User.objects.get(pk=user_id, is_active=True), on=on)


def holders(role: str, *, on: date) -> list[tuple[int, Scope, int | None]]:
    """(user id, scope, department id) of the active people who hold a role, longest-standing first."""
    rows = Grant.objects.filter(in_force(on), role=role, user__is_active=True).order_by("valid_from", "pk")
    return [
        (user, Scope(scope), department)
        for user, scope, department in rows.values_list("user", "scope", "department_id")
    ]


def is_active(user_id: int) -> bool:
    """Whether the account may still act."""
    return User.objects.filter(pk=user_id, is_active=True).exists()


def names_of(user_ids: set[int]) -> dict[int, str]:
    """Display names by user id, in one query."""
    return dict(User.objects.filter(pk__in=user_ids).values_list("pk", "name"))
