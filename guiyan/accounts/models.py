"""Users and their grants. A person's rights are the grants in force, nowhere else."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from guiyan.platform.actors import Scope
from guiyan.platform.classes import C0, C1, FieldClass


class Users(BaseUserManager["User"]):
    """Look-ups by sign-in name, without case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account: sign-in name, display name, and an epoch that ends every session when it moves (AU7)."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "username": C1, "name": C1, "password": C0, "last_login": C1, "is_active": C1, "session_epoch": C0,
        "language": C1, "shortcuts": C1, "created_at": C0,
    }  # fmt: skip
    username = models.CharField(_("Sign-in name"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=10, default="zh-hans")
    shortcuts = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(username=Lower("username")), name="user_name_lower")
        ]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Changes with the password, with being disabled and with every change of roles: old sessions end at once."""
        value = f"{self.password}:{self.session_epoch}:{self.is_active}"
        return salted_hmac("guiyan.accounts.session", value, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Any:
        """No fallback: secrets that rotate end sessions."""
        return iter(())


class Grant(models.Model):
    """One role for one person over a scope and a period [from, before). `department_id` roots a SUBTREE."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "role": C1, "scope": C1, "department_id": C1, "valid_from": C1, "valid_before": C1, "granted_by": C1,
        "reason": C1, "granted_at": C1,
    }  # fmt: skip
    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=32)
    scope = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Scope])
    department_id = models.BigIntegerField(null=True)
    valid_from = models.DateField()
    valid_before = models.DateField(null=True)
    granted_by = models.BigIntegerField(null=True)
    granted_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_before__isnull=True) | Q(valid_before__gt=F("valid_from")),
                name="grant_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(scope="SUBTREE", department_id__isnull=False)
                | (~Q(scope="SUBTREE") & Q(department_id__isnull=True)),
                name="grant_subtree_has_department",
            ),
        ]


class AdminInvite(models.Model):
    """The first administrator's one-time way in (AU5): a hashed token that ends after 24 hours or one use."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "token_hash": C0,
        "name": C1,
        "username": C1,
        "expires_at": C0,
        "used_at": C0,
    }
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    username = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SignInAttempt(models.Model):
    """Failed sign-ins per name and address, for the growing delay (AU4)."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"key": C0, "failures": C0, "blocked_until": C0, "last_at": C0}
    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField()
