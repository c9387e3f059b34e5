"""The rows of one dossier, in nine SQL statements whatever the length of the history."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotFound
from guiyan.people.models import OrganisationChange
from guiyan.platform.actors import Actor
from guiyan.platform.models import EventRow
from guiyan.recruiting import policies
from guiyan.recruiting.conditions import ids_of_paths
from guiyan.recruiting.models import (
    Application,
    Candidate,
    CandidateTag,
    Communication,
    Disposition,
    Expectation,
    Interview,
    ReconsiderCondition,
    Requisition,
    Resume,
    WorkHistory,
)

MOST = 300  # conversations read at once; older ones are on their own page


@dataclass(frozen=True, slots=True)
class Words:
    """One remark."""

    id: int
    words: str
    shareable: bool


@dataclass(slots=True)
class SeatRows:
    """One interviewer of one meeting with what was written."""

    id: int
    name: str
    user_id: int | None
    evaluation_id: int | None
    rating: str
    remarks: list[Words] = field(default_factory=list)


@dataclass(slots=True)
class InterviewRows:
    """One meeting with its interviewers in order."""

    id: int
    application_id: int
    round_name: str
    at: datetime
    time_known: bool
    state: str
    place: str
    source: str
    seats: dict[int, SeatRows] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One job; the day it was said."""

    pk: int
    company: str
    title: str
    words: str
    from_year: int | None
    until_year: int | None
    source: str
    said_on: date | None


@dataclass(frozen=True, slots=True)
class ResumeRow:
    """One résumé; `file_name` None when only its text is kept."""

    pk: int
    pages: int | None
    received_on: date
    source: str
    file_name: str | None


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a dossier, newest first in each list."""

    candidate: Candidate
    tags: tuple[str, ...]
    applications: list[Application]
    interviews: list[InterviewRows]
    conditions: list[ReconsiderCondition]
    communications: list[Communication]
    expectations: list[Expectation]
    work: list[WorkRow]
    resumes: list[ResumeRow]
    requisitions: list[Requisition]
    changes: list[OrganisationChange]
    events: list[EventRow]

    @property
    def disposition(self) -> Disposition | None:
        """The latest ending without a hire."""
        ended = [
            ending
            for application in self.applications
            if (ending := ending_of(application)) and ending.outcome != Disposition.Outcome.HIRED
        ]
        return max(ended, key=lambda ending: (ending.decided_at, ending.pk), default=None)


def ending_of(application: Application) -> Disposition | None:
    """How it ended, without asking the database when the row was joined."""
    return getattr(application, "disposition", None)


def load(actor: Actor, candidate_id: int) -> Rows:
    """Read everything. Raises NotFound when this viewer may not see the person."""
    mine = {"candidate": OuterRef("pk")}
    tags = CandidateTag.objects.filter(**mine).order_by("pk").values("tag__name")
    jobs = _as_json(WorkHistory.objects.filter(**mine).order_by("-from_year", "-pk"), *WORK)
    papers = _as_json(
        Resume.objects.filter(**mine).order_by("-received_on", "-pk"), *RESUME, file_name="file__name"
    )
    people = policies.visible_candidates(actor).select_related("wecom_owner", "owner", "employee")
    candidate = (
        people.annotate(tag_names=ArraySubquery(tags), jobs=ArraySubquery(jobs), papers=ArraySubquery(papers))
        .filter(pk=candidate_id)
        .first()
    )
    if candidate is None:
        raise NotFound()
    applications = list(
        candidate.applications.select_related("requisition", "department", "disposition").order_by(
            "-applied_on", "-pk"
        )
    )
    conditions = list(
        ReconsiderCondition.objects.filter(disposition__application__candidate=candidate)
        .select_related("department")
        .order_by("pk")
    )
    return Rows(
        candidate=candidate,
        tags=tuple(candidate.tag_names),
        applications=applications,
        interviews=_interviews(candidate_id),
        conditions=conditions,
        communications=list(candidate.communications.order_by("-at", "-pk")[:MOST]),
        expectations=list(candidate.expectations.select_related("communication").order_by("-said_on", "-pk")),
        work=[_work_row(row) for row in candidate.jobs],
        resumes=[_resume_row(row) for row in candidate.papers],
        requisitions=_requisitions(conditions),
        changes=_changes(applications, conditions),
        events=list(
            EventRow.objects.filter(
                subjects__contains=[f"candidate:{candidate_id}"], name__startswith="recall."
            ).order_by("-at", "-pk")[:100]
        ),
    )


WORK = ("pk", "company", "title", "words", "from_year", "until_year", "source", "said_on")
RESUME = ("pk", "pages", "received_on", "source")


def _as_json(rows: QuerySet[Any], *fields: str, **renamed: str) -> QuerySet[Any, Any]:
    """Rows as JSON objects, so that short lists ride along with the candidate's own row."""
    return rows.values(json=JSONObject(**dict(zip(fields, fields, strict=True)), **renamed))


def _work_row(row: dict[str, Any]) -> WorkRow:
    return WorkRow(**{**row, "said_on": date.fromisoformat(row["said_on"]) if row["said_on"] else None})


def _resume_row(row: dict[str, Any]) -> ResumeRow:
    return ResumeRow(**{**row, "received_on": date.fromisoformat(row["received_on"])})


_COLUMNS = (
    "pk", "application_id", "round_name", "at", "time_known", "state", "place", "source", "seats__pk", "seats__name",
    "seats__employee__user_id", "seats__evaluation__pk", "seats__evaluation__rating", "seats__evaluation__remarks__pk",
    "seats__evaluation__remarks__words", "seats__evaluation__remarks__shareable",
)  # fmt: skip


def _interviews(candidate_id: int) -> list[InterviewRows]:
    """Meetings, seats, evaluations and remarks in one joined statement."""
    rows = Interview.objects.filter(application__candidate=candidate_id).order_by(
        "-at", "-pk", "seats__pk", "seats__evaluation__remarks__order", "seats__evaluation__remarks__pk"
    )
    found: dict[int, InterviewRows] = {}
    for row in rows.values_list(*_COLUMNS):
        meeting = found.setdefault(row[0], InterviewRows(*row[:8]))
        if row[8] is None:
            continue
        seat = meeting.seats.setdefault(row[8], SeatRows(row[8], row[9], row[10], row[11], row[12] or ""))
        if row[13] is not None:
            seat.remarks.append(Words(row[13], row[14], row[15]))
    return list(found.values())


def _requisitions(conditions: Sequence[ReconsiderCondition]) -> list[Requisition]:
    """Open requisitions the conditions name, and those that met one before."""
    wanted = Q(pk__in=[int(c.met_source[12:]) for c in conditions if c.met_source.startswith("requisition:")])
    for title in {condition.position for condition in conditions if condition.position}:
        wanted |= Q(title__iexact=title, state=Requisition.State.OPEN)
    return list(Requisition.objects.filter(wanted).select_related("department")) if conditions else []


def _changes(
    applications: Sequence[Application], conditions: Sequence[ReconsiderCondition]
) -> list[OrganisationChange]:
    """Changes of the departments concerned, since the first application ended (or began)."""
    departments = [row.department for row in applications] + [row.department for row in conditions]
    paths = [department.path for department in departments if department]
    days = [
        local_day(ending.decided_at) if (ending := ending_of(row)) else row.applied_on for row in applications
    ]
    if not paths:
        return []
    own = OrganisationChange.objects.filter(department_id__in=ids_of_paths(paths))
    since = min(days, default=date.min)
    return list(
        own.filter(effective_on__gt=since).select_related("department").order_by("-effective_on", "-pk")
    )
