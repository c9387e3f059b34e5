"""Flows and their runs: facts, states and what must never be. No workflow here: the engine decides."""

from collections.abc import Mapping, Set
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guiyan.accounts.models import User
from guiyan.kernel.states import Stateful
from guiyan.platform.classes import C0, C1, FieldClass


class Flow(models.Model):
    """审批流程: one named flow; its versions hold what it says."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"key": C0, "created_at": C0}
    key = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class FlowVersion(models.Model):
    """One published definition (`engine.definition` format). Never changed: running instances keep theirs."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "number": C0,
        "document": C1,
        "published_at": C0,
        "published_by": C1,
    }
    flow = models.ForeignKey(Flow, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["flow", "number"], name="flow_version_once")]


class FlowInstance(Stateful, models.Model):
    """审批单: one run of one version about one subject. `facts` are what the server computed plus choices.

    `ahead` keeps whom the steps to come would ask, by node, as the organisation was at the last change: only for
    the picture. `revision` grows with every change, for optimistic readers. APPROVED may still have work open; then
    `finished_at` is empty.
    """

    class State(models.TextChoices):
        RUNNING = "RUNNING", _("Awaiting approval")
        APPROVED = "APPROVED", _("Approved")
        DONE = "DONE", _("Done")
        REJECTED = "REJECTED", _("Rejected")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")

    MOVES: ClassVar[Mapping[Any, Set[Any]]] = {
        State.RUNNING: {State.APPROVED, State.REJECTED, State.WITHDRAWN},
        State.APPROVED: {State.DONE, State.WITHDRAWN},
    }
    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "subject_kind": C0, "subject_id": C0, "number": C0, "title": C1, "summary": C1, "facts": C1, "state": C1,
        "ahead": C1, "revision": C0, "started_at": C0, "approved_at": C0, "finished_at": C0,
    }  # fmt: skip
    flow_version = models.ForeignKey(FlowVersion, models.PROTECT, related_name="instances")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    ahead = models.JSONField(default=dict)
    requester = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.RUNNING)
    revision = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["requester", "-id"], name="instance_of_requester"),
            models.Index(fields=["subject_kind", "subject_id"], name="instance_of_subject"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=Q(finished_at__isnull=True),
                name="instance_one_unfinished",
            ),
            models.CheckConstraint(
                condition=Q(state="RUNNING", finished_at__isnull=True, approved_at__isnull=True)
                | Q(state="APPROVED", approved_at__isnull=False)
                | Q(state="DONE", approved_at__isnull=False, finished_at__isnull=False)
                | Q(state__in=["REJECTED", "WITHDRAWN"], finished_at__isnull=False),
                name="instance_times_fit_state",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class FlowTask(Stateful, models.Model):
    """审批任务: one person's part of one step. Only this row gives the right to decide.

    `requester` repeats the instance's, so that the database itself refuses self-approval.
    """

    class Kind(models.TextChoices):
        APPROVE = "APPROVE", _("Approval")
        HANDLER = "HANDLER", _("Work to do")
        COPY = "COPY", _("For your information")

    class State(models.TextChoices):
        OPEN = "OPEN", _("Waiting")
        APPROVED = "APPROVED", _("Agreed")
        REJECTED = "REJECTED", _("Refused")
        DONE = "DONE", _("Done")
        CANCELLED = "CANCELLED", _("No longer needed")
        COPIED = "COPIED", _("Told")

    MOVES: ClassVar[Mapping[Any, Set[Any]]] = {
        State.OPEN: {State.APPROVED, State.REJECTED, State.DONE, State.CANCELLED}
    }
    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "node_id": C0, "kind": C0, "state": C1, "why": C1, "opened_at": C0, "due_at": C0, "decided_at": C0,
        "comment": C1, "urged_at": C0,
    }  # fmt: skip
    instance = models.ForeignKey(FlowInstance, models.PROTECT, related_name="tasks")
    node_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=Kind)
    assignee = models.ForeignKey(User, models.PROTECT, related_name="+")
    requester = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    why = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    comment = models.CharField(max_length=1000, blank=True)
    urged_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["assignee", "due_at", "id"], condition=Q(state="OPEN"), name="task_waiting"),
            models.Index(fields=["assignee", "-decided_at"], name="task_decided"),
            models.Index(fields=["instance"], condition=Q(state="OPEN"), name="task_open_of_instance"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instance", "node_id", "assignee"], condition=Q(state="OPEN"), name="task_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", decided_at__isnull=True)
                | (~Q(state="OPEN") & Q(decided_at__isnull=False)),
                name="task_decided_when_not_open",
            ),
            models.CheckConstraint(
                condition=~Q(kind="APPROVE") | ~Q(assignee=F("requester")), name="task_nobody_approves_own"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["OPEN", "CANCELLED"])
                | Q(kind="APPROVE", state__in=["APPROVED", "REJECTED"])
                | Q(kind="HANDLER", state="DONE")
                | Q(kind="COPY", state="COPIED"),
                name="task_answer_fits_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state="REJECTED") | ~Q(comment=""), name="task_refusal_has_words"
            ),
        ]


class Decision(models.Model):
    """One line of an instance's history, append-only; folding the lines in `seq` order gives the state.

    `people` of an opening: [{"user": id, "why": {...}}]. `actor` is empty where the system acted.
    """

    class Kind(models.TextChoices):
        OPENED = "OPENED", _("Asked")
        COPIED = "COPIED", _("Told")
        SKIPPED = "SKIPPED", _("Passed over")
        APPROVED = "APPROVED", _("Agreed")
        REJECTED = "REJECTED", _("Refused")
        DONE = "DONE", _("Done")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "seq": C0, "kind": C0, "node_id": C0, "people": C1, "why": C1, "comment": C1, "at": C0,
    }  # fmt: skip
    ANSWERS = (Kind.APPROVED, Kind.REJECTED, Kind.DONE)
    instance = models.ForeignKey(FlowInstance, models.PROTECT, related_name="history")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    node_id = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    people = models.JSONField(default=list)
    why = models.JSONField(default=dict)
    comment = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["instance", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instance", "seq"], name="decision_in_order"),
            models.UniqueConstraint(
                fields=["instance", "node_id", "actor"], condition=Q(kind__in=["APPROVED", "REJECTED", "DONE"]),
                name="decision_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["instance"], condition=Q(kind__in=["REJECTED", "WITHDRAWN"]), name="decision_one_end"
            ),
        ]  # fmt: skip
