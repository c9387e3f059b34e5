"""Doors about the person: list, dossier, facts, tags, wishes, résumés, contact."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpResponse
from ninja import File, Query, Schema, UploadedFile
from pydantic import Field

from guiyan.platform import clock
from guiyan.platform.api import Door, Input
from guiyan.platform.routes import ActedRequest
from guiyan.recruiting import commands, queries
from guiyan.recruiting.api.shapes import DossierOut, dossier_out
from guiyan.recruiting.pages.candidates import file_answer

Short = Field(default="", max_length=120)


class CandidateFilter(Input):
    """Plain filters; free search is the search room's."""

    q: str = Field(default="", max_length=60)
    state: Literal["", "open", "closed", "hired", "blocked"] = ""
    reason: str = Field(default="", max_length=20)
    tag: str = Field(default="", max_length=30)
    city: str = Field(default="", max_length=40)
    after: str = Field(default="", max_length=60)


class CandidateRowOut(Schema):
    """One candidate in a list."""

    id: int
    name: str
    pinyin: str
    work: str
    city: str
    position: str
    number: str
    standing: str
    last_met_on: date


class CandidatePageOut(Schema):
    """A page; send `after` back for the next one, "" at the end."""

    rows: list[CandidateRowOut]
    after: str


class CandidateFacts(Input):
    """Facts to write; absent ones stay as they are. Phone in any usual writing."""

    salutation: Literal["", "MS", "MR"] | None = None
    phone: str | None = Field(default=None, max_length=40)
    email: str | None = Field(default=None, max_length=120)
    id_number: str | None = Field(default=None, max_length=18)
    city: str | None = Field(default=None, max_length=40)
    company: str | None = Field(default=None, max_length=80)
    title: str | None = Field(default=None, max_length=80)
    years: int | None = Field(default=None, ge=0, le=60)
    school: str | None = Field(default=None, max_length=60)
    degree: str | None = Field(default=None, max_length=20)
    major: str | None = Field(default=None, max_length=60)
    source: str | None = Field(default=None, max_length=120)
    consent_until: date | None = None
    consent_on: date | None = None
    consent_basis: str | None = Field(default=None, max_length=120)


class CandidateIn(CandidateFacts):
    """A new dossier."""

    name: str = Field(min_length=1, max_length=60)


class CandidatePatch(CandidateFacts):
    """Corrections."""

    name: str | None = Field(default=None, min_length=1, max_length=60)


class MadeOut(Schema):
    """What was written."""

    id: int


class TagIn(Input):
    """One tag."""

    name: str = Field(min_length=1, max_length=30)


class WishIn(Input):
    """What the person wants; pay in words and CNY a month."""

    topic: Literal["PAY", "ROLE", "CITY", "TIMING", "OTHER"]
    words: str = Field(default="", max_length=200)
    pay_words: str = Field(default="", max_length=60)
    pay_min: Decimal | None = Field(default=None, ge=0, max_digits=9, decimal_places=2)
    pay_max: Decimal | None = Field(default=None, ge=0, max_digits=9, decimal_places=2)
    said_on: date | None = None
    source: str = Short


class RevealIn(Input):
    """Which masked value, and what for (an identity number needs it)."""

    field: Literal["phone", "email", "wechat", "other_phones", "id_number"]
    purpose: str = Short


class RevealOut(Schema):
    """The plain value; the look is in the log."""

    value: str


class ReasonIn(Input):
    """A sentence that goes with the act."""

    words: str = Field(default="", max_length=200)


def declare(router: Door) -> None:
    """Mount the doors."""
    _reads(router)
    _writes(router)
    _more_writes(router)
    _contact(router)


