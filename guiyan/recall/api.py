"""The API of recall: the same commands and reads as the pages, typed."""

from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from guiyan.kernel.errors import InvalidInput
from guiyan.platform import clock
from guiyan.platform.api import Door, Input
from guiyan.platform.routes import ActedRequest
from guiyan.recall import commands, queries
from guiyan.recall.api_answers import (
    CheckOut,
    FollowUpOut,
    NotedOut,
    OutreachOut,
    RecallOut,
    RecallPageOut,
    RecallViewOut,
    TemplateOut,
)
from guiyan.recall.models import CandidateAnswer, FollowUp, MessageTemplate, Outreach, RecallRequest
from guiyan.recall.policies import CONTACT, MANAGE, READ, REQUEST

router = Door(tags=["recall"])
State = Literal["AWAITING", "REJECTED", "BRIEFED", "CONTACTED", "ANSWERED", "CLOSED", "WITHDRAWN"]
Outcome = Literal["INTERVIEW", "HIRED", "LATER", "DECLINED", "NEVER", "NO_ANSWER", "NOT_NEEDED"]
Answer = Literal["INTERESTED", "LATER", "NO", "NEVER"]


class RecallQuery(Input):
    """Which recalls; `after` is `next` of the page before."""

    state: State | None = None
    mine: bool = False
    q: str = Field(default="", max_length=60)
    after: int | None = Field(default=None, ge=1)


class AskIn(Input):
    """Ask for a person back."""

    candidate_id: int = Field(ge=1)
    requisition_id: int = Field(ge=1)
    words: str = Field(min_length=1, max_length=1000)
    department_ids: list[int] = Field(default_factory=list, max_length=20)
    specialist_id: int | None = Field(default=None, ge=1)


class WordsIn(Input):
    """Words that go with an act."""

    words: str = Field(default="", max_length=300)


class CloseIn(WordsIn):
    """How a recall ended."""

    outcome: Outcome


class TextIn(Input):
    """A message."""

    text: str = Field(max_length=4000)
    template_id: int | None = Field(default=None, ge=1)


class FollowUpIn(WordsIn):
    """What came of a follow-up; `cancel` when it is not needed."""

    cancel: bool = False


class AnswerIn(WordsIn):
    """What the candidate said elsewhere."""

    answer: Answer
    later_on: date | None = None


class TemplateIn(Input):
    """A new version of a template, or a new template under a new key."""

    key: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{1,59}$")
    language: Literal["zh-hans", "en"]
    title: str = Field(min_length=1, max_length=60)
    body: str = Field(min_length=1, max_length=3000)
    kind: Literal["FIRST", "REMINDER", "LATER"] = "FIRST"
    reason: str = Field(default="", max_length=20)


@router.get("/recalls", grant=READ, response=RecallPageOut, operation_id="list_recalls")
def list_recalls(request: ActedRequest, wanted: Query[RecallQuery]) -> Any:
    """Visible recalls, newest first."""
    for name in sorted(set(request.GET) - set(RecallQuery.model_fields)):
        raise InvalidInput(field=name, problem=_("there is no such parameter"), remedy=_("Leave it out."))
    facts = {**wanted.dict(), "state": wanted.state or ""}
    return queries.recall_rows(actor=request.actor, now=clock.now(), **facts)


@router.post("/recalls", grant=REQUEST, response=RecallOut, operation_id="request_recall")
def request_recall(request: ActedRequest, payload: AskIn) -> RecallRequest:
    """Ask for a candidate back; the approval starts at once."""
    return commands.request_recall(actor=request.actor, now=clock.now(), **payload.dict())


@router.get("/recalls/{request_id}", grant=READ, response=RecallViewOut, operation_id="get_recall")
def get_recall(request: ActedRequest, request_id: int) -> Any:
    """One recall: where it stands, the points, the messages, what comes next."""
    return queries.request_view(actor=request.actor, request_id=request_id, now=clock.now())


@router.post(
    "/recalls/{request_id}/withdraw", grant=READ, response=RecallOut, operation_id="withdraw_request"
)
def withdraw_request(request: ActedRequest, request_id: int, payload: WordsIn) -> RecallRequest:
    """Take a recall back."""
    return commands.withdraw_request(
        actor=request.actor, request_id=request_id, words=payload.words, now=clock.now()
    )


