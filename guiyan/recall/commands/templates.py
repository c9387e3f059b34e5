"""Templates: every change is a new version, checked before it is kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.kernel.errors import InvalidInput
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.recall import events, policies
from guiyan.recall.engine import guard, templates
from guiyan.recall.engine.templates import Fill
from guiyan.recall.models import MessageTemplate


@transaction.atomic
def save_template(
    *,
    actor: Actor,
    key: str,
    language: str,
    title: str,
    body: str,
    now: datetime,
    kind: str = "FIRST",
    reason: str = "",
) -> MessageTemplate:
    """A new version of a template (or a new template); the older version stays for what was sent with it.

    Emits TemplateSaved. Raises NotAllowed, BadTemplate, MessageRefused-like InvalidInput for forbidden words.
    """
    actor.require(policies.MANAGE)
    _check_form(body)
    _check_words(title, body)
    before = list(
        MessageTemplate.objects.select_for_update().filter(key=key, language=language).order_by("-version")
    )
    MessageTemplate.objects.filter(key=key, language=language, active=True).update(active=False)
    saved = MessageTemplate.objects.create(
        key=key,
        language=language,
        version=before[0].version + 1 if before else 1,
        kind=before[0].kind if before else kind,
        reason=before[0].reason if before else reason,
        title=title.strip(),
        body=body.replace("\r\n", "\n").strip(),
        created_at=now,
    )
    emit(events.TemplateSaved(key=key, version=saved.version, at=now), actor=actor)
    return saved


def _check_form(body: str) -> None:
    """Raises BadTemplate in the reader's language."""
    try:
        templates.parse(body)
    except templates.BadTemplate as bad:
        facts = {key: _(value) for key, value in bad.facts.items() if key != "near"}
        raise templates.BadTemplate(near=bad.facts["near"], **facts) from None


def _check_words(title: str, body: str) -> None:
    """What no message may hold, no template may hold either; variables count as filled."""
    filled = templates.render(body, {name: Fill("某") for name in templates.VARIABLES}).text
    found = guard.check(filled, guard.House())
    if found or not title.strip():
        problem = _(found[0].reason) % found[0].facts if found else _("the title is empty")
        remedy = _(found[0].fix) % found[0].facts if found else _("Give it a name.")
        raise InvalidInput(field=_("Template"), problem=problem, remedy=remedy)
