"""Forms about applications, meetings, evaluations, conversations and openings."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from guiyan.platform.actors import Actor
from guiyan.platform.forms import StrictForm
from guiyan.recruiting.forms.base import (
    DayField,
    MomentField,
    PayField,
    area,
    choices_of,
    departments,
    employees,
    number,
    open_requisitions,
    optional,
)
from guiyan.recruiting.models import Communication, Disposition, Evaluation, ReconsiderCondition, Requisition

CONDITIONS = 3
REMARKS = 4


class CommunicationForm(StrictForm):
    """Something that was said."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Communication.Channel)
    direction = forms.ChoiceField(label=_("Who spoke"), choices=Communication.Direction, initial="BOTH")
    at = MomentField(label=_("When"), required=False, help_text=_("Empty means now."))
    title = forms.CharField(label=_("Heading"), max_length=60, required=False)
    words = forms.CharField(
        label=_("What was said"),
        max_length=5000,
        widget=area(5),
        help_text=_("Words in “ ” are kept as a quotation."),
    )
    shareable = forms.BooleanField(label=_("These words may be said to the candidate again"), required=False)


class ApplicationForm(StrictForm):
    """Put somebody forward for an opening."""

    requisition_id = number(label=_("Requisition"))
    applied_on = DayField(label=_("Applied on"), required=False)
    source = forms.CharField(label=_("Source"), max_length=120, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requisition_id"].choices = open_requisitions(actor)  # type: ignore[attr-defined]


class InterviewForm(StrictForm):
    """A meeting with its interviewers."""

    round_name = forms.CharField(label=_("Round"), max_length=20)
    at = MomentField(label=_("When"))
    interviewers = forms.TypedMultipleChoiceField(label=_("Interviewers"), coerce=int)
    place = forms.CharField(label=_("Place"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interviewers"].choices = employees()  # type: ignore[attr-defined]
        self.fields["interviewers"].widget.attrs["size"] = 6


class EvaluationForm(StrictForm):
    """A rating and up to four remarks, each with its own “may be said”."""

    rating = forms.ChoiceField(label=_("Your judgement"), choices=Evaluation.Rating, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for index in range(1, REMARKS + 1):
            self.fields[f"words_{index}"] = forms.CharField(
                label=_("What did you hear?") if index == 1 else _("Another thought"), widget=area(3), max_length=2000,
                required=index == 1,
            )  # fmt: skip
            self.fields[f"share_{index}"] = forms.BooleanField(
                label=_("May be said to the candidate"), required=False
            )

    def remarks(self) -> list[tuple[str, bool]]:
        """The remarks that were written."""
        given = self.cleaned_data
        pairs = ((given[f"words_{n}"], given[f"share_{n}"]) for n in range(1, REMARKS + 1))
        return [(words, shareable) for words, shareable in pairs if words]

    def pairs(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """Each remark with its tick, for the page."""
        return ((self[f"words_{n}"], self[f"share_{n}"]) for n in range(1, REMARKS + 1))


class ClosingForm(StrictForm):
    """How it ended, why, and up to three things that would change it."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Disposition.Outcome, initial="REJECTED")
    reason = forms.ChoiceField(label=_("Reason"), choices=choices_of(Disposition.Reason), required=False)
    words = forms.CharField(label=_("In a sentence or two"), widget=area(3), max_length=2000, required=False)
    shareable_words = forms.CharField(
        label=_("What the candidate may be told"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tree = optional(departments())
        for n in range(1, CONDITIONS + 1):
            label = _("What would change it") if n == 1 else _("Or else")
            self.fields[f"kind_{n}"] = forms.ChoiceField(
                label=label, choices=choices_of(ReconsiderCondition.Kind), required=False
            )
            self.fields[f"text_{n}"] = forms.CharField(label=_("In words"), max_length=200, required=False)
            self.fields[f"department_{n}"] = number(label=_("Department"), choices=tree, required=False)
            self.fields[f"amount_{n}"] = PayField(label=_("Amount, yuan a month"))
            self.fields[f"day_{n}"] = DayField(label=_("Date"), required=False)

    def conditions(self) -> list[dict[str, Any]]:
        """The conditions that were chosen, as close_application takes them."""
        given = self.cleaned_data
        return [
            {
                "kind": given[f"kind_{n}"], "words": given[f"text_{n}"], "department_id": given[f"department_{n}"],
                "amount": given[f"amount_{n}"], "on_date": given[f"day_{n}"],
            }
            for n in range(1, CONDITIONS + 1)
            if given[f"kind_{n}"]
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A condition's details without its kind would be lost silently: refused."""
        given = super().clean()
        for n in range(1, CONDITIONS + 1):
            details = [given.get(f"{part}_{n}") for part in ("text", "department", "amount", "day")]
            if any(details) and not given.get(f"kind_{n}"):
                self.add_error(f"kind_{n}", _now("Choose what kind of change this is."))
        return given

    def groups(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each condition, for the page."""
        parts = ("kind", "text", "department", "amount", "day")
        return ([self[f"{part}_{n}"] for part in parts] for n in range(1, CONDITIONS + 1))


class RequisitionForm(StrictForm):
    """An opening."""

    title = forms.CharField(label=_("Position"), max_length=60)
    department_id = number(label=_("Department"))
    city = forms.CharField(label=_("City"), max_length=40, required=False)
    headcount = forms.IntegerField(label=_("Headcount"), min_value=1, max_value=999, initial=1)
    salary_min = PayField(label=_("Band from, yuan a month"))
    salary_max = PayField(label=_("Band to, yuan a month"))
    recruiter_id = number(label=_("Recruiter"), required=False)
    duties = forms.CharField(label=_("Duties"), widget=area(5), required=False, max_length=5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department_id"].choices = departments()  # type: ignore[attr-defined]
        self.fields["recruiter_id"].choices = optional(employees())  # type: ignore[attr-defined]


class NewRequisitionForm(RequisitionForm):
    """A new opening, at once open if wished."""

    open_now = forms.BooleanField(label=_("Open it at once"), required=False, initial=True)


class StateForm(StrictForm):
    """The next state of an opening and why."""

    state = forms.ChoiceField(label=_("State"), choices=Requisition.State)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class InterviewEndForm(StrictForm):
    """What became of a meeting."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[("DONE", _("Held")), ("CANCELLED", _("Cancelled")), ("NO_SHOW", _("Did not come"))],
    )


class ShareForm(StrictForm):
    """May a remark reach the candidate?"""

    shareable = forms.BooleanField(required=False)
