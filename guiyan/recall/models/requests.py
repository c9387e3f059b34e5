"""召回申请 and its 沟通要点."""

import json
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiyan.accounts.models import User
from guiyan.kernel.states import Stateful
from guiyan.platform.classes import C0, C1, C4, FieldClass
from guiyan.platform.fields import EncryptedText, SealedRow
from guiyan.recruiting.models import Candidate, Requisition


class RecallRequest(Stateful, models.Model):
    """One wish to bring one candidate back for one requisition, from asking to outcome.

    `number` is ZH-YYYY-NNNNNN without gaps; `instance_id` is the approval run that decides it.
    """

    class State(models.TextChoices):
        AWAITING = "AWAITING", _("Waiting for approval")
        REJECTED = "REJECTED", _("Not approved")
        BRIEFED = "BRIEFED", _("Approved, points ready")
        CONTACTED = "CONTACTED", _("Contacted")
        ANSWERED = "ANSWERED", _("They answered")
        CLOSED = "CLOSED", _("Closed")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")

    class Outcome(models.TextChoices):
        INTERVIEW = "INTERVIEW", _("Coming for a talk")
        HIRED = "HIRED", _("Hired")
        LATER = "LATER", _("Wants to hear from us later")
        DECLINED = "DECLINED", _("Declined")
        NEVER = "NEVER", _("Does not want to be contacted again")
        NO_ANSWER = "NO_ANSWER", _("No answer")
        NOT_NEEDED = "NOT_NEEDED", _("The job needs nobody any more")

    OPEN: ClassVar = (State.AWAITING, State.BRIEFED, State.CONTACTED, State.ANSWERED)
    MOVES: ClassVar = {
        State.AWAITING: {State.BRIEFED, State.REJECTED, State.WITHDRAWN},
        State.BRIEFED: {State.CONTACTED, State.ANSWERED, State.CLOSED, State.WITHDRAWN},
        State.CONTACTED: {State.ANSWERED, State.CLOSED, State.WITHDRAWN},
        State.ANSWERED: {State.CLOSED, State.WITHDRAWN},
    }
    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "number": C1, "words": C1, "department_ids": C1, "state": C1, "outcome": C1, "outcome_words": C1,
        "instance_id": C0, "created_at": C1, "decided_at": C1, "decided_words": C1, "closed_at": C1,
    }  # fmt: skip
    number = models.CharField(_("Recall number"), max_length=20, unique=True)
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="recalls")
    requisition = models.ForeignKey(Requisition, models.PROTECT, related_name="recalls")
    words = models.TextField(_("Why bring this person back"))
    requester = models.ForeignKey(User, models.PROTECT, related_name="+")
    specialist = models.ForeignKey(User, models.PROTECT, related_name="+")
    department_ids = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=10, choices=State, default=State.AWAITING)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_words = models.CharField(max_length=300, blank=True)
    instance_id = models.BigIntegerField(null=True, unique=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_words = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["candidate", "requisition"],
                condition=Q(state__in=["AWAITING", "BRIEFED", "CONTACTED", "ANSWERED"]),
                name="one_open_recall_per_requisition",
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") | ~Q(outcome=""), name="closed_recall_has_an_outcome"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-created_at", "-id"], name="recall_state_recent")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether anything can still happen in it."""
        return self.state in self.OPEN


class Brief(SealedRow):
    """The talking points as they were when the request was approved. `body` is JSON and holds pay: C4."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "body": C4,
        "kept_out": C1,
        "prepared_at": C1,
        "notified_at": C1,
    }
    request = models.OneToOneField(RecallRequest, models.CASCADE, related_name="brief")
    body = EncryptedText()
    kept_out = models.PositiveSmallIntegerField(default=0)
    prepared_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True)

    def points(self, lang: str) -> list[dict[str, Any]]:
        """The points in a language, as plain dicts; Chinese when that language is not there."""
        body = json.loads(self.body)
        found: list[dict[str, Any]] = body["points"].get(lang) or body["points"]["zh-hans"]
        return found


__all__ = ["Brief", "Candidate", "RecallRequest", "Requisition", "User"]
