"""The company's own words, distinct, for understanding what people search for."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from guiyan.people.models import Department
from guiyan.recruiting.models import Application, Candidate, InterviewSeat, Tag, WorkHistory


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The company's own words, distinct, for understanding queries."""

    interviewers: list[tuple[str, str]]
    positions: list[str]
    cities: list[str]
    companies: list[str]
    tags: list[str]
    departments: list[str]


def known_words(limit: int = 20_000) -> KnownWords:
    """Interviewers (name, title), positions, cities, employers, tags and departments. Seven SQL statements.

    At most `limit` of each, the most frequent first. Grows with the tables: the caller keeps the answer.
    """

    def frequent(rows: QuerySet[Any], column: str) -> list[str]:
        counted = rows.exclude(**{column: ""}).values(column).annotate(times=Count("pk"))
        return list(counted.order_by("-times", column).values_list(column, flat=True)[:limit])

    people = Candidate.objects.all()
    seats = InterviewSeat.objects.values_list("name", "employee__name", "employee__title").distinct()
    interviewers: dict[str, str] = {}
    for name, employee, title in seats[:limit]:
        interviewers.setdefault(name, "")
        if employee:
            interviewers[employee] = title
    jobs = frequent(WorkHistory.objects.all(), "company")
    return KnownWords(
        interviewers=sorted(interviewers.items()),
        positions=frequent(Application.objects.all(), "position"),
        cities=frequent(people, "city"),
        companies=list(dict.fromkeys([*frequent(people, "company"), *jobs])),
        tags=list(Tag.objects.values_list("name", flat=True)[:limit]),
        departments=list(Department.objects.values_list("name", flat=True)[:limit]),
    )
