"""How events of rooms above show on a timeline. They are read from the event table by name; nothing is imported."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class EventWords:
    """Title, icon and tone of a moment."""

    title: str | Promise
    icon: str
    tone: str = ""


# Messages and answers are conversations already; only what they are not is told here.
RECALL_WORDS = {
    "recall.request.requested": EventWords(_("Recall asked for"), "arrow-back-up", "brand"),
    "recall.request.approved": EventWords(_("Recall approved"), "checkup-list", "ok"),
    "recall.request.rejected": EventWords(_("Recall not approved"), "checkup-list", "bad"),
    "recall.request.withdrawn": EventWords(_("Recall withdrawn"), "arrow-back-up"),
    "recall.request.closed": EventWords(_("Recall closed"), "circle-check"),
    "recall.outreach.moved:OPENED": EventWords(_("Opened the message page"), "eye", "info"),
    "recall.outreach.moved:FAILED": EventWords(_("The message did not go out"), "alert-triangle", "bad"),
}
