"""招聘需求: an opening with status, headcount and salary band."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guiyan.kernel.states import Stateful
from guiyan.people.models import Department, Employee
from guiyan.platform.classes import C1, C4, FieldClass
from guiyan.platform.fields import EncryptedMoney, SealedRow


class Requisition(Stateful, SealedRow):
    """One opening. The band is CNY a month before tax, both ends included; `filled` counts hires."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        OPEN = "OPEN", _("Open for hiring")
        ON_HOLD = "ON_HOLD", _("On hold")
        FILLED = "FILLED", _("Filled")
        CANCELLED = "CANCELLED", _("Cancelled")

    MOVES: ClassVar = {
        State.DRAFT: {State.OPEN, State.CANCELLED},
        State.OPEN: {State.ON_HOLD, State.FILLED, State.CANCELLED},
        State.ON_HOLD: {State.OPEN, State.CANCELLED},
        State.FILLED: {State.OPEN},
        State.CANCELLED: {State.OPEN},
    }
    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "number": C1, "title": C1, "city": C1, "headcount": C1, "filled": C1, "state": C1, "opened_on": C1,
        "state_since": C1, "reason": C1, "salary_min": C4, "salary_max": C4, "duties": C1, "created_at": C1,
    }  # fmt: skip
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(_("Position"), max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    city = models.CharField(_("City"), max_length=40, blank=True)
    headcount = models.PositiveSmallIntegerField(_("Headcount"), default=1)
    filled = models.PositiveSmallIntegerField(default=0)
    salary_min = EncryptedMoney(null=True)
    salary_max = EncryptedMoney(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    state_since = models.DateField(null=True)
    opened_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    duties = models.TextField(blank=True)
    recruiter = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(headcount__gte=1), name="requisition_needs_someone"),
            models.CheckConstraint(
                condition=Q(filled__lte=F("headcount")), name="requisition_not_overfilled"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-opened_on", "-id"], name="requisition_state_opened")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
