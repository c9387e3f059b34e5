"""How a Django form field is drawn: which class its control wears, and which ones are ticks or groups."""

from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.utils.safestring import SafeString


def is_check(field: BoundField) -> bool:
    """A single tick: its label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


def is_group(field: BoundField) -> bool:
    """Several ticks or radio buttons under one legend."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


def control(field: BoundField) -> SafeString:
    """The field's input in the kit's look; wrong ones say so to screen readers (Django adds aria-invalid)."""
    widget = field.field.widget
    look = "form-control"
    if isinstance(widget, CheckboxInput):
        look = "form-check-input"
    elif isinstance(widget, Select):
        look = "form-select"
    own = widget.attrs.get("class", "")
    wrong = " is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": f"{look}{wrong} {own}".strip()})


FILTERS = (is_check, is_group, control)
