"""Lists: candidates, openings, today's meetings. Keyset pages, visibility always applied."""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guiyan.kernel.dates import day_bounds
from guiyan.kernel.errors import InvalidInput, NotFound
from guiyan.platform.actors import Actor
from guiyan.platform.classes import C4
from guiyan.platform.fields import index_of
from guiyan.recruiting import policies
from guiyan.recruiting.models import (
    Application,
    Candidate,
    CandidateTag,
    Disposition,
    Interview,
    Requisition,
)

PAGE = 50


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One candidate in a list."""

    id: int
    name: str
    pinyin: str
    work: str
    city: str
    position: str
    number: str
    standing: str
    tone: str
    last_met_on: date


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """A page of candidates; `after` leads to the next one, "" at the end."""

    rows: tuple[CandidateRow, ...]
    after: str


def candidate_list(
    actor: Actor,
    *,
    q: str = "",
    state: str = "",
    reason: str = "",
    tag: str = "",
    city: str = "",
    after: str = "",
    limit: int = PAGE,
) -> CandidatePage:
    """Candidates the actor may see, last met first. One SQL statement (two with a tag that exists nowhere).

    `q` is the beginning of a name, pinyin initials, an interview number or a phone; `state` open, closed, hired or
    blocked. Free search over everything is the search room's. Raises InvalidInput for a broken `after`.
    """
    actor.require("candidate.read")
    rows = _filtered(policies.visible_candidates(actor), q.strip(), state, reason, tag.strip(), city.strip())
    if after:
        day, pk = _cursor(after)
        rows = rows.filter(Q(last_met_on__lt=day) | Q(last_met_on=day, pk__lt=pk))
    last = Application.objects.filter(candidate=OuterRef("pk")).order_by("-applied_on", "-pk")
    found = rows.order_by("-last_met_on", "-pk").annotate(
        position=Subquery(last.values("position")[:1]), number=Subquery(last.values("number")[:1]),
        standing=Subquery(last.values("state")[:1]), outcome=Subquery(last.values("disposition__outcome")[:1]),
    )  # fmt: skip
    columns = (
        "pk", "name", "pinyin", "company", "title", "city", "position", "number", "standing", "outcome", "last_met_on",
        "do_not_contact_at", "employee_id",
    )  # fmt: skip
    page = list(found.values(*columns)[: limit + 1])
    shown = tuple(_candidate_row(row) for row in page[:limit])
    more = len(page) > limit
    return CandidatePage(shown, _mark(shown[-1].last_met_on, shown[-1].id) if more else "")


def _filtered(
    rows: QuerySet[Candidate], q: str, state: str, reason: str, tag: str, city: str
) -> QuerySet[Candidate]:
    mine = Application.objects.filter(candidate=OuterRef("pk"))
    if q:
        rows = rows.filter(_words(q))
    states = {
        "open": Q(Exists(mine.filter(state=Application.State.OPEN))),
        "closed": ~Q(Exists(mine.filter(state=Application.State.OPEN))) & Q(Exists(mine)),
        "hired": Q(Exists(mine.filter(disposition__outcome=Disposition.Outcome.HIRED))),
        "blocked": Q(do_not_contact_at__isnull=False),
    }
    if state:
        if state not in states:
            raise InvalidInput(
                field=_("State"),
                problem=_("“%(raw)s” is unknown.") % {"raw": state[:20]},
                remedy=_("Choose one of the list."),
            )
        rows = rows.filter(states[state])
    if reason:
        rows = rows.filter(Exists(mine.filter(disposition__reason=reason)))
    if tag:
        rows = rows.filter(
            Exists(CandidateTag.objects.filter(candidate=OuterRef("pk"), tag__name__iexact=tag))
        )
    return rows.filter(city__istartswith=city) if city else rows


def _words(q: str) -> Q:
    digits = "".join(sign for sign in q if sign.isdigit())
    by_number = Application.objects.filter(candidate=OuterRef("pk")).filter(
        Q(number__iexact=q) | Q(foreign_number__iexact=q)
    )
    found = Q(name__istartswith=q) | Q(Exists(by_number))
    if q.isascii() and q.isalpha():
        found |= Q(initials__iexact=q)
    if len(digits) == 4 and digits == q:
        found |= Q(phone_tail_index=index_of(Candidate, "phone_tail_index", digits))
    if len(digits) == 11 and digits == q.replace(" ", ""):
        found |= Q(phone_index=index_of(Candidate, "phone_index", f"+86{digits}"))
    return found


def _candidate_row(row: dict[str, object]) -> CandidateRow:
    standing, tone = _standing(row)
    work = " ・ ".join(str(part) for part in (row["company"], row["title"]) if part)
    return CandidateRow(
        int(str(row["pk"])), str(row["name"]), str(row["pinyin"]), work, str(row["city"]), str(row["position"] or ""),
        str(row["number"] or ""), standing, tone, row["last_met_on"],  # type: ignore[arg-type]
    )  # fmt: skip


def _standing(row: dict[str, object]) -> tuple[str, str]:
    if row["do_not_contact_at"]:
        return _("Do not contact"), "bad"
    if row["employee_id"]:
        return _("Works here"), "info"
    if row["outcome"]:
        good = row["outcome"] == Disposition.Outcome.HIRED
        return str(Disposition.Outcome(str(row["outcome"])).label), "ok" if good else "line"
    if row["standing"] == Application.State.OPEN:
        return _("In the running"), "info"
    return "", ""


def _mark(day: date, pk: int) -> str:
    return base64.urlsafe_b64encode(f"{day.isoformat()}|{pk}".encode()).decode().rstrip("=")


def _cursor(after: str) -> tuple[date, int]:
    try:
        day, pk = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode().split("|")
        return date.fromisoformat(day), int(pk)
    except ValueError as error:
        raise InvalidInput(
            field="after", problem=_("This is no place in the list."), remedy=_("Start from the first page.")
        ) from error


@dataclass(frozen=True, slots=True)
class RequisitionRow:
    """One opening in a list. Band None without the right to read pay."""

    id: int
    number: str
    title: str
    department: str
    city: str
    headcount: int
    filled: int
    state: str
    state_label: str
    tone: str
    opened_on: date | None
    salary_min: Decimal | None
    salary_max: Decimal | None
    recruiter: str
    applications: int

    @property
    def vacancies(self) -> int:
        """Places nobody has been hired for."""
        return self.headcount - self.filled


TONES = {"DRAFT": "line", "OPEN": "ok", "ON_HOLD": "wait", "FILLED": "info", "CANCELLED": "bad"}


def requisition_list(actor: Actor, *, state: str = "", q: str = "", limit: int = 200) -> list[RequisitionRow]:
    """Openings the actor may see, open ones first, newest first. One SQL statement."""
    actor.require("requisition.read")
    rows = policies.visible_requisitions(actor)
    if state:
        if state not in Requisition.State.values:
            raise InvalidInput(
                field=_("State"),
                problem=_("“%(raw)s” is unknown.") % {"raw": state[:20]},
                remedy=_("Choose one of the list."),
            )
        rows = rows.filter(state=state)
    if q.strip():
        word = q.strip()
        rows = rows.filter(
            Q(title__icontains=word) | Q(number__iexact=word) | Q(department__name__icontains=word)
        )
    pay = actor.reads("requisition.read", C4)
    found = _with_counts(rows).order_by(F("opened_on").desc(nulls_last=True), "-pk")[:limit]
    first = [row for row in found if row.state == Requisition.State.OPEN]
    return [requisition_row(row, pay=pay) for row in (*first, *(r for r in found if r not in first))]


def _with_counts(rows: QuerySet[Requisition]) -> QuerySet[Requisition]:
    going = Count("applications", filter=Q(applications__state=Application.State.OPEN))
    return rows.select_related("department", "recruiter").annotate(going=going)


def requisition_row(row: Requisition, *, pay: bool) -> RequisitionRow:
    """The row of a requisition annotated with `going`."""
    return RequisitionRow(
        row.pk, row.number, row.title, row.department.name, row.city, row.headcount, row.filled, row.state,
        str(row.get_state_display()), TONES[row.state], row.opened_on, row.salary_min if pay else None,
        row.salary_max if pay else None, row.recruiter.name if row.recruiter else "", getattr(row, "going", 0),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """One person in the running (or not any more) for an opening."""

    application_id: int
    candidate_id: int
    name: str
    number: str
    applied_on: date
    state: str
    standing: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A past candidate whose condition this opening meets."""

    candidate_id: int
    name: str
    reason: str
    words: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class RequisitionView:
    """One opening with its people."""

    row: RequisitionRow
    department_id: int
    recruiter_id: int | None
    duties: str
    reason: str
    state_since: date | None
    created_at: datetime
    applicants: tuple[ApplicantRow, ...]
    waiting: tuple[WaitingRow, ...]
    moves: tuple[str, ...]


