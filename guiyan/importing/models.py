"""What was brought in: batches, their files, every source row and every issue."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiyan.kernel.states import Stateful
from guiyan.platform.classes import C0, C1, C2, FieldClass
from guiyan.platform.fields import EncryptedText, SealedRow
from guiyan.recruiting.models import Application, Candidate


class ImportBatch(Stateful, models.Model):
    """One import of one or more files. `totals` are counts only; `done` of `total` rows are written."""

    class State(models.TextChoices):
        RECEIVED = "RECEIVED", _("Being checked")
        READ = "READ", _("Checked, nothing written")
        RUNNING = "RUNNING", _("Being written")
        DONE = "DONE", _("Written")
        FAILED = "FAILED", _("Stopped")

    MOVES: ClassVar = {
        State.RECEIVED: {State.READ},
        State.READ: {State.RUNNING},
        State.RUNNING: {State.DONE, State.FAILED},
        State.FAILED: {State.RUNNING},
        State.DONE: set(),
    }
    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "state": C0, "created_at": C0, "finished_at": C0, "by": C0, "by_name": C1, "done": C0, "total": C0, "totals": C0,
    }  # fmt: skip
    state = models.CharField(max_length=8, choices=State, default=State.RECEIVED)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-created_at", "-id"], name="import_batch_recent")]


class ImportFile(SealedRow):
    """One file of a batch. `upload` (base64) waits for the check and is then thrown away; `records` is what was read
    (JSON), thrown away once the batch is written."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "order": C0, "name": C1, "sha256": C0, "size": C0, "kind": C0, "upload": C2, "records": C2, "counts": C0, "columns": C1,
    }  # fmt: skip
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10, blank=True)
    upload = EncryptedText(null=True)
    records = EncryptedText(null=True)
    counts = models.JSONField(default=dict)
    columns = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["order", "pk"]


class ImportRow(SealedRow):
    """One source row that was read. `row_key` (file, place and facts, keyed) makes a second run write nothing twice."""

    class State(models.TextChoices):
        WRITTEN = "WRITTEN", _("In the dossier")
        QUESTION = "QUESTION", _("Waiting for an answer")
        REFUSED = "REFUSED", _("Not taken")

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "row_key": C0, "sheet": C1, "row": C0, "row_end": C0, "column": C0, "record": C0, "line": C0, "state": C0,
        "warnings": C0, "facts": C2,
    }  # fmt: skip
    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="rows")
    row_key = models.BinaryField(unique=True)
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(null=True)
    row_end = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=4, blank=True)
    record = models.PositiveIntegerField(null=True)
    line = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=8, choices=State)
    warnings = ArrayField(models.CharField(max_length=40), default=list)
    facts = EncryptedText()
    candidate = models.ForeignKey(Candidate, models.SET_NULL, null=True, related_name="+")
    application = models.ForeignKey(Application, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]


class ImportIssueRow(SealedRow):
    """One reported issue; its words are in engine/codes.py. `raw` may hold a phone, so it is sealed."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "code": C0, "field": C0, "refused": C0, "sheet": C1, "row": C0, "column": C0, "record": C0, "line": C0, "raw": C2,
    }  # fmt: skip
    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="issues")
    code = models.CharField(max_length=30)
    field = models.CharField(max_length=30, blank=True)
    refused = models.CharField(max_length=6)
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=4, blank=True)
    record = models.PositiveIntegerField(null=True)
    line = models.PositiveIntegerField(null=True)
    raw = EncryptedText(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class ContactKey(models.Model):
    """A blind index of any phone, e-mail or ID number that came in, so that old numbers still find their person."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"key": C0}
    key = models.BinaryField(db_index=True)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "candidate"], name="contact_key_once_per_candidate")
        ]
