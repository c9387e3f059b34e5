"""Writes: accounts, grants, passwords, the first administrator's invitation."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from guiyan.accounts import events
from guiyan.accounts.models import AdminInvite, Grant, User
from guiyan.accounts.roles import ADMIN_ROLES, ROLES
from guiyan.kernel.errors import Conflict, InvalidInput, NotFound, Refused, gettext_noop
from guiyan.platform.actors import Actor, Scope
from guiyan.platform.events import emit

INVITE_LASTS = timedelta(hours=24)


class UnknownRole(Refused):
    """The role does not ship."""

    code = "unknown_role"
    message = gettext_noop("There is no role %(role)s.")
    fix = gettext_noop("Choose one of: %(known)s.")


class DutiesClash(Refused):
    """AZ6: one account may not hold two of the separated administrator roles."""

    code = "duties_clash"
    message = gettext_noop("One account cannot be both system administrator and auditor.")
    fix = gettext_noop("Give the second role to another person.")


@transaction.atomic
def create_user(*, actor: Actor, username: str, name: str, password: str | None, now: datetime) -> User:
    """A new account; `password=None` makes one that cannot sign in by password. Emits UserCreated."""
    actor.require("account.write")
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        raise Conflict(state=f"{username} exists")
    user = User(username=username, name=name.strip())
    _set_password(user, password)
    user.save()
    emit(events.UserCreated(user_id=user.pk, username=username, at=now), actor=actor)
    return user


@transaction.atomic
def grant_role(
    *, actor: Actor, user_id: int, role: str, now: datetime, valid_from: date, scope: Scope | None = None,
    department_id: int | None = None, valid_before: date | None = None, reason: str = "",
) -> Grant:  # fmt: skip
    """Give a role over a scope (the role's usual one by default). Ends the person's sessions. Emits RolesChanged."""
    actor.require("grant.write")
    if role not in ROLES:
        raise UnknownRole(role=role, known=", ".join(ROLES))
    user = _locked(user_id)
    held = set(user.grants.filter(valid_before__isnull=True).values_list("role", flat=True))
    if role in ADMIN_ROLES and held & ADMIN_ROLES - {role}:
        raise DutiesClash()
    grant = Grant.objects.create(
        user=user, role=role, scope=scope or ROLES[role].scope, department_id=department_id, valid_from=valid_from,
        valid_before=valid_before, granted_by=actor.user_id, granted_at=now, reason=reason,
    )  # fmt: skip
    _end_sessions(user)
    emit(events.RolesChanged(user_id=user.pk, role=role, scope=grant.scope, at=now), actor=actor)
    return grant


@transaction.atomic
def end_grant(*, actor: Actor, grant_id: int, now: datetime, on: date) -> None:
    """Take a role away from a day on; sessions end at once. A grant that began that day is removed."""
    actor.require("grant.write")
    grant = Grant.objects.select_for_update().filter(pk=grant_id).first()
    if grant is None:
        raise NotFound()
    if grant.valid_from >= on:
        grant.delete()
    else:
        grant.valid_before = on
        grant.save(update_fields=["valid_before"])
    _end_sessions(grant.user)
    emit(
        events.RolesChanged(user_id=grant.user_id, role=grant.role, scope=grant.scope, ended=True, at=now),
        actor=actor,
    )


@transaction.atomic
def disable_user(*, actor: Actor, user_id: int, now: datetime) -> None:
    """The account may no longer act; every session ends at the next request. Emits UserDisabled."""
    actor.require("account.write")
    user = _locked(user_id)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(user)
    emit(events.UserDisabled(user_id=user.pk, at=now), actor=actor)


@transaction.atomic
def change_password(*, actor: Actor, current: str, wanted: str, now: datetime) -> User:
    """The person's own new password; every other session ends. Emits PasswordChanged."""
    user = _locked(actor.user_id or 0)
    if not user.check_password(current):
        raise InvalidInput(
            field="current", problem="This is not your password.", remedy="Type the current one again."
        )
    _set_password(user, wanted)
    user.save(update_fields=["password"])
    _end_sessions(user)
    emit(events.PasswordChanged(user_id=user.pk, at=now), actor=actor)
    return user


@transaction.atomic
def issue_admin_invite(*, username: str, name: str, now: datetime) -> str:
    """A one-time token (24 h) with which the first administrator chooses a password. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    AdminInvite.objects.create(
        token_hash=sha256(token.encode()).hexdigest(), username=username.strip().lower(), name=name.strip(),
        expires_at=now + INVITE_LASTS,
    )  # fmt: skip
    return token


@transaction.atomic
def accept_admin_invite(*, token: str, password: str, now: datetime) -> User:
    """Turn an invitation into the administrator's account. A used, late or unknown token answers NotFound alike."""
    digest = sha256(token.encode()).hexdigest()
    invite = AdminInvite.objects.select_for_update().filter(token_hash=digest, used_at__isnull=True).first()
    if invite is None or invite.expires_at <= now:
        raise NotFound()
    setup = Actor.system("accounts.invite", "account.write", "grant.write")
    user = create_user(actor=setup, username=invite.username, name=invite.name, password=password, now=now)
    grant_role(
        actor=setup,
        user_id=user.pk,
        role="sys_admin",
        valid_from=now.date(),
        now=now,
        reason="first administrator",
    )
    invite.used_at = now
    invite.save(update_fields=["used_at"])
    return user


def _set_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput(
            field="password", problem=" ".join(error.messages), remedy="Choose another one."
        ) from error
    user.set_password(password)


def _locked(user_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound()
    return user


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