def requisition_view(actor: Actor, requisition_id: int) -> RequisitionView:
    """One opening, who is in the running, and who could come back. Three SQL statements. Raises NotFound."""
    actor.require("requisition.read")
    row = _with_counts(policies.visible_requisitions(actor)).filter(pk=requisition_id).first()
    if row is None:
        raise NotFound()
    pay = actor.reads("requisition.read", C4)
    moves = sorted(str(state) for state in Requisition.MOVES.get(Requisition.State(row.state), set()))
    return RequisitionView(
        requisition_row(row, pay=pay), row.department_id, row.recruiter_id, row.duties, row.reason, row.state_since,
        row.created_at, _applicants(actor, requisition_id), _waiting(actor, requisition_id),
        tuple(moves) if actor.may("requisition.write") else (),
    )  # fmt: skip


def _applicants(actor: Actor, requisition_id: int) -> tuple[ApplicantRow, ...]:
    rows = policies.visible_applications(actor).filter(requisition=requisition_id)
    found = rows.select_related("candidate", "disposition").order_by("state", "-applied_on", "-pk")[:200]
    return tuple(
        ApplicantRow(
            a.pk, a.candidate_id, a.candidate.name, a.number, a.applied_on, a.state,
            str(a.disposition.get_outcome_display() if hasattr(a, "disposition") else a.get_state_display()),
        )
        for a in found
    )  # fmt: skip


