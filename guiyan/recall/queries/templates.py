"""Reads of the message templates."""

from dataclasses import dataclass

from guiyan.kernel.errors import NotFound
from guiyan.platform.actors import Actor
from guiyan.recall import policies
from guiyan.recall.models import MessageTemplate


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One active template."""

    id: int
    key: str
    language: str
    version: int
    kind: str
    reason: str
    title: str
    body: str


def template_groups(*, actor: Actor) -> list[tuple[str, list[TemplateRow]]]:
    """Active templates by language, in the order they are offered. One statement."""
    actor.require(policies.CONTACT)
    rows = MessageTemplate.objects.filter(active=True).order_by("language", "kind", "pk")
    found: dict[str, list[TemplateRow]] = {"zh-hans": [], "en": []}
    for row in rows:
        found.setdefault(row.language, []).append(_row(row))
    return list(found.items())


def template_row(*, actor: Actor, template_id: int) -> TemplateRow:
    """One template by id. Raises NotFound."""
    actor.require(policies.CONTACT)
    row = MessageTemplate.objects.filter(pk=template_id).first()
    if row is None:
        raise NotFound()
    return _row(row)


def _row(row: MessageTemplate) -> TemplateRow:
    return TemplateRow(
        row.pk,
        row.key,
        row.language,
        row.version,
        str(row.get_kind_display()),
        row.reason,
        row.title,
        row.body,
    )
