"""Making and reading briefs: the engine's points in every language, kept as JSON inside one sealed column."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from guiyan.kernel.dates import local_day
from guiyan.recall.engine import brief as engine
from guiyan.recall.engine.records import LANGS, BriefDraft, Lang, Source
from guiyan.recall.facts import dossier_of
from guiyan.recall.models import Brief, RecallRequest


def lang_of(code: str) -> Lang:
    """The brief's language for a user's language code."""
    return "en" if code.lower().startswith("en") else "zh-hans"


def draft(request: RecallRequest, *, today: date, lang: Lang) -> BriefDraft:
    """The brief as it would be now."""
    dossier = dossier_of(
        request.candidate, request.requisition, requester=request.requester, today=today, lang=lang
    )
    return engine.build(dossier, today=today, lang=lang)


def prepare(request: RecallRequest, *, now: datetime) -> Brief:
    """Keep the brief of a request as it is now. Safe to call twice: the first stays."""
    existing = Brief.objects.filter(request=request).first()
    if existing is not None:
        return existing
    drafts = [draft(request, today=local_day(now), lang=lang) for lang in LANGS]
    body = {"points": {each.lang: points_json(each) for each in drafts}}
    return Brief.objects.create(
        request=request,
        body=json.dumps(body, ensure_ascii=False),
        kept_out=drafts[0].kept_out,
        prepared_at=now,
    )


def points_json(draft_: BriefDraft) -> list[dict[str, Any]]:
    """Points as plain JSON values, dates in ISO."""
    return [
        {**asdict(point), "sources": [source_json(source) for source in point.sources]}
        for point in draft_.points
    ]


def source_json(source: Source | None) -> dict[str, Any] | None:
    """A source as plain JSON values."""
    if source is None:
        return None
    return {**asdict(source), "on": source.on.isoformat() if source.on else None}
