"""The body of a card: drawn by the room that owns the subject, or from the request's own facts.

`settings.APPROVALS_CARDS` maps a subject kind to (template, provider). The provider is called as
`provider(actor=…, subject_id=…, now=…)`; its answer is `card` in the template. What it may show is its own decision:
`queries.open_task_for` tells it whether the actor is asked to judge the subject right now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from guiyan.accounts import queries as accounts
from guiyan.approvals.engine.facts import ids_in
from guiyan.approvals.rows import InstanceView
from guiyan.approvals.words import title
from guiyan.kernel.errors import Refused
from guiyan.platform.actors import Actor


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card without an owner's template."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Card:
    """What to draw: the owner's template with `card`, else `facts`; `closed` when the viewer may not see it."""

    template: str = ""
    card: Any = None
    facts: tuple[Fact, ...] = ()
    closed: bool = False


def card_for(*, actor: Actor, view: InstanceView, now: datetime) -> Card:
    """The card of a request for this viewer. A refusal by the subject's owner becomes a closed card."""
    registered = settings.APPROVALS_CARDS.get(view.subject_kind)
    if registered is None:
        return Card(facts=tuple(_facts(view)))
    template, provider = registered
    try:
        return Card(template, import_string(provider)(actor=actor, subject_id=view.subject_id, now=now))
    except Refused:
        return Card(closed=True)


def _facts(view: InstanceView) -> Iterable[Fact]:
    ids = {person for f in view.fields if f["kind"] == "person" for person in ids_in(view.facts, f["name"])}
    names = accounts.names_of(ids)
    for field in view.fields:
        value = view.facts.get(field["name"])
        if value is None or field["kind"] == "department":
            continue
        if field["kind"] == "person":
            value = "、".join(names.get(person, "") for person in ids_in(view.facts, field["name"]))
        elif field["kind"] == "boolean":
            value = _("Yes") if value else _("No")
        yield Fact(title(field["title"]), str(value))
