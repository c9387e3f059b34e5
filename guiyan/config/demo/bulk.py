"""Writes invented people in bulk, for the demo company and for benchmarks. Real history comes through `importing`."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import models, transaction

from guiyan.config.demo.crowd import Person
from guiyan.kernel.names import display_pinyin, initials
from guiyan.people.models import Department, Employee
from guiyan.platform.models import YearSequence
from guiyan.recruiting.models import (
    Application,
    Candidate,
    CandidateTag,
    Communication,
    Disposition,
    Evaluation,
    Expectation,
    Interview,
    InterviewSeat,
    ReconsiderCondition,
    Remark,
    Requisition,
    Tag,
)

BATCH = 2_000
THOUSAND = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in the histories: per department its interviewers, the recruiter, HR and the boss for finals."""

    departments: dict[str, Department]
    interviewers: dict[str, tuple[Employee, ...]]
    recruiter: Employee
    hr: Employee
    boss: Employee


@dataclass
class Sheet:
    """Rows of one batch, parents before children; each list is written by one `bulk_create`."""

    rows: dict[type[models.Model], list[Any]] = field(default_factory=dict)

    def add(self, row: Any) -> Any:
        """Keep a row for the batch and hand it back for its children to point at."""
        self.rows.setdefault(type(row), []).append(row)
        return row

    def save(self) -> None:
        """Write all lists, parents first. Children take their parent's id when they are written."""
        for model in _ORDER:
            rows = self.rows.get(model, [])
            for row in rows:
                _point(row)
            model._default_manager.bulk_create(rows, batch_size=1_000)


_ORDER: tuple[type[models.Model], ...] = (
    Candidate, Application, Interview, InterviewSeat, Evaluation, Remark, Disposition, ReconsiderCondition,
    Communication, Expectation, CandidateTag,
)  # fmt: skip


def _point(row: Any) -> None:
    """A parent got its id only when it was written; take it over now."""
    for relation in row._meta.concrete_fields:
        if relation.is_relation and relation.is_cached(row):
            parent = relation.get_cached_value(row)
            if parent is not None:
                setattr(row, relation.attname, parent.pk)


def write_people(
    people: Iterable[Person], cast: Cast, *, now: datetime, done: Callable[[list[int]], None] = lambda _: None
) -> int:
    """Write people with their whole histories; `done` gets each batch's candidate ids (for the search index)."""
    tags = _tags()
    requisitions: dict[tuple[str, str], Requisition] = {}
    numbers: Counter[int] = Counter({row.year: row.last for row in YearSequence.objects.filter(kind="MS")})
    source, total = iter(people), 0
    while batch := list(islice(source, BATCH)):
        with transaction.atomic():
            sheet = Sheet()
            made = [
                _person(sheet, p, cast, tags, _requisition(requisitions, p, cast, now), numbers, now)
                for p in batch
            ]
            sheet.save()
            for year, last in numbers.items():
                YearSequence.objects.update_or_create(kind="MS", year=year, defaults={"last": last})
            done([candidate.pk for candidate in made])
        total += len(batch)
    return total


def _tags() -> dict[str, Tag]:
    from guiyan.config.demo.words import TAGS

    return {name: Tag.objects.get_or_create(name=name)[0] for name in TAGS}


def _requisition(
    known: dict[tuple[str, str], Requisition], person: Person, cast: Cast, now: datetime
) -> Requisition:
    key = (person.department, person.position)
    if key not in known:
        found = Requisition.objects.filter(
            title=person.position, department=cast.departments[person.department]
        ).first()
        known[key] = found or Requisition.objects.create(
            number=f"ZP-2023-{len(known) + 1:04d}", title=person.position, department=cast.departments[person.department],
            city="苏州", headcount=2, filled=0, state=Requisition.State.ON_HOLD, state_since=date(2026, 6, 30),
            opened_on=date(2023, 1, 9), salary_min=person.band[0] * THOUSAND, salary_max=person.band[1] * THOUSAND,
            recruiter=cast.recruiter, created_at=now,
        )  # fmt: skip
    return known[key]


