"""What the channels keep: access tokens shared between processes, callbacks as they came, cards to update."""

from typing import ClassVar

from django.db import models

from guiyan.platform.classes import C0, C1, C2, C3, FieldClass
from guiyan.platform.fields import EncryptedText, SealedRow


class WeComToken(SealedRow):
    """The access token of one (company, secret) pair; its row is the lock under which it is renewed."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"key": C0, "token": C3, "expires_at": C0}
    key = models.CharField(max_length=120, unique=True)
    token = EncryptedText(null=True)
    expires_at = models.DateTimeField(null=True)


class WeComCallback(SealedRow):
    """One event as WeCom delivered it, stored before anything is done. `digest` is the SHA-256 of the plain XML:
    a repeated delivery meets its own row."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "digest": C0, "event": C0, "change": C0, "payload": C2, "received_at": C0, "handled_at": C0, "result": C1,
    }  # fmt: skip
    digest = models.CharField(max_length=64, unique=True)
    event = models.CharField(max_length=60, blank=True)
    change = models.CharField(max_length=60, blank=True)
    payload = EncryptedText()
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=200, blank=True)


class WeComCard(SealedRow):
    """One card on one employee's phone, so that it can be closed for everybody. A response code works once."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "userid": C1, "subject": C0, "task_id": C0, "response_code": C3, "sent_at": C0, "closed_at": C0,
        "closed_words": C1,
    }  # fmt: skip
    userid = models.CharField(max_length=64)
    subject = models.CharField(max_length=80, db_index=True)
    task_id = models.CharField(max_length=128, unique=True)
    response_code = EncryptedText(null=True)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_words = models.CharField(max_length=60, blank=True)
