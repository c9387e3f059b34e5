"""What the import pages accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guiyan.platform.forms import StrictForm


class NothingForm(StrictForm):
    """A button without values; anything sent with it is refused."""


class AnswerForm(StrictForm):
    """Which dossier a row is about: an existing one, or a new one (with a name where the row has none)."""

    candidate = forms.IntegerField(label=_("Dossier"), required=False, min_value=1)
    name = forms.CharField(label=_("Name"), required=False, max_length=60)
