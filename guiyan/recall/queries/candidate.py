"""What the candidate's page shows. The link is the right; nothing internal is in reach of it."""

from dataclasses import dataclass
from datetime import date, datetime

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotFound
from guiyan.people import queries as people
from guiyan.recall import links, messages
from guiyan.recall.briefs import lang_of
from guiyan.recall.facts import greeting_of, last_applied_on
from guiyan.recall.models import CandidateAnswer, RecallRequest


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """One page: company, letter, answers. `answered` is the newest answer, "" when there is none yet."""

    token: str
    lang: str
    address: str
    company: str
    company_full: str
    initial: str
    paragraphs: tuple[str, ...]
    sender: str
    sender_title: str
    written_on: date
    position: str
    duties: str
    city: str
    answered: str
    answered_words: str
    later_on: date | None
    applied_on: date | None
    keep_until: date | None
    open_for_answers: bool


def candidate_page(*, token: str, now: datetime) -> CandidatePage:
    """The page behind a token. Raises NotFound alike for unknown, expired and revoked ones. Reading changes nothing."""
    outreach = links.find(token, now=now)
    if outreach is None:
        raise NotFound()
    request = outreach.request
    candidate = request.candidate
    lang = lang_of(candidate.language)
    answer = CandidateAnswer.objects.filter(outreach=outreach).order_by("-at", "-pk").first()
    sender = people.employee_of_user(outreach.sender_id)
    short, full = messages.company_names()
    return CandidatePage(
        token=token,
        lang=lang,
        address=greeting_of(candidate, lang),
        company=short,
        company_full=full,
        initial=full[:1],
        paragraphs=tuple(part.strip() for part in outreach.text.split("\n") if part.strip()),
        sender=outreach.sender.name,
        sender_title=sender.title if sender else "",
        written_on=local_day(outreach.attempted_at or outreach.drafted_at),
        position=request.requisition.title,
        duties=request.requisition.duties,
        city=request.requisition.city,
        answered=answer.kind if answer else "",
        answered_words=answer.words if answer else "",
        later_on=answer.later_on if answer else None,
        applied_on=last_applied_on(candidate),
        keep_until=candidate.consent_until,
        open_for_answers=request.state not in (RecallRequest.State.WITHDRAWN,),
    )
