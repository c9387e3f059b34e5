"""Departments as a tree, positions, employees and what changed in the organisation."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiyan.accounts.models import User
from guiyan.platform.classes import C1, C2, FieldClass
from guiyan.platform.fields import BlindIndex, EncryptedText, SealedRow


class Department(models.Model):
    """部门. `path` is "/1/4/": every ancestor's id and its own, so a subtree is one prefix."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "name": C1,
        "path": C1,
        "order": C1,
        "active": C1,
        "wecom_id": C1,
    }
    name = models.CharField(_("Department"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True, blank=True)
    head = models.ForeignKey("Employee", models.SET_NULL, null=True, related_name="+")
    order = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)
    wecom_id = models.PositiveIntegerField(null=True, unique=True)

    class Meta:
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """岗位: a kind of job in a department."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"title": C1, "active": C1}
    title = models.CharField(_("Position"), max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["title", "department"], name="position_once")
        ]


class Employee(SealedRow):
    """员工: a member of the company; `user` when the person may sign in, `manager` is the reporting line."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "number": C1, "name": C1, "title": C1, "joined_on": C1, "left_on": C1, "wecom_userid": C1, "phone": C2,
    }  # fmt: skip
    number = models.CharField(_("Employee number"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    user = models.OneToOneField(User, models.PROTECT, null=True, related_name="employee")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("Title"), max_length=60, blank=True)
    manager = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    wecom_userid = models.CharField(max_length=64, null=True, unique=True)
    phone = EncryptedText(null=True)
    phone_index = BlindIndex(source="phone")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True) | models.Q(left_on__gte=models.F("joined_on")),
                name="employee_leaves_later",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationChange(models.Model):
    """组织变更单: what changed in a department on a day, with its document."""

    class Kind(models.TextChoices):
        RESTORED = "RESTORED", _("Made independent again")
        MERGED = "MERGED", _("Merged")
        FROZEN = "FROZEN", _("Headcount frozen")
        HEADCOUNT = "HEADCOUNT", _("Headcount approved")
        BUDGET = "BUDGET", _("Budget approved")
        OTHER = "OTHER", _("Other change")

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "kind": C1, "effective_on": C1, "words": C1, "document": C1, "recorded_by": C1, "recorded_at": C1,
    }  # fmt: skip
    department = models.ForeignKey(Department, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind)
    effective_on = models.DateField()
    words = models.CharField(max_length=200)
    document = models.CharField(max_length=60, blank=True)
    recorded_by = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
