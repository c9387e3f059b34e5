"""Widgets and choices the forms share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiyan.people.models import Department, Employee
from guiyan.platform.actors import Actor
from guiyan.recruiting import policies
from guiyan.recruiting.models import Requisition

EMPTY = ("", "—")


def choices_of(kinds: Any) -> list[tuple[str, Any]]:
    """A choice list that starts with nothing chosen."""
    return [EMPTY, *kinds.choices]


class DayInput(forms.DateInput):
    """A date by the browser's own picker."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class MomentInput(forms.DateTimeInput):
    """Date and time by the browser's own picker, in the company's zone."""

    input_type = "datetime-local"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **options)


class MomentField(forms.DateTimeField):
    """A moment as the browser's picker writes it, or 2026-11-23 16:30; thought of in the company's zone."""

    widget = MomentInput

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options)


class DayField(forms.DateField):
    """A day as the browser's picker writes it."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class PayField(forms.DecimalField):
    """Yuan a month before tax."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_digits=9, decimal_places=2, required=False, **options)


def area(rows: int = 4) -> forms.Textarea:
    """A box for sentences."""
    return forms.Textarea(attrs={"rows": rows})


def employees() -> list[tuple[int, str]]:
    """People who are here, for choosing."""
    rows = Employee.objects.filter(left_on__isnull=True).order_by("name").values_list("pk", "name", "title")
    return [(pk, f"{name} ・ {title}" if title else name) for pk, name, title in rows]


def departments() -> list[tuple[int, str]]:
    """The tree as indented choices."""
    rows = Department.objects.filter(active=True).order_by("path").values_list("pk", "name", "path")
    return [(pk, "　" * (path.count("/") - 2) + name) for pk, name, path in rows]


def open_requisitions(actor: Actor) -> list[tuple[int, str]]:
    """Openings the actor may put somebody forward for."""
    rows = policies.visible_requisitions(actor, "application.write").filter(state=Requisition.State.OPEN)
    found = rows.order_by("-opened_on", "-pk").values_list("pk", "title", "number")
    return [(pk, f"{title}（{number}）") for pk, title, number in found]


def optional(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The choices after an empty one."""
    return [EMPTY, *choices]


def number(**options: Any) -> forms.TypedChoiceField:
    """A choice among ids; empty gives None."""
    return forms.TypedChoiceField(coerce=int, empty_value=None, **options)


OPTIONAL_HELP = _("Leave it empty if it is not known.")
