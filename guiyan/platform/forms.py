"""Forms that refuse what they do not know."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from guiyan.kernel.errors import InvalidInput, gettext_noop

FORM_REMEDY = gettext_noop("Correct this field and send it again.")
ALWAYS_THERE = {"csrfmiddlewaretoken", "next"}


class StrictForm(forms.Form):
    """A form that refuses unknown keys instead of ignoring them."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for key in sorted(set(self.data) - set(self.fields) - ALWAYS_THERE):
            self.add_error(None, _("Unknown field: %(key)s. Remove it and send again.") % {"key": key})
        return cleaned

    def facts_or_refuse(self) -> dict[str, Any]:
        """The cleaned values, or InvalidInput naming the first field, its problem and the remedy."""
        if self.is_valid():
            return self.cleaned_data
        name, problems = next(iter(self.errors.items()))
        label = self.fields[name].label or name if name in self.fields else _("Form")
        raise InvalidInput(
            field=str(label),
            problem=" ".join(str(problem) for problem in problems),
            remedy=_("Correct this field and send it again."),
        )
