"""Forms about the person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiyan.platform.forms import StrictForm
from guiyan.recruiting.forms.base import DayField, PayField, area, choices_of
from guiyan.recruiting.models import Candidate, Expectation


class CandidateForm(StrictForm):
    """The basics of a dossier. Phone and e-mail are refused when unreadable (by the command)."""

    name = forms.CharField(label=_("Name"), max_length=60)
    salutation = forms.ChoiceField(
        label=_("Form of address"), choices=choices_of(Candidate.Salutation), required=False
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=120, required=False)
    city = forms.CharField(label=_("City"), max_length=40, required=False)
    company = forms.CharField(label=_("Current company"), max_length=80, required=False)
    title = forms.CharField(label=_("Current title"), max_length=80, required=False)
    years = forms.IntegerField(label=_("Years of experience"), min_value=0, max_value=60, required=False)
    school = forms.CharField(label=_("School"), max_length=60, required=False)
    major = forms.CharField(label=_("Major"), max_length=60, required=False)
    degree = forms.CharField(label=_("Degree"), max_length=20, required=False)
    source = forms.CharField(
        label=_("Source"),
        max_length=120,
        required=False,
        help_text=_("For example: referred by Sun Lei, purchasing."),
    )
    consent_until = DayField(label=_("Consent until"), required=False)
    consent_basis = forms.CharField(label=_("Consent given by"), max_length=120, required=False)


class CandidateEditForm(CandidateForm):
    """The same for a dossier that exists: an empty phone or e-mail means “leave it as it is”."""

    def __init__(self, *args: Any, masked: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, shown in (masked or {}).items():
            self.fields[name].help_text = _("Now %(masked)s. Leave it empty to keep it.") % {"masked": shown}


class TagForm(StrictForm):
    """One tag."""

    name = forms.CharField(label=_("Tag"), max_length=30)


class WishForm(StrictForm):
    """What the person said they want. Pay fields only for viewers who may read pay (see `without_pay`)."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Expectation.Topic)
    words = forms.CharField(
        label=_("In the person's words"),
        max_length=200,
        help_text=_("Pay is kept encrypted, for example “35K or so”."),
    )
    pay_min = PayField(label=_("Pay from, yuan a month"))
    pay_max = PayField(label=_("Pay to, yuan a month"))
    said_on = DayField(label=_("Said on"), required=False)
    source = forms.CharField(label=_("Where it was said"), max_length=120, required=False)


class ResumeForm(StrictForm):
    """A résumé file or its text."""

    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, DOCX, HTML, TXT, JPG or PNG, at most 20 MB.")
    )
    text = forms.CharField(label=_("Or its text"), widget=area(5), required=False, max_length=100_000)
    received_on = DayField(label=_("Received on"), required=False)
    source = forms.CharField(label=_("Source"), max_length=120, required=False)


class WordsForm(StrictForm):
    """A sentence that goes with an act."""

    words = forms.CharField(label=_("In a sentence"), max_length=200, required=False, widget=area(3))


class RevealForm(StrictForm):
    """Which masked value to show, and what for."""

    field = forms.CharField(max_length=20)
    purpose = forms.CharField(max_length=120, required=False)
