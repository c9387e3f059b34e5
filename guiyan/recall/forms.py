"""What the pages take in; unknown keys are refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guiyan.platform.forms import StrictForm
from guiyan.recall.models import CandidateAnswer, RecallRequest


class ListForm(StrictForm):
    """Narrowing the list."""

    state = forms.ChoiceField(required=False, choices=[("", ""), *RecallRequest.State.choices])
    mine = forms.BooleanField(required=False)
    q = forms.CharField(required=False, max_length=60)
    after = forms.IntegerField(required=False, min_value=1)


class StatusForm(StrictForm):
    """What the page shows already."""

    seen = forms.CharField(required=False, max_length=80)


class SheetForm(StrictForm):
    """Which candidate (and job) the sheet opens for."""

    candidate = forms.IntegerField(label=_("Candidate"), min_value=1)
    requisition = forms.IntegerField(required=False, min_value=1)


class RequestForm(StrictForm):
    """Asking for a person back."""

    candidate = forms.IntegerField(label=_("Candidate"), min_value=1)
    requisition = forms.IntegerField(label=_("Which job"), min_value=1)
    words = forms.CharField(
        label=_("Why bring this person back"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    departments = forms.TypedMultipleChoiceField(required=False, coerce=int, label=_("Who else confirms"))

    def __init__(self, *args: object, department_ids: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["departments"].choices = [(each, str(each)) for each in department_ids]  # type: ignore[attr-defined]


class ComposeForm(StrictForm):
    """A message being written."""

    text = forms.CharField(
        required=False, label=_("Message"), widget=forms.Textarea, strip=False, max_length=4000
    )
    template = forms.IntegerField(required=False, min_value=1)
    start = forms.IntegerField(required=False, min_value=0)
    end = forms.IntegerField(required=False, min_value=0)


class TemplateChoiceForm(StrictForm):
    """Which template to start from."""

    template = forms.IntegerField(required=False, min_value=1)


class WordsForm(StrictForm):
    """Words that go with an act."""

    words = forms.CharField(required=False, max_length=300, label=_("Words"))


class CloseForm(WordsForm):
    """How a recall ended."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=RecallRequest.Outcome.choices)


class FollowUpForm(WordsForm):
    """A follow-up that was done, or is not needed."""

    cancel = forms.BooleanField(required=False)


class AnswerForm(WordsForm):
    """An answer: tapped on the candidate's page, or noted by a colleague."""

    answer = forms.ChoiceField(label=_("Answer"), choices=CandidateAnswer.Kind.choices)
    later_on = forms.DateField(required=False, label=_("When"))


class TemplateForm(StrictForm):
    """A new version of a template."""

    title = forms.CharField(label=_("Template title"), max_length=60)
    body = forms.CharField(label=_("Text"), max_length=3000, widget=forms.Textarea(attrs={"rows": 12}))
