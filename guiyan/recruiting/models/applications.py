"""应聘记录, 面试, 面试评价, 处理结果 and what would change it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiyan.kernel.states import Stateful
from guiyan.people.models import Department, Employee
from guiyan.platform.classes import C0, C1, C4, FieldClass
from guiyan.platform.fields import EncryptedMoney, SealedRow
from guiyan.recruiting.models.candidates import Candidate
from guiyan.recruiting.models.requisitions import Requisition


class Application(Stateful, models.Model):
    """One candidate for one opening (imported history may name only the position). `number` is MS-YYYY-NNNNNN."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("In progress")
        CLOSED = "CLOSED", _("Closed")

    MOVES: ClassVar = {State.OPEN: {State.CLOSED}, State.CLOSED: {State.OPEN}}
    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "number": C1, "foreign_number": C1, "position": C1, "department_name": C1, "applied_on": C1, "state": C1,
        "source": C1, "created_at": C0,
    }  # fmt: skip
    number = models.CharField(_("Interview number"), max_length=20, unique=True)
    foreign_number = models.CharField(max_length=40, blank=True, db_index=True)
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="applications")
    requisition = models.ForeignKey(Requisition, models.PROTECT, null=True, related_name="applications")
    position = models.CharField(_("Position"), max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    department_name = models.CharField(max_length=60, blank=True)
    applied_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    source = models.CharField(max_length=120, blank=True)
    recruiter = models.ForeignKey(Employee, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["candidate", "requisition"],
                condition=Q(state="OPEN"),
                name="one_open_application_per_requisition",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["-applied_on", "-id"], name="application_recent")]


class Interview(Stateful, models.Model):
    """面试: one meeting. `at` is exact; imported history may know only the day (`time_known` false)."""

    class State(models.TextChoices):
        SCHEDULED = "SCHEDULED", _("Scheduled")
        DONE = "DONE", _("Held")
        CANCELLED = "CANCELLED", _("Cancelled")
        NO_SHOW = "NO_SHOW", _("Did not come")

    MOVES: ClassVar = {State.SCHEDULED: {State.DONE, State.CANCELLED, State.NO_SHOW}}
    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "round_name": C1, "at": C1, "time_known": C0, "place": C1, "state": C1, "source": C1,
    }  # fmt: skip
    application = models.ForeignKey(Application, models.CASCADE, related_name="interviews")
    round_name = models.CharField(_("Round"), max_length=20)
    at = models.DateTimeField()
    time_known = models.BooleanField(default=True)
    place = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "at"], name="interview_state_at")]


class InterviewSeat(models.Model):
    """One interviewer at one interview; an employee, or a name from imported history."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"name": C1}
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="seats")
    employee = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["interview", "name"], name="one_seat_per_interviewer")
        ]


class Evaluation(models.Model):
    """面试评价: one interviewer's written judgement; its remarks say one by one what may be shared."""

    class Rating(models.TextChoices):
        STRONG_YES = "STRONG_YES", _("Strongly recommended")
        YES = "YES", _("Recommended")
        HIRE = "HIRE", _("Agrees to hire")
        UNSURE = "UNSURE", _("Undecided")
        NO = "NO", _("Not recommended")

    CLASSES: ClassVar[dict[str, FieldClass]] = {"rating": C1, "written_at": C1, "source": C1}
    seat = models.OneToOneField(InterviewSeat, models.CASCADE, related_name="evaluation")
    rating = models.CharField(max_length=12, choices=Rating, blank=True)
    written_at = models.DateTimeField()
    source = models.CharField(max_length=120, blank=True)


class Remark(models.Model):
    """One quoted thought of an evaluation. Internal unless the interviewer said it may reach the candidate."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"words": C1, "shareable": C1, "order": C0}
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="remarks")
    words = models.TextField()
    shareable = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]


class Disposition(models.Model):
    """处理结果: how an application ended, and the structured reason when nobody was hired."""

    class Outcome(models.TextChoices):
        REJECTED = "REJECTED", _("Not hired")
        HIRED = "HIRED", _("Hired")
        WITHDREW = "WITHDREW", _("Withdrew")
        NO_SHOW = "NO_SHOW", _("Did not come")

    class Reason(models.TextChoices):
        HEADCOUNT_FROZEN = "HEADCOUNT_FROZEN", _("Headcount frozen")
        BUDGET_LIMIT = "BUDGET_LIMIT", _("Budget limit")
        SALARY_GAP = "SALARY_GAP", _("Salary gap")
        TEAM_REORG = "TEAM_REORG", _("Team reorganised")
        SKILL_GAP = "SKILL_GAP", _("Skill gap")
        OTHER_CHOSEN = "OTHER_CHOSEN", _("Someone else chosen")
        CANDIDATE_WITHDREW = "CANDIDATE_WITHDREW", _("Candidate withdrew")
        TIMING = "TIMING", _("Timing")
        OTHER = "OTHER", _("Other reason")

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "outcome": C1,
        "reason": C1,
        "words": C1,
        "shareable_words": C1,
        "decided_by_name": C1,
        "decided_at": C1,
        "source": C1,
    }
    application = models.OneToOneField(Application, models.CASCADE, related_name="disposition")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    words = models.TextField(blank=True)
    shareable_words = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(Employee, models.SET_NULL, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField()
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(outcome="REJECTED") | ~Q(reason=""), name="rejection_needs_a_reason"
            )
        ]


class ReconsiderCondition(SealedRow):
    """重启条件: what would have to change. `met_at` and `met_words` say when the system saw it happen."""

    class Kind(models.TextChoices):
        REQUISITION_OPENS = "REQUISITION_OPENS", _("The position opens again")
        DEPARTMENT_RESTORED = "DEPARTMENT_RESTORED", _("The department is independent again")
        HEADCOUNT_APPROVED = "HEADCOUNT_APPROVED", _("Headcount is approved")
        BUDGET_APPROVED = "BUDGET_APPROVED", _("Budget is approved")
        BAND_AT_LEAST = "BAND_AT_LEAST", _("The salary band reaches an amount")
        SKILL_GAINED = "SKILL_GAINED", _("The person gains a skill")
        DATE_ARRIVES = "DATE_ARRIVES", _("A date arrives")
        NEVER = "NEVER", _("Nothing would change it")
        OTHER = "OTHER", _("Something else")

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "kind": C1, "words": C1, "position": C1, "on_date": C1, "met_at": C1, "met_words": C1, "met_source": C1, "amount": C4,
    }  # fmt: skip
    disposition = models.ForeignKey(Disposition, models.CASCADE, related_name="conditions")
    kind = models.CharField(max_length=20, choices=Kind)
    words = models.CharField(max_length=200, blank=True)
    department = models.ForeignKey(Department, models.SET_NULL, null=True, related_name="+")
    position = models.CharField(max_length=60, blank=True)
    amount = EncryptedMoney(null=True)
    on_date = models.DateField(null=True)
    met_at = models.DateTimeField(null=True)
    met_words = models.CharField(max_length=200, blank=True)
    met_source = models.CharField(max_length=80, blank=True)
