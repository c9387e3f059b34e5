"""候选人: one row per real person, with work history, résumés and tags."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiyan.people.models import Employee
from guiyan.platform.classes import C0, C1, C2, C3, FieldClass
from guiyan.platform.fields import BlindIndex, EncryptedText, SealedRow
from guiyan.platform.models import StoredFile


class Candidate(SealedRow):
    """A person the company met. Phone is E.164; `phone_tail_index` indexes its last four digits.

    `other_phones` are older or second numbers, E.164, one a line. `last_met_on` is the last application,
    interview or conversation, at first the day the dossier was made.
    `do_not_contact_at` is the person's own wish and blocks every channel; `consent_until` ends the basis for recall.
    """

    class Salutation(models.TextChoices):
        MS = "MS", _("Ms.")
        MR = "MR", _("Mr.")

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "name": C1,
        "english_name": C1,
        "salutation": C1,
        "pinyin": C1,
        "initials": C1,
        "city": C1,
        "company": C1,
        "title": C1,
        "years": C1,
        "years_as_of": C1,
        "school": C1,
        "degree": C1,
        "major": C1,
        "phone": C2,
        "other_phones": C2,
        "email": C2,
        "wechat": C2,
        "id_number": C3,
        "phone_verified_on": C1,
        "wecom_external_id": C1,
        "wecom_since": C1,
        "source": C1,
        "language": C1,
        "do_not_contact_at": C1,
        "do_not_contact_words": C1,
        "consent_until": C1,
        "consent_basis": C1,
        "consent_on": C1,
        "created_at": C0,
        "last_met_on": C1,
    }
    name = models.CharField(_("Name"), max_length=60)
    english_name = models.CharField(_("English name"), max_length=60, blank=True)
    salutation = models.CharField(_("Form of address"), max_length=2, choices=Salutation, blank=True)
    pinyin = models.CharField(max_length=120, blank=True)
    initials = models.CharField(max_length=20, blank=True)
    city = models.CharField(_("City"), max_length=40, blank=True)
    company = models.CharField(_("Current company"), max_length=80, blank=True)
    title = models.CharField(_("Current title"), max_length=80, blank=True)
    years = models.PositiveSmallIntegerField(_("Years of experience"), null=True)
    years_as_of = models.DateField(null=True)
    school = models.CharField(_("School"), max_length=60, blank=True)
    degree = models.CharField(_("Degree"), max_length=20, blank=True)
    major = models.CharField(_("Major"), max_length=60, blank=True)
    phone = EncryptedText(null=True)
    phone_index = BlindIndex(source="phone")
    phone_tail_index = BlindIndex(source="phone", normalise=lambda value: f"tail:{value[-4:]}")
    other_phones = EncryptedText(null=True)
    wechat = EncryptedText(null=True)
    phone_verified_on = models.DateField(null=True)
    email = EncryptedText(null=True)
    email_index = BlindIndex(source="email", normalise=str.lower)
    id_number = EncryptedText(null=True)
    id_number_index = BlindIndex(source="id_number", normalise=str.upper)
    wecom_external_id = models.CharField(max_length=64, null=True, unique=True)
    wecom_owner = models.ForeignKey(Employee, models.SET_NULL, null=True, related_name="+")
    wecom_since = models.DateField(null=True)
    language = models.CharField(max_length=10, default="zh-hans")
    source = models.CharField(_("Source"), max_length=120, blank=True)
    do_not_contact_at = models.DateTimeField(null=True)
    do_not_contact_words = models.CharField(max_length=200, blank=True)
    consent_until = models.DateField(null=True)
    consent_on = models.DateField(null=True)
    consent_basis = models.CharField(max_length=120, blank=True)
    employee = models.ForeignKey(Employee, models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(Employee, models.SET_NULL, null=True, related_name="+")
    last_met_on = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-last_met_on", "-id"], name="candidate_recent"),
            models.Index(fields=["name"], name="candidate_name"),
        ]

    def __str__(self) -> str:
        return self.name


class WorkHistory(models.Model):
    """工作经历: one job; years are half-open [from_year, before_year), None = until now or unknown."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {
        "company": C1, "title": C1, "words": C1, "from_year": C1, "until_year": C1, "source": C1, "said_on": C1,
    }  # fmt: skip
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="work_history")
    company = models.CharField(max_length=80)
    title = models.CharField(max_length=80, blank=True)
    words = models.CharField(max_length=200, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True)
    until_year = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=120, blank=True)
    said_on = models.DateField(null=True)


class Tag(models.Model):
    """标签: a word the company puts on people; unique without case."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"name": C1, "wecom_tag_id": C0}
    name = models.CharField(max_length=30, unique=True)
    wecom_tag_id = models.CharField(max_length=64, blank=True)


class CandidateTag(models.Model):
    """One tag on one person, by whom and when."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"by_name": C1, "at": C1}
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="tag_links")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["candidate", "tag"], name="tag_once_per_candidate")
        ]


class Resume(models.Model):
    """简历: the file (outside the web root, served after a permission check) and its text."""

    CLASSES: ClassVar[dict[str, FieldClass]] = {"text": C1, "pages": C1, "received_on": C1, "source": C1}
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="resumes")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    received_on = models.DateField()
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | ~Q(text=""), name="resume_has_file_or_text"
            )
        ]
