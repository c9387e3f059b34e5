"""Doors about applications, meetings, evaluations and conversations."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from guiyan.platform import clock
from guiyan.platform.api import Door, Input
from guiyan.platform.routes import ActedRequest
from guiyan.recruiting import commands
from guiyan.recruiting.api.candidates import MadeOut


class CommunicationIn(Input):
    """Something that was said; words wholly in 「」 are kept as a quotation."""

    channel: Literal["PHONE", "WECOM", "WECHAT", "EMAIL", "SMS", "MEETING", "PAGE", "NOTE"]
    direction: Literal["OUT", "IN", "BOTH"]
    words: str = Field(min_length=1, max_length=5000)
    at: AwareDatetime | None = None
    title: str = Field(default="", max_length=60)
    shareable: bool = False
    seconds: int | None = Field(default=None, ge=0)


class ApplicationIn(Input):
    """For which open requisition."""

    requisition_id: int
    applied_on: date | None = None
    source: str = Field(default="", max_length=120)


class ApplicationOut(Schema):
    """The application with its interview number."""

    id: int
    number: str
    state: str


class ConditionIn(Input):
    """What would have to change."""

    kind: str = Field(max_length=20)
    words: str = Field(default="", max_length=200)
    department_id: int | None = None
    position: str = Field(default="", max_length=60)
    amount: Decimal | None = Field(default=None, ge=0, max_digits=9, decimal_places=2)
    on_date: date | None = None


class ClosingIn(Input):
    """How it ended. A rejection needs a reason and at least one condition."""

    outcome: Literal["REJECTED", "HIRED", "WITHDREW", "NO_SHOW"]
    reason: str = Field(default="", max_length=20)
    words: str = Field(default="", max_length=2000)
    shareable_words: str = Field(default="", max_length=200)
    conditions: list[ConditionIn] = Field(default_factory=list, max_length=10)


class InterviewIn(Input):
    """A meeting; interviewers are employee ids."""

    round_name: str = Field(min_length=1, max_length=20)
    at: AwareDatetime
    interviewers: list[int] = Field(min_length=1, max_length=12)
    place: str = Field(default="", max_length=60)


class InterviewOut(Schema):
    """The meeting."""

    id: int
    round_name: str
    at: datetime
    state: str


class EndIn(Input):
    """What became of it."""

    state: Literal["DONE", "CANCELLED", "NO_SHOW"]


class RemarkIn(Input):
    """One thought, and whether it may reach the candidate."""

    words: str = Field(min_length=1, max_length=2000)
    shareable: bool = False


class EvaluationIn(Input):
    """A rating and remarks."""

    rating: Literal["STRONG_YES", "YES", "HIRE", "UNSURE", "NO"]
    remarks: list[RemarkIn] = Field(min_length=1, max_length=20)


class ShareIn(Input):
    """Release or take back."""

    shareable: bool


def declare(router: Door) -> None:
    """Mount the doors."""
    _applications(router)
    _interviews(router)


def _applications(router: Door) -> None:
    @router.post(
        "/candidates/{int:candidate_id}/communications", grant="communication.write", response=MadeOut,
        operation_id="record_communication",
    )  # fmt: skip
    def record_communication(request: ActedRequest, candidate_id: int, said: CommunicationIn) -> Any:
        """Note what was said."""
        return commands.record_communication(
            actor=request.actor, candidate_id=candidate_id, now=clock.now(), **said.dict()
        )

    @router.post(
        "/candidates/{int:candidate_id}/applications", grant="application.write", response=ApplicationOut,
        operation_id="open_application",
    )  # fmt: skip
    def open_application(request: ActedRequest, candidate_id: int, wanted: ApplicationIn) -> Any:
        """Put the person forward for an open requisition."""
        return commands.open_application(
            actor=request.actor, candidate_id=candidate_id, now=clock.now(), **wanted.dict()
        )

    @router.post(
        "/applications/{int:application_id}/close", grant="disposition.write", response=MadeOut,
        operation_id="close_application",
    )  # fmt: skip
    def close_application(request: ActedRequest, application_id: int, ending: ClosingIn) -> Any:
        """End it with a reason and what would change it."""
        facts = ending.dict()
        conditions = [{k: v for k, v in c.items() if v not in {None, ""}} for c in facts.pop("conditions")]
        return commands.close_application(
            actor=request.actor, application_id=application_id, conditions=conditions, now=clock.now(), **facts  # type: ignore[arg-type]
        )  # fmt: skip

    @router.post(
        "/applications/{int:application_id}/reopen", grant="application.write", response=ApplicationOut,
        operation_id="reopen_application",
    )  # fmt: skip
    def reopen_application(request: ActedRequest, application_id: int) -> Any:
        """Go on with a closed application."""
        return commands.reopen_application(
            actor=request.actor, application_id=application_id, now=clock.now()
        )


def _interviews(router: Door) -> None:
    @router.post(
        "/applications/{int:application_id}/interviews", grant="interview.write", response=InterviewOut,
        operation_id="schedule_interview",
    )  # fmt: skip
    def schedule_interview(request: ActedRequest, application_id: int, wanted: InterviewIn) -> Any:
        """Fix a meeting."""
        return commands.schedule_interview(
            actor=request.actor, application_id=application_id, now=clock.now(), **wanted.dict()
        )

    @router.post(
        "/interviews/{int:interview_id}/end",
        grant="interview.write",
        response=InterviewOut,
        operation_id="end_interview",
    )
    def end_interview(request: ActedRequest, interview_id: int, end: EndIn) -> Any:
        """Held, cancelled, or nobody came."""
        return commands.end_interview(
            actor=request.actor, interview_id=interview_id, state=end.state, now=clock.now()
        )

    @router.post(
        "/interviews/{int:interview_id}/evaluation", grant="evaluation.write", response=MadeOut,
        operation_id="write_evaluation",
    )  # fmt: skip
    def write_evaluation(request: ActedRequest, interview_id: int, written: EvaluationIn) -> Any:
        """Your own judgement of a meeting where you sat."""
        remarks = [(remark.words, remark.shareable) for remark in written.remarks]
        return commands.write_evaluation(
            actor=request.actor,
            interview_id=interview_id,
            rating=written.rating,
            remarks=remarks,
            now=clock.now(),
        )

    @router.post(
        "/remarks/{int:remark_id}/share",
        grant="evaluation.write",
        response=MadeOut,
        operation_id="set_remark_shareable",
    )
    def set_remark_shareable(request: ActedRequest, remark_id: int, wanted: ShareIn) -> Any:
        """Release a remark for the candidate, or take it back."""
        return commands.set_remark_shareable(
            actor=request.actor, remark_id=remark_id, shareable=wanted.shareable, now=clock.now()
        )