def _waiting(actor: Actor, requisition_id: int) -> tuple[WaitingRow, ...]:
    """Candidates whose written condition was met by this very opening."""
    met = Disposition.objects.filter(
        conditions__met_source=f"requisition:{requisition_id}",
        application__candidate__in=policies.visible_candidates(actor).filter(
            do_not_contact_at__isnull=True, employee__isnull=True
        ),
    )
    rows = met.select_related("application__candidate").distinct().order_by("-decided_at")[:50]
    return tuple(
        WaitingRow(
            d.application.candidate_id,
            d.application.candidate.name,
            str(d.get_reason_display()),
            d.words,
            d.decided_at,
        )
        for d in rows
    )


@dataclass(frozen=True, slots=True)
class InterviewToday:
    """One meeting of a day."""

    candidate_id: int
    candidate: str
    position: str
    round_name: str
    at: datetime
    place: str
    interviewers: str
    note: str
    interview_id: int
    mine: bool


def interviews_on(actor: Actor, day: date) -> list[InterviewToday]:
    """Meetings of a local day with people the actor may see, earliest first. Two SQL statements."""
    start, end = day_bounds(day)
    reach = policies.visible_applications(actor)
    rows = Interview.objects.filter(
        application__in=reach, at__gte=start, at__lt=end, state=Interview.State.SCHEDULED
    )
    found = (
        rows.select_related("application__candidate").prefetch_related("seats__employee").order_by("at", "pk")
    )
    return [
        InterviewToday(
            i.application.candidate_id, i.application.candidate.name, i.application.position, i.round_name, i.at, i.place,
            pgettext("between names", ", ").join(seat.name for seat in i.seats.all()), "", i.pk,
            any(s.employee is not None and s.employee.user_id == actor.user_id for s in i.seats.all()),
        )
        for i in found
    ]  # fmt: skip
