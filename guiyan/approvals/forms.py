"""What people may send to the approvals pages; anything else is refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guiyan.platform.forms import StrictForm

BOXES = (
    ("waiting", _("Waiting for you")),
    ("mine", _("Asked by you")),
    ("done", _("Answered by you")),
    ("copied", _("For your information")),
)


class InboxForm(StrictForm):
    """Which box, from where, and which request is shown beside it."""

    box = forms.ChoiceField(choices=BOXES, required=False, label=_("Box"))
    after = forms.IntegerField(min_value=1, required=False, label=_("Page"))
    open = forms.IntegerField(min_value=1, required=False, label=_("Request"))


class AnswerForm(StrictForm):
    """The words that go with an answer. Whether they are needed, the engine says."""

    comment = forms.CharField(max_length=1000, required=False, label=_("Comment"))