@router.post("/recalls/{request_id}/close", grant=CONTACT, response=RecallOut, operation_id="close_request")
def close_request(request: ActedRequest, request_id: int, payload: CloseIn) -> RecallRequest:
    """End a recall with its outcome."""
    return commands.close_request(
        actor=request.actor,
        request_id=request_id,
        outcome=payload.outcome,
        words=payload.words,
        now=clock.now(),
    )


@router.get("/recalls/{request_id}/message", grant=CONTACT, response=TextIn, operation_id="get_message_draft")
def get_message_draft(request: ActedRequest, request_id: int) -> Any:
    """The text a message starts from: the draft as left, else the fitting template filled."""
    view = queries.composer_view(actor=request.actor, request_id=request_id, now=clock.now())
    return {"text": view.text, "template_id": view.template_id}


@router.post(
    "/recalls/{request_id}/message/check", grant=CONTACT, response=CheckOut, operation_id="check_message"
)
def check_message(request: ActedRequest, request_id: int, payload: TextIn) -> Any:
    """What the guard says; changes nothing."""
    return queries.check_text(actor=request.actor, request_id=request_id, text=payload.text, now=clock.now())


@router.post(
    "/recalls/{request_id}/message/draft", grant=CONTACT, response=OutreachOut, operation_id="save_draft"
)
def save_draft(request: ActedRequest, request_id: int, payload: TextIn) -> Outreach:
    """Keep a draft."""
    return commands.save_draft(actor=request.actor, request_id=request_id, now=clock.now(), **payload.dict())


@router.post(
    "/recalls/{request_id}/message", grant=CONTACT, response=OutreachOut, operation_id="send_outreach"
)
def send_outreach(request: ActedRequest, request_id: int, payload: TextIn) -> Outreach:
    """Release a message: it goes to the specialist's phone for one confirming tap."""
    return commands.send_outreach(
        actor=request.actor, request_id=request_id, now=clock.now(), **payload.dict()
    )


@router.post(
    "/recall-messages/{outreach_id}/resend",
    grant=CONTACT,
    response=OutreachOut,
    operation_id="resend_outreach",
)
def resend_outreach(request: ActedRequest, outreach_id: int) -> Outreach:
    """Send a message again whose fate was unknown and that did not arrive."""
    return commands.resend_outreach(actor=request.actor, outreach_id=outreach_id, now=clock.now())


@router.post(
    "/recall-messages/{outreach_id}/answer", grant=CONTACT, response=NotedOut, operation_id="note_answer"
)
def note_answer(request: ActedRequest, outreach_id: int, payload: AnswerIn) -> CandidateAnswer:
    """Note what the candidate said elsewhere."""
    return commands.note_answer(
        actor=request.actor,
        outreach_id=outreach_id,
        kind=payload.answer,
        words=payload.words,
        later_on=payload.later_on,
        now=clock.now(),
    )


@router.post(
    "/recall-follow-ups/{follow_up_id}/done",
    grant=CONTACT,
    response=FollowUpOut,
    operation_id="complete_follow_up",
)
def complete_follow_up(request: ActedRequest, follow_up_id: int, payload: FollowUpIn) -> FollowUp:
    """Note that a follow-up was done, or is not needed."""
    return commands.complete_follow_up(
        actor=request.actor, follow_up_id=follow_up_id, now=clock.now(), **payload.dict()
    )


@router.get("/message-templates", grant=CONTACT, response=list[TemplateOut], operation_id="list_templates")
def list_templates(request: ActedRequest) -> Any:
    """Every active template."""
    return [row for _language, rows in queries.template_groups(actor=request.actor) for row in rows]


@router.post("/message-templates", grant=MANAGE, response=TemplateOut, operation_id="save_template")
def save_template(request: ActedRequest, payload: TemplateIn) -> MessageTemplate:
    """Save a new version of a template."""
    return commands.save_template(actor=request.actor, now=clock.now(), **payload.dict())
