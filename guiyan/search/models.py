"""The dossier index: one row of tokens for each candidate. Disposable; rebuilt from recruiting's facts."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from guiyan.platform.classes import C1, FieldClass
from guiyan.recruiting.models import Candidate


class DossierIndex(models.Model):
    """What one candidate can be found by, written in the transaction that changes the dossier.

    `tokens` is a stripped tsvector of the analyser's tokens (no positions: phones only as blind indexes, pay never).
    `met_on` is the last interview day, or the day the candidate was created when there was none, so that
    newest-first needs no NULL rule.
    """

    CLASSES: ClassVar[dict[str, FieldClass]] = {"tokens": C1, "met_on": C1}
    candidate = models.OneToOneField(Candidate, models.CASCADE, primary_key=True, related_name="+")
    tokens = SearchVectorField()
    met_on = models.DateField()

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["tokens"], name="dossier_tokens", fastupdate=False),
            models.Index(fields=["-met_on", "-candidate"], name="dossier_recent"),
        ]
