"""The plumbing's own tables, one set in each company's schema."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from guiyan.platform.classes import C0, C1, FieldClass
from guiyan.platform.fields import SealedRow


class WrappedKey(models.Model):
    """A data key of this company, sealed by the key-encryption key outside the database."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"wrapped": C0, "kek_id": C0, "created_at": C0}
    wrapped = models.BinaryField()
    kek_id = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)


class EventRow(models.Model):
    """What happened: timeline, audit and debug log at once. Append-only: a trigger refuses change.

    `subjects` are "kind:id" strings, so that a dossier finds its history in one look-up.
    """

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "name": C0, "at": C0, "by": C0, "by_name": C1, "subjects": C0, "facts": C1, "remote": C1,
    }  # fmt: skip
    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80, blank=True)
    subjects = ArrayField(models.CharField(max_length=80), default=list)
    facts = models.JSONField(default=dict)
    remote = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["subjects"], name="event_subjects"),
            models.Index(fields=["name", "-at"], name="event_name_at"),
        ]


class YearSequence(models.Model):
    """The last number given out for a kind in a year; gap-free because it lives in the same transaction."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"kind": C0, "year": C0, "last": C0}
    kind = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "year"], name="sequence_once_a_year")
        ]


class StoredFile(SealedRow):
    """A file outside the web root, sealed at rest; its bytes are found by `seal_id`."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "seal_id": C0, "name": C1, "content_type": C0, "size": C0, "sha256": C0, "purpose": C0, "stored_at": C0,
    }  # fmt: skip
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    purpose = models.CharField(max_length=32)
    stored_at = models.DateTimeField()
