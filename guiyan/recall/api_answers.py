"""What the API of recall answers."""

from datetime import date, datetime

from ninja import Schema


class RecallOut(Schema):
    """A recall after a change."""

    id: int
    number: str
    candidate_id: int
    requisition_id: int
    state: str
    outcome: str
    outcome_words: str
    words: str
    requester_id: int
    specialist_id: int
    instance_id: int | None
    created_at: datetime
    decided_at: datetime | None
    closed_at: datetime | None


class RecallRowOut(Schema):
    """One line of the list."""

    id: int
    number: str
    candidate_id: int
    name: str
    position: str
    requester: str
    specialist: str
    state: str
    state_words: str
    words: str
    since: datetime
    outcome: str


class RecallPageOut(Schema):
    """A page of recalls; `next` is empty at the end."""

    rows: list[RecallRowOut]
    next: int | None


class SourceOut(Schema):
    """Where a fact comes from."""

    label: str
    kind: str
    url: str


class PointOut(Schema):
    """One talking point."""

    n: int
    code: str
    lead: str
    text: str
    sources: list[SourceOut]
    shareable: bool | None
    stale: str
    clash: str


class StepOut(Schema):
    """One step of the line: done, now, fail, or empty for what is to come."""

    label: str
    note: str
    state: str


class MessageOut(Schema):
    """One message and how far it got."""

    id: int
    kind: str
    text: str
    state: str
    stage: str
    words: str
    sender: str
    reason: str


class TaskOut(Schema):
    """A follow-up."""

    id: int
    kind: str
    title: str
    because: str
    due_at: datetime
    state: str
    words: str


class AnswerRowOut(Schema):
    """An answer of the candidate."""

    kind: str
    label: str
    words: str
    later_on: date | None
    at: datetime
    noted_by: str


class RecallViewOut(Schema):
    """One recall as its page shows it."""

    id: int
    number: str
    candidate_id: int
    name: str
    position: str
    requester: str
    specialist: str
    words: str
    state: str
    state_words: str
    waiting_for: str
    line: list[StepOut]
    points: list[PointOut]
    kept_out: int
    preview: bool
    messages: list[MessageOut]
    tasks: list[TaskOut]
    answers: list[AnswerRowOut]
    outcome: str
    outcome_words: str
    may_write: bool
    may_close: bool
    may_withdraw: bool
    instance_id: int | None


class OutreachOut(Schema):
    """A message after a change."""

    id: int
    request_id: int
    kind: str
    state: str
    stage: str
    text: str
    sender_id: int
    queued_at: datetime | None


class RefusalOut(Schema):
    """Why a sentence must not leave: [start, end) in the text."""

    kind: str
    text: str
    reason: str
    fix: str
    start: int
    end: int


class CheckOut(Schema):
    """What the guard says about a text."""

    refusals: list[RefusalOut]
    passed: list[str]
    contact_problem: str
    contact_fix: str
    can_send: bool


class FollowUpOut(Schema):
    """A follow-up after a change."""

    id: int
    outreach_id: int
    kind: str
    state: str
    due_at: datetime
    done_at: datetime | None
    words: str


class NotedOut(Schema):
    """An answer that was noted."""

    id: int
    outreach_id: int
    kind: str
    words: str
    later_on: date | None
    at: datetime
    noted_by_name: str


class TemplateOut(Schema):
    """One version of a template."""

    id: int
    key: str
    language: str
    version: int
    kind: str
    reason: str
    title: str
    body: str