def _person(
    sheet: Sheet,
    person: Person,
    cast: Cast,
    tags: dict[str, Tag],
    job: Requisition,
    numbers: Counter[int],
    now: datetime,
) -> Candidate:
    candidate: Candidate = sheet.add(_candidate(person, cast, now))
    numbers[person.applied_on.year] += 1
    application = sheet.add(Application(
        number=f"MS-{person.applied_on.year}-{numbers[person.applied_on.year]:06d}", candidate=candidate, requisition=job,
        position=person.position, department=job.department, applied_on=person.applied_on, source=person.source,
        state=Application.State.CLOSED if person.outcome else Application.State.OPEN, recruiter=cast.recruiter, created_at=now,
    ))  # fmt: skip
    for n, _ in enumerate(person.rounds):
        _interview(sheet, person, n, application, cast)
    _talks(sheet, person, candidate, cast)
    _ending(sheet, person, application, job, cast)
    for name in person.tags:
        sheet.add(CandidateTag(candidate=candidate, tag=tags[name], by_name=cast.recruiter.name, at=now))
    return candidate


def _candidate(person: Person, cast: Cast, now: datetime) -> Candidate:
    met = person.closed_at.date() if person.closed_at else person.rounds[-1].at.date()
    friend = cast.recruiter if person.wecom else None
    return Candidate(
        name=person.name, pinyin=display_pinyin(person.name), initials=initials(person.name), city=person.city,
        company=person.company, title=person.title, years=person.years, years_as_of=person.applied_on, school=person.school,
        degree=person.degree, major=person.major, phone=person.phone, email=person.email, source=person.source,
        phone_verified_on=person.applied_on + timedelta(days=2), owner=cast.recruiter, wecom_owner=friend,
        wecom_external_id=f"wmDemo{person.number:08d}" if person.wecom else None,
        wecom_since=met if person.wecom else None, last_met_on=met, created_at=now,
        consent_on=person.applied_on, consent_basis="同意书", consent_until=person.applied_on + timedelta(days=365 * 4),
    )  # fmt: skip


def _interview(sheet: Sheet, person: Person, n: int, application: Application, cast: Cast) -> None:
    meeting = person.rounds[n]
    interview = sheet.add(Interview(
        application=application, round_name=meeting.name, at=meeting.at, place="3 号会议室", state=Interview.State.DONE
    ))  # fmt: skip
    pool = cast.interviewers[person.department]
    seats = {pool[i % len(pool)] for i in meeting.interviewers}
    if meeting.name == "终面" and person.number % 2:
        seats = {cast.boss}
    for order, employee in enumerate(sorted(seats, key=lambda e: e.pk)):
        seat = sheet.add(InterviewSeat(interview=interview, employee=employee, name=employee.name))
        evaluation = sheet.add(
            Evaluation(seat=seat, rating=meeting.rating, written_at=meeting.at + timedelta(hours=2))
        )
        for place, (words, shareable) in enumerate(meeting.remarks[order:] or meeting.remarks):
            sheet.add(Remark(evaluation=evaluation, words=words, shareable=shareable, order=place))


def _talks(sheet: Sheet, person: Person, candidate: Candidate, cast: Cast) -> None:
    screened = datetime.combine(person.applied_on + timedelta(days=2), time(3, 5), UTC)
    call = sheet.add(Communication(
        candidate=candidate, channel="PHONE", direction="BOTH", at=screened, employee=cast.recruiter,
        employee_name=cast.recruiter.name, title="电话初筛", words=person.phone_screen, seconds=300 + person.number % 400,
    ))  # fmt: skip
    sheet.add(Expectation(
        candidate=candidate, topic="PAY", pay_words=f"{person.expects_k}K", pay_min=person.expects_k * THOUSAND,
        said_on=screened.date(), source_kind="call", source="电话初筛", communication=call,
    ))  # fmt: skip
    if person.later_words and person.closed_at:
        sheet.add(Communication(
            candidate=candidate, channel="WECOM" if person.wecom else "PHONE", direction="IN",
            at=person.closed_at + timedelta(days=40), employee=cast.recruiter, employee_name=cast.recruiter.name,
            words=person.later_words, shareable=True,
        ))  # fmt: skip


def _ending(sheet: Sheet, person: Person, application: Application, job: Requisition, cast: Cast) -> None:
    if not person.outcome or person.closed_at is None:
        return
    rejected = person.outcome == "REJECTED"
    end = sheet.add(Disposition(
        application=application, outcome=person.outcome, reason=person.reason if rejected else "",
        words=person.reason_words if rejected else "", decided_by=cast.hr, decided_by_name=cast.hr.name,
        decided_at=person.closed_at,
    ))  # fmt: skip
    if rejected:
        sheet.add(ReconsiderCondition(
            disposition=end, kind=person.condition, words=person.condition_words, department=job.department,
            position=person.position, amount=person.expects_k * THOUSAND if person.condition == "BAND_AT_LEAST" else None,
            on_date=person.applied_on + timedelta(days=180) if person.condition == "DATE_ARRIVES" else None,
        ))  # fmt: skip
