"""触达, 跟进任务, what the candidate answered, and the templates messages start from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiyan.accounts.models import User
from guiyan.kernel.states import Stateful
from guiyan.platform.classes import C0, C1, FieldClass
from guiyan.recall.engine.delivery import Delivery
from guiyan.recall.models.requests import RecallRequest


class MessageTemplate(models.Model):
    """One version of one template. Versions are never changed: a message sent stays reproducible."""

    class Kind(models.TextChoices):
        FIRST = "FIRST", _("First message")
        REMINDER = "REMINDER", _("Reminder message")
        LATER = "LATER", _("After “later”")

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "key": C0, "version": C0, "kind": C0, "reason": C0, "language": C0, "title": C1, "body": C1, "active": C0,
        "created_at": C0,
    }  # fmt: skip
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=60)
    body = models.TextField()
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "language", "version"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["key", "language"], condition=Q(active=True), name="one_active_template_version"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Outreach(Stateful, models.Model):
    """One message to one candidate. `state` is our attempt, `stage` what the channel truly knows.

    SENDING is committed before the network is touched; after a crash the job reconciles by `link`
    instead of sending again. The link's token is derived from `link_nonce` with a key outside the
    database; only its hash is stored.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        QUEUED = "QUEUED", _("In the queue")
        SENDING = "SENDING", _("Being handed over")
        HANDED = "HANDED", _("Handed to the channel")
        UNKNOWN = "UNKNOWN", _("Unknown whether it arrived")
        STOPPED = "STOPPED", _("Stopped before sending")

    class Channel(models.TextChoices):
        WECOM = "WECOM", _("WeCom")

    class Stage(models.TextChoices):
        CREATED = "created", _("Created")
        CONFIRMED = "confirmed", _("Confirmed")
        SENT = "sent", _("Sent")
        OPENED = "opened", _("Opened")
        ANSWERED = "answered", _("Answered")
        FAILED = "failed", _("Failed")

    MOVES: ClassVar = {
        State.DRAFT: {State.QUEUED, State.STOPPED},
        State.QUEUED: {State.SENDING, State.STOPPED, State.DRAFT},
        State.SENDING: {State.HANDED, State.UNKNOWN, State.STOPPED, State.QUEUED},
        State.UNKNOWN: {State.HANDED, State.QUEUED, State.STOPPED},
        State.HANDED: {State.STOPPED},
    }
    STAGE_FIELDS: ClassVar = (
        "stage", "created_at", "confirmed_at", "sent_at", "opened_at", "answered_at", "failed_at", "failure",
    )  # fmt: skip
    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "kind": C0, "channel": C0, "text": C1, "segments": C1, "state": C0, "drafted_at": C0, "queued_at": C0,
        "attempted_at": C0, "attempts": C0, "stage": C1, "created_at": C1, "confirmed_at": C1, "sent_at": C1,
        "opened_at": C1, "answered_at": C1, "failed_at": C1, "failure": C1, "stopped_words": C1, "link_nonce": C0,
        "link_hash": C0, "link_expires_at": C0, "link_revoked_at": C0, "wecom_msgid": C0, "wecom_sender": C1,
        "wecom_external_id": C1, "polled_at": C0,
    }  # fmt: skip
    request = models.ForeignKey(RecallRequest, models.PROTECT, related_name="outreaches")
    kind = models.CharField(max_length=10, choices=MessageTemplate.Kind, default=MessageTemplate.Kind.FIRST)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.WECOM)
    template = models.ForeignKey(MessageTemplate, models.PROTECT, null=True, related_name="+")
    sender = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    segments = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    drafted_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    created_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    stopped_words = models.CharField(max_length=300, blank=True)
    link_nonce = models.CharField(max_length=32, unique=True)
    link_hash = models.CharField(max_length=64, unique=True)
    link_expires_at = models.DateTimeField(null=True)
    link_revoked_at = models.DateTimeField(null=True)
    wecom_msgid = models.CharField(max_length=120, blank=True, db_index=True)
    wecom_sender = models.CharField(max_length=64, blank=True)
    wecom_external_id = models.CharField(max_length=64, blank=True)
    polled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state__in=["DRAFT", "QUEUED", "SENDING"]),
                name="one_message_at_a_time",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "stage", "polled_at"], name="outreach_to_poll")]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.kind}"

    def delivery(self) -> Delivery:
        """The stages as the delivery engine takes them."""
        times = {name: getattr(self, name) for name in self.STAGE_FIELDS if name.endswith("_at")}
        return Delivery(stage=self.stage or None, failure=self.failure, **times)  # type: ignore[arg-type]

    def take_delivery(self, delivery: Delivery) -> None:
        """Put the engine's answer back; the command saves STAGE_FIELDS."""
        self.stage = delivery.stage or ""
        for name in self.STAGE_FIELDS[1:]:
            setattr(self, name, getattr(delivery, name))


class FollowUp(Stateful, models.Model):
    """What the policy schedules after a message: a reminder to write, or a call to make. One row per step."""

    class Kind(models.TextChoices):
        REMIND = "REMIND", _("Remind")
        CALL = "CALL", _("Call")

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("Planned")
        DUE = "DUE", _("To do")
        DONE = "DONE", _("Done")
        CANCELLED = "CANCELLED", _("No longer needed")

    MOVES: ClassVar = {
        State.PLANNED: {State.DUE, State.DONE, State.CANCELLED},
        State.DUE: {State.DONE, State.CANCELLED},
        State.CANCELLED: {State.PLANNED},
    }
    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "kind": C1, "key": C0, "because": C1, "state": C1, "due_at": C1, "notified_at": C0, "done_at": C1, "words": C1,
    }  # fmt: skip
    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="followups")
    assignee = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=30)
    because = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    due_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outreach", "key"], name="follow_up_step_once")
        ]
        indexes: ClassVar = [models.Index(fields=["assignee", "state", "due_at"], name="follow_up_to_do")]


class CandidateAnswer(models.Model):
    """What the candidate said: on the page, or to a colleague who noted it. The newest counts."""

    class Kind(models.TextChoices):
        INTERESTED = "INTERESTED", _("Interested")
        LATER = "LATER", _("Later")
        NO = "NO", _("Not this time")
        NEVER = "NEVER", _("Never contact me again")

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "kind": C1, "words": C1, "later_on": C1, "at": C1, "noted_by_name": C1,
    }  # fmt: skip
    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=300, blank=True)
    later_on = models.DateField(null=True)
    at = models.DateTimeField()
    noted_by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
