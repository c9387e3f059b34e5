"""What the find page accepts; anything else is refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guiyan.platform.forms import StrictForm
from guiyan.search.queries import LONGEST_QUERY


class FindForm(StrictForm):
    """A typed memory. `drop` (several) are ids of removed chips, `least` how many conditions must fit."""

    q = forms.CharField(label=_("What you remember"), max_length=LONGEST_QUERY, required=False)
    drop = forms.CharField(label=_("Removed conditions"), max_length=200, required=False)
    least = forms.IntegerField(label=_("Conditions that must fit"), min_value=1, max_value=50, required=False)
    cursor = forms.IntegerField(label=_("Next page"), min_value=0, max_value=1000, required=False)
