"""沟通记录 and 求职期望."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiyan.people.models import Employee
from guiyan.platform.classes import C0, C1, C4, FieldClass
from guiyan.platform.fields import EncryptedMoney, EncryptedText, SealedRow
from guiyan.recruiting.models.applications import Application
from guiyan.recruiting.models.candidates import Candidate


class Communication(models.Model):
    """Anything said between company and candidate, any channel, either way.

    `quoted` words were said or written like that; others are our summary. `shareable` words may reach the person.
    """

    class Channel(models.TextChoices):
        PHONE = "PHONE", _("Phone")
        WECOM = "WECOM", _("WeCom")
        WECHAT = "WECHAT", _("WeChat")
        EMAIL = "EMAIL", _("E-mail")
        SMS = "SMS", _("SMS")
        MEETING = "MEETING", _("Meeting")
        PAGE = "PAGE", _("Candidate page")
        NOTE = "NOTE", _("Note")

    class Direction(models.TextChoices):
        OUT = "OUT", _("From us")
        IN = "IN", _("From the candidate")
        BOTH = "BOTH", _("Conversation")

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "channel": C1, "direction": C1, "at": C1, "time_known": C1, "employee_name": C1, "title": C1, "words": C1,
        "quoted": C0, "shareable": C1, "seconds": C1, "messages": C1, "source": C1, "foreign_id": C1,
    }  # fmt: skip
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="communications")
    application = models.ForeignKey(Application, models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    direction = models.CharField(max_length=4, choices=Direction)
    at = models.DateTimeField()
    time_known = models.BooleanField(default=True)
    employee = models.ForeignKey(Employee, models.SET_NULL, null=True, related_name="+")
    employee_name = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    quoted = models.BooleanField(default=False)
    shareable = models.BooleanField(default=False)
    seconds = models.PositiveIntegerField(null=True)
    messages = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=120, blank=True)
    foreign_id = models.CharField(max_length=80, null=True, unique=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["candidate", "-at"], name="communication_of_candidate")]


class Expectation(SealedRow):
    """What the candidate said they want. Pay lives in encrypted columns, CNY a month before tax."""

    class Topic(models.TextChoices):
        PAY = "PAY", _("Monthly pay")
        ROLE = "ROLE", _("Position")
        CITY = "CITY", _("City")
        TIMING = "TIMING", _("Can start")
        OTHER = "OTHER", _("Other wish")

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "topic": C1,
        "words": C1,
        "said_on": C1,
        "source_kind": C1,
        "source": C1,
        "pay_words": C4,
        "pay_min": C4,
        "pay_max": C4,
    }
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="expectations")
    topic = models.CharField(max_length=6, choices=Topic)
    words = models.CharField(max_length=200, blank=True)
    pay_words = EncryptedText(null=True)
    pay_min = EncryptedMoney(null=True)
    pay_max = EncryptedMoney(null=True)
    said_on = models.DateField()
    source_kind = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=120, blank=True)
    communication = models.ForeignKey(Communication, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["candidate", "topic", "-said_on"], name="expectation_of_candidate")
        ]
