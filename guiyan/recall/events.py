"""What happens in recall. Each names the candidate and the request, so both histories show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from guiyan.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class RecallEvent(Event):
    """Base: something about one request for one candidate."""

    request_id: int
    candidate_id: int
    number: str = ""

    def subjects(self) -> tuple[str, ...]:
        return (f"recall:{self.request_id}", f"candidate:{self.candidate_id}")


@dataclass(frozen=True, kw_only=True)
class RecallRequested(RecallEvent):
    """Somebody asked for a person back."""

    name: ClassVar[str] = "recall.request.requested"
    requisition_id: int


@dataclass(frozen=True, kw_only=True)
class RecallApproved(RecallEvent):
    """All agreed; the brief is ready for the specialist."""

    name: ClassVar[str] = "recall.request.approved"
    specialist_id: int


@dataclass(frozen=True, kw_only=True)
class RecallRejected(RecallEvent):
    """One approver refused."""

    name: ClassVar[str] = "recall.request.rejected"


@dataclass(frozen=True, kw_only=True)
class RecallWithdrawn(RecallEvent):
    """The request was taken back; nothing more is sent."""

    name: ClassVar[str] = "recall.request.withdrawn"


@dataclass(frozen=True, kw_only=True)
class RecallClosed(RecallEvent):
    """The request ended with an outcome."""

    name: ClassVar[str] = "recall.request.closed"
    outcome: str


@dataclass(frozen=True, kw_only=True)
class OutreachEvent(RecallEvent):
    """Base: something about one message."""

    outreach_id: int


@dataclass(frozen=True, kw_only=True)
class OutreachQueued(OutreachEvent):
    """The specialist released a message; a job hands it to the channel."""

    name: ClassVar[str] = "recall.outreach.queued"


@dataclass(frozen=True, kw_only=True)
class OutreachStopped(OutreachEvent):
    """A message was stopped before it left; `why` is the code of the rule."""

    name: ClassVar[str] = "recall.outreach.stopped"
    why: str


@dataclass(frozen=True, kw_only=True)
class OutreachUnknown(OutreachEvent):
    """Nobody can tell whether the message left; a person must look."""

    name: ClassVar[str] = "recall.outreach.unknown"


@dataclass(frozen=True, kw_only=True)
class OutreachMoved(OutreachEvent):
    """A delivery stage was reached: CREATED, CONFIRMED, SENT, OPENED, ANSWERED or FAILED."""

    name: ClassVar[str] = "recall.outreach.moved"
    stage: str
    reached_at: datetime


@dataclass(frozen=True, kw_only=True)
class CandidateAnswered(OutreachEvent):
    """The candidate said something: INTERESTED, LATER, NO or NEVER."""

    name: ClassVar[str] = "recall.candidate.answered"
    answer: str


@dataclass(frozen=True, kw_only=True)
class FollowUpDue(OutreachEvent):
    """A reminder to write or a call to make has come due for the specialist."""

    name: ClassVar[str] = "recall.follow_up.due"
    follow_up_id: int
    kind: str
    assignee_id: int


@dataclass(frozen=True, kw_only=True)
class FollowUpDone(OutreachEvent):
    """The specialist did it, or noted why not."""

    name: ClassVar[str] = "recall.follow_up.done"
    follow_up_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class TemplateSaved(Event):
    """A template got a new version."""

    name: ClassVar[str] = "recall.template.saved"
    key: str
    version: int

    def subjects(self) -> tuple[str, ...]:
        return (f"template:{self.key}",)
