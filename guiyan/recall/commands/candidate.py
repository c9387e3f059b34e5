"""What the candidate does: opening the page, answering, and answers a colleague notes for them.

The link is the only right needed. Looking never acts: only a POST opens, answers or opts out.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import InvalidInput, NotFound
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.recall import events, links, policies
from guiyan.recall.commands.outreach import note_delivery
from guiyan.recall.commands.requests import finish
from guiyan.recall.commands.timeline import opt_out, record_answer
from guiyan.recall.models import CandidateAnswer, Outreach, RecallRequest

MAX_WORDS = 300
Kind = CandidateAnswer.Kind


@dataclass(frozen=True)
class Said:
    """One answer as it was given."""

    kind: str
    words: str = ""
    later_on: date | None = None


def _of_token(token: str, now: datetime) -> Outreach:
    found = links.find(token, now=now)
    if found is None:
        raise NotFound()
    return found


@transaction.atomic
def open_page(*, token: str, now: datetime) -> bool:
    """A person has the page in front of them (beacon of the shown page, or any answer). True when it was news.

    Raises NotFound for every token that is unknown, expired or revoked.
    """
    outreach = _of_token(token, now)
    return note_delivery(outreach_id=outreach.pk, stage="opened", at=now, now=now)


@transaction.atomic
def answer_on_page(
    *, token: str, kind: str, now: datetime, words: str = "", later_on: date | None = None
) -> CandidateAnswer:
    """The candidate taps an answer; a newer answer replaces an older one in what happens next.

    NEVER stops every channel at once, ends the link and closes the request. Emits CandidateAnswered.
    Raises NotFound, InvalidInput.
    """
    outreach = _of_token(token, now)
    said = _checked(Said(kind, words, later_on), today=local_day(now))
    note_delivery(outreach_id=outreach.pk, stage="opened", at=now, now=now)
    return _take(outreach, said, now=now, noted_by="", actor=_the_candidate(outreach))


@transaction.atomic
def note_answer(
    *, actor: Actor, outreach_id: int, kind: str, now: datetime, words: str = "", later_on: date | None = None
) -> CandidateAnswer:
    """A colleague notes what the candidate said on the phone or in the chat. Raises NotFound, NotAllowed, InvalidInput."""
    outreach = (
        policies.visible_outreaches(actor).select_related("request__candidate").filter(pk=outreach_id).first()
    )
    if outreach is None:
        raise NotFound()
    policies.require_contact(actor, outreach.request)
    said = _checked(Said(kind, words, later_on), today=local_day(now))
    return _take(outreach, said, now=now, noted_by=actor.name, actor=actor)


def _the_candidate(outreach: Outreach) -> Actor:
    """Acts through the link, with no power but what the answer itself means."""
    return Actor(None, outreach.request.candidate.name)


def _checked(said: Said, *, today: date) -> Said:
    if said.kind not in Kind.values:
        raise InvalidInput(
            field=_("Answer"),
            problem=_("there is no such answer"),
            remedy=_("Choose one of the four."),
        )
    if len(said.words) > MAX_WORDS:
        raise InvalidInput(
            field=_("Your words"),
            problem=_("they are longer than 300 characters"),
            remedy=_("Shorten them a little."),
        )
    if said.later_on is not None and (said.kind != Kind.LATER or said.later_on <= today):
        raise InvalidInput(
            field=_("When"),
            problem=_("the day must lie in the future"),
            remedy=_("Choose a later day, or leave it open."),
        )
    return Said(said.kind, said.words.strip(), said.later_on)


def _take(outreach: Outreach, said: Said, *, now: datetime, noted_by: str, actor: Actor) -> CandidateAnswer:
    request = RecallRequest.objects.select_for_update().get(pk=outreach.request_id)
    last = CandidateAnswer.objects.filter(outreach=outreach).order_by("-at", "-pk").first()
    if last is not None and (last.kind, last.words, last.later_on) == (said.kind, said.words, said.later_on):
        return last  # a double tap says nothing new
    answer = CandidateAnswer.objects.create(
        outreach=outreach,
        kind=said.kind,
        words=said.words,
        later_on=said.later_on,
        at=now,
        noted_by_name=noted_by,
    )
    note_delivery(outreach_id=outreach.pk, stage="answered", at=now, now=now)
    record_answer(outreach, answer, now=now)
    if said.kind == Kind.NEVER:
        opt_out(outreach.request.candidate_id, name=actor.name, words=said.words, now=now)
        request.refresh_from_db()
        if request.is_open:
            finish(request, outcome=RecallRequest.Outcome.NEVER, words=said.words, now=now, actor=actor)
    emit(
        events.CandidateAnswered(
            request_id=request.pk, candidate_id=request.candidate_id, number=request.number, outreach_id=outreach.pk,
            answer=said.kind, at=now,
        ),
        actor=actor,
    )  # fmt: skip
    return answer
