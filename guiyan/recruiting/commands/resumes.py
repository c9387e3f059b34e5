"""Résumés: kept sealed, given out only through the door that asks who is there."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotFound
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.platform.files import decode, open_file, store_file
from guiyan.platform.models import StoredFile
from guiyan.recruiting import events, policies
from guiyan.recruiting.commands.applications import touch
from guiyan.recruiting.commands.candidates import refuse
from guiyan.recruiting.engine import resume_text
from guiyan.recruiting.models import Resume


@transaction.atomic
def store_resume(
    *, actor: Actor, candidate_id: int, now: datetime, content: bytes | None = None, file_name: str = "", text: str = "",
    received_on: date | None = None, source: str = "", pages: int | None = None,
) -> Resume:  # fmt: skip
    """Keep a résumé: a file (judged by content), its text, or both. Emits ResumeStored. Raises FileRefused.

    `source` is the sentence of the timeline, such as 内部推荐：采购部 孙磊.
    """
    candidate = policies.lock_candidate(actor, "resume.write", candidate_id)
    if content is None and not text.strip():
        raise refuse(_("Résumé"), _("Nothing was sent."), _("Choose a file or paste the text."))
    stored = None
    if content is not None:
        stored = store_file(name=file_name, content=content, purpose="resume", now=now)
        text = text or _text_of(stored, content)
        pages = pages or (
            resume_text.pdf_pages(content) if stored.content_type == "application/pdf" else None
        )
    day = received_on or local_day(now)
    resume = Resume.objects.create(
        candidate=candidate,
        file=stored,
        text=text.strip()[: resume_text.LIMIT],
        pages=pages,
        received_on=day,
        source=source.strip()[:120],
    )
    touch(candidate, day)
    emit(events.ResumeStored(candidate_id=candidate.pk, resume_id=resume.pk, at=now), actor=actor)
    return resume


def _text_of(stored: StoredFile, content: bytes) -> str:
    if stored.content_type == "text/plain":
        return decode(content) or ""
    if stored.content_type == "text/html":
        return resume_text.html_text(decode(content) or "")
    if stored.content_type.endswith("wordprocessingml.document"):
        return resume_text.docx_text(content)
    return ""


@transaction.atomic
def take_resume_file(
    *, actor: Actor, candidate_id: int, resume_id: int, now: datetime
) -> tuple[StoredFile, bytes]:
    """The file and its bytes for whoever may see it; each time is written to the log. Emits ResumeOpened."""
    seen = policies.visible_candidates(actor, "resume.read").filter(pk=candidate_id)
    resume = (
        Resume.objects.select_related("file")
        .filter(pk=resume_id, candidate__in=seen.values("pk"), file__isnull=False)
        .first()
    )
    if resume is None or resume.file is None:
        raise NotFound()
    content = open_file(resume.file)
    emit(events.ResumeOpened(candidate_id=candidate_id, resume_id=resume.pk, at=now), actor=actor)
    return resume.file, content
