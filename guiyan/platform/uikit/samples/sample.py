"""What one entry of the catalogue is."""

from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Sample:
    """`component` drawn with `values` (and `slot`, `fills`) inside an element `wrap`, e.g. `ul.gy-rule`."""

    component: str
    state: str
    values: dict[str, Any] = field(default_factory=dict)
    slot: str = ""
    fills: dict[str, str] = field(default_factory=dict)
    wrap: str = ""
    flush: bool = False

    def drawn(self) -> SafeString:
        """The component's HTML in its wrapping element."""
        fills = {name: mark_safe(part) for name, part in self.fills.items()}  # noqa: S308 - samples of our own
        slot = mark_safe(self.slot)  # noqa: S308 - samples of our own
        drawn = render_to_string(f"ui/{self.component}.html", {**self.values, "slot": slot, "slots": fills})
        if not self.wrap:
            return drawn
        tag, _, look = self.wrap.partition(".")
        attribute = f' class="{look.replace(".", " ")}"' if look else ""
        return mark_safe(f"<{tag}{attribute}>{drawn}</{tag}>")  # noqa: S308 - samples of our own


def html(markup: str) -> SafeString:
    """A sample's value that may hold markup."""
    return mark_safe(markup)  # noqa: S308 - samples of our own
