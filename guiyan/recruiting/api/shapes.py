"""The dossier as the API gives it: the read model, with empty parts left out."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from ninja import Schema

from guiyan.recruiting.queries import Dossier


class MarkOut(Schema):
    """Where a fact comes from."""

    label: str
    kind: str


class OlderOut(Schema):
    """An older, different value."""

    value: str
    sources: list[MarkOut]


class FactOut(Schema):
    """One line of knowledge; `older` values disagree with it, `stale` says how old it is."""

    key: str
    label: str
    value: str
    sources: list[MarkOut]
    older: list[OlderOut]
    stale: str
    badge: str


class QuoteOut(Schema):
    """Words, and whether they may reach the candidate."""

    text: str
    shareable: bool | None
    remark_id: int | None


class MomentOut(Schema):
    """One event of the timeline, newest first; `when` is a date where the hour is not known."""

    key: str
    kind: str
    title: str
    who: str
    when: datetime | date
    day: date
    text: str
    quotes: list[QuoteOut]


class CheckOut(Schema):
    """ok, no or ask, with the record that decides."""

    state: str
    text: str
    sources: list[MarkOut]


class ThenOut(Schema):
    """Why not then, what would change it, how it stands now."""

    reason: str
    reason_text: str
    condition: str
    condition_text: str
    met: str
    now_title: str
    checks: list[CheckOut]
    requisition_id: int | None


class MaskedOut(Schema):
    """A masked contact."""

    field: str
    masked: str


class FileOut(Schema):
    """A résumé file."""

    id: int
    name: str
    pages: int | None


class GoingOut(Schema):
    """An application under way."""

    id: int
    number: str
    position: str


class DossierOut(Schema):
    """One person, as you may see them."""

    id: int
    name: str
    pinyin: str
    tag: str
    meta: list[str]
    contacts: list[MaskedOut]
    tags: list[str]
    then: ThenOut | None
    moments: list[MomentOut]
    wishes: list[FactOut]
    work: list[FactOut]
    applications: list[FactOut]
    reach: list[FactOut]
    files: list[FileOut]
    going: list[GoingOut]
    do_not_contact: bool


def dossier_out(found: Dossier) -> dict[str, Any]:
    """Plain values for DossierOut."""
    plain = asdict(found)
    plain["meta"] = [line.text for line in found.meta]
    return plain
