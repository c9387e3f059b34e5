"""What happens in recruiting. Events of one person carry `candidate_id`: search re-reads that dossier on each."""

from dataclasses import dataclass
from typing import ClassVar

from guiyan.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class CandidateEvent(Event):
    """Base: something about one candidate."""

    candidate_id: int

    def subjects(self) -> tuple[str, ...]:
        return (f"candidate:{self.candidate_id}",)


@dataclass(frozen=True, kw_only=True)
class CandidateCreated(CandidateEvent):
    """A dossier exists."""

    name: ClassVar[str] = "recruiting.candidate.created"
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class CandidateChanged(CandidateEvent):
    """Facts about the person were corrected; `fields` are column names, never values."""

    name: ClassVar[str] = "recruiting.candidate.changed"
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApplicationOpened(CandidateEvent):
    """The person applied, or was put forward. `reopened`: a closed application goes on."""

    name: ClassVar[str] = "recruiting.application.opened"
    application_id: int
    reopened: bool = False


@dataclass(frozen=True, kw_only=True)
class ApplicationClosed(CandidateEvent):
    """An application ended with an outcome and, when nobody was hired, a reason."""

    name: ClassVar[str] = "recruiting.application.closed"
    application_id: int
    outcome: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class InterviewScheduled(CandidateEvent):
    """A meeting has a time and interviewers."""

    name: ClassVar[str] = "recruiting.interview.scheduled"
    interview_id: int


@dataclass(frozen=True, kw_only=True)
class InterviewEnded(CandidateEvent):
    """A meeting was held, called off, or the person did not come (`state`)."""

    name: ClassVar[str] = "recruiting.interview.ended"
    interview_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class EvaluationWritten(CandidateEvent):
    """An interviewer judged, or changed what may be shared."""

    name: ClassVar[str] = "recruiting.evaluation.written"
    evaluation_id: int


@dataclass(frozen=True, kw_only=True)
class CommunicationRecorded(CandidateEvent):
    """Something was said between company and candidate."""

    name: ClassVar[str] = "recruiting.communication.recorded"
    communication_id: int
    channel: str
    direction: str


@dataclass(frozen=True, kw_only=True)
class ExpectationRecorded(CandidateEvent):
    """The person said what they want. The value itself is never in the event."""

    name: ClassVar[str] = "recruiting.expectation.recorded"
    expectation_id: int
    topic: str


@dataclass(frozen=True, kw_only=True)
class TagsChanged(CandidateEvent):
    """A tag was put on or taken off."""

    name: ClassVar[str] = "recruiting.tags.changed"
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResumeStored(CandidateEvent):
    """A résumé arrived."""

    name: ClassVar[str] = "recruiting.resume.stored"
    resume_id: int


@dataclass(frozen=True, kw_only=True)
class ResumeOpened(CandidateEvent):
    """Somebody took the résumé file out."""

    name: ClassVar[str] = "recruiting.resume.opened"
    resume_id: int


@dataclass(frozen=True, kw_only=True)
class ContactRevealed(CandidateEvent):
    """Somebody looked at a masked value. `field` names it; the value stays in its column."""

    name: ClassVar[str] = "recruiting.contact.revealed"
    field: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class DoNotContactSet(CandidateEvent):
    """The person does not want to be contacted any more (or, `lifted`, allows it again)."""

    name: ClassVar[str] = "recruiting.do_not_contact.set"
    lifted: bool = False


@dataclass(frozen=True, kw_only=True)
class WecomLinked(CandidateEvent):
    """The person is a WeCom contact of an employee."""

    name: ClassVar[str] = "recruiting.wecom.linked"
    employee_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConditionMet(CandidateEvent):
    """What had to change has changed: the radar may offer this person."""

    name: ClassVar[str] = "recruiting.condition.met"
    disposition_id: int
    condition_ids: tuple[int, ...]
    requisition_id: int | None = None
    change_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RequisitionEvent(Event):
    """Base: something about one opening."""

    requisition_id: int

    def subjects(self) -> tuple[str, ...]:
        return (f"requisition:{self.requisition_id}",)


@dataclass(frozen=True, kw_only=True)
class RequisitionOpened(RequisitionEvent):
    """The company looks for somebody (`reopened`: again)."""

    name: ClassVar[str] = "recruiting.requisition.opened"
    reopened: bool = False


@dataclass(frozen=True, kw_only=True)
class RequisitionChanged(RequisitionEvent):
    """Facts, band or state of an opening changed; `state` is what holds now."""

    name: ClassVar[str] = "recruiting.requisition.changed"
    state: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HistoryRecorded(Event):
    """A batch of imported history was written: these dossiers changed."""

    name: ClassVar[str] = "recruiting.history.recorded"
    candidate_ids: tuple[int, ...]
    source: str = ""