def _reads(router: Door) -> None:
    @router.get(
        "/candidates", grant="candidate.read", response=CandidatePageOut, operation_id="list_candidates"
    )
    def list_candidates(request: ActedRequest, wanted: Query[CandidateFilter]) -> Any:
        """Candidates you may see, last met first."""
        return queries.candidate_list(request.actor, **wanted.dict())

    @router.get(
        "/candidates/{int:candidate_id}",
        grant="candidate.read",
        response=DossierOut,
        operation_id="get_dossier",
    )
    def get_dossier(request: ActedRequest, candidate_id: int) -> Any:
        """Everything you may know about one candidate. Without the right to pay there is none."""
        return dossier_out(queries.dossier(request.actor, candidate_id, now=clock.now()))

    @router.get(
        "/candidates/{int:candidate_id}/resumes/{int:resume_id}", grant="resume.read", response=None,
        operation_id="take_resume_file",
    )  # fmt: skip
    def take_resume_file(request: ActedRequest, candidate_id: int, resume_id: int) -> HttpResponse:
        """The résumé file, as an attachment."""
        row, content = commands.take_resume_file(
            actor=request.actor, candidate_id=candidate_id, resume_id=resume_id, now=clock.now()
        )
        return file_answer(row, content)


def _writes(router: Door) -> None:
    @router.post("/candidates", grant="candidate.write", response=MadeOut, operation_id="create_candidate")
    def create_candidate(request: ActedRequest, facts: CandidateIn) -> Any:
        """A new dossier."""
        given = facts.dict(exclude_none=True)
        return commands.create_candidate(actor=request.actor, now=clock.now(), **given)

    @router.patch(
        "/candidates/{int:candidate_id}",
        grant="candidate.write",
        response=MadeOut,
        operation_id="update_candidate",
    )
    def update_candidate(request: ActedRequest, candidate_id: int, facts: CandidatePatch) -> Any:
        """Correct facts."""
        given = facts.dict(exclude_none=True)
        return commands.update_candidate(
            actor=request.actor, candidate_id=candidate_id, now=clock.now(), **given
        )

    @router.post(
        "/candidates/{int:candidate_id}/tags", grant="tag.write", response=MadeOut, operation_id="add_tag"
    )
    def add_tag(request: ActedRequest, candidate_id: int, tag: TagIn) -> Any:
        """Put a tag on."""
        return commands.add_tag(
            actor=request.actor, candidate_id=candidate_id, name=tag.name, now=clock.now()
        )

    @router.post(
        "/candidates/{int:candidate_id}/tags/remove",
        grant="tag.write",
        response={204: None},
        operation_id="remove_tag",
    )
    def remove_tag(request: ActedRequest, candidate_id: int, tag: TagIn) -> Any:
        """Take a tag off."""
        commands.remove_tag(actor=request.actor, candidate_id=candidate_id, name=tag.name, now=clock.now())
        return 204, None


def _more_writes(router: Door) -> None:
    @router.post(
        "/candidates/{int:candidate_id}/wishes", grant="communication.write", response=MadeOut,
        operation_id="record_expectation",
    )  # fmt: skip
    def record_expectation(request: ActedRequest, candidate_id: int, wish: WishIn) -> Any:
        """Note what the person wants."""
        return commands.record_expectation(
            actor=request.actor, candidate_id=candidate_id, now=clock.now(), **wish.dict()
        )

    @router.post(
        "/candidates/{int:candidate_id}/resumes",
        grant="resume.write",
        response=MadeOut,
        operation_id="store_resume",
    )
    def store_resume(request: ActedRequest, candidate_id: int, file: File[UploadedFile]) -> Any:
        """Keep a résumé file; the content is judged, not the name."""
        return commands.store_resume(
            actor=request.actor,
            candidate_id=candidate_id,
            content=file.read(),
            file_name=file.name or "",
            now=clock.now(),
        )


def _contact(router: Door) -> None:
    @router.post(
        "/candidates/{int:candidate_id}/reveal",
        grant="candidate.reveal",
        response=RevealOut,
        operation_id="reveal_contact",
    )
    def reveal_contact(request: ActedRequest, candidate_id: int, wanted: RevealIn) -> Any:
        """One masked value in full: logged, at most 30 an hour."""
        value = commands.reveal_contact(
            actor=request.actor, candidate_id=candidate_id, now=clock.now(), **wanted.dict()
        )
        return {"value": value}

    @router.post(
        "/candidates/{int:candidate_id}/do-not-contact", grant="communication.write", response=MadeOut,
        operation_id="set_do_not_contact",
    )  # fmt: skip
    def set_do_not_contact(request: ActedRequest, candidate_id: int, why: ReasonIn) -> Any:
        """The person asked never to be contacted again."""
        return commands.set_do_not_contact(
            actor=request.actor, candidate_id=candidate_id, words=why.words, now=clock.now()
        )
