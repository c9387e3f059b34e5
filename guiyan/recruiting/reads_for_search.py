"""Reads made for the search room: all facts of many dossiers at once, for the index and for result cards.

Both cost a fixed number of SQL statements however many candidates are asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, QuerySet, TextChoices

from guiyan.kernel.dates import local_day
from guiyan.platform.actors import Actor
from guiyan.recruiting.models import (
    Application,
    Candidate,
    CandidateTag,
    Communication,
    Disposition,
    Evaluation,
    Expectation,
    Interview,
    ReconsiderCondition,
    Remark,
    Resume,
    WorkHistory,
)


@dataclass(slots=True)
class IndexFacts:
    """What one dossier can be found by. Phones only as blind indexes; pay never."""

    candidate_id: int
    name: str
    city: str
    met_on: date
    phone_indexes: tuple[bytes, ...] = ()
    numbers: set[str] = field(default_factory=set)
    interviewers: set[str] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    companies: set[str] = field(default_factory=set)
    positions: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    departments: set[str] = field(default_factory=set)
    interview_days: set[date] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)


def index_facts(candidate_ids: Sequence[int]) -> list[IndexFacts]:
    """All searchable facts of these candidates. Ten SQL statements; for the index only, no viewer is asked.

    Candidates that do not exist are left out.
    """
    found = {facts.candidate_id: facts for facts in _candidates(candidate_ids)}
    for fill in (_add_applications, _add_seats, _add_texts, _add_work, _add_tags):
        fill(found)
    for facts in found.values():
        facts.met_on = max(facts.interview_days, default=facts.met_on)
    return list(found.values())


_CANDIDATE = [
    "id",
    "name",
    "city",
    "last_met_on",
    "created_at",
    "company",
    "title",
    "school",
    "degree",
    "major",
    "phone_index",
    "phone_tail_index",
]


def _candidates(candidate_ids: Sequence[int]) -> Iterable[IndexFacts]:
    for row in Candidate.objects.filter(pk__in=candidate_ids).values(*_CANDIDATE):
        phones = tuple(bytes(row[name]) for name in ("phone_index", "phone_tail_index") if row[name])
        yield IndexFacts(
            row["id"],
            row["name"],
            row["city"],
            row["last_met_on"] or local_day(row["created_at"]),
            phones,
            companies={row["company"]} - {""},
            titles={row["title"]} - {""},
            texts=[text for text in (row["school"], row["degree"], row["major"]) if text],
        )


def _add_applications(found: dict[int, IndexFacts]) -> None:
    columns = (
        "candidate_id",
        "number",
        "foreign_number",
        "position",
        "department_name",
        "department__name",
        "disposition__reason",
        "disposition__words",
    )
    for candidate, number, foreign, position, named, department, reason, words in Application.objects.filter(
        candidate__in=found
    ).values_list(*columns):
        facts = found[candidate]
        facts.numbers |= {number, foreign} - {""}
        facts.positions |= {position} - {""}
        facts.departments |= {named, department or ""} - {""}
        facts.reasons |= {reason or ""} - {""}
        facts.texts += [words] if words else []


def _add_seats(found: dict[int, IndexFacts]) -> None:
    """Interview days and who sat there; imported meetings may name nobody."""
    rows = Interview.objects.filter(application__candidate__in=found).values_list(
        "application__candidate_id", "at", "seats__name", "seats__employee__name"
    )
    for candidate, at, name, employee in rows:
        found[candidate].interviewers |= {name or "", employee or ""} - {""}
        found[candidate].interview_days.add(local_day(at))


def _add_texts(found: dict[int, IndexFacts]) -> None:
    """Words of evaluations, reconsider conditions, conversations, wishes and résumés."""
    to_candidate = "evaluation__seat__interview__application__candidate_id"
    wishes = Expectation.objects.filter(candidate__in=found).exclude(topic=Expectation.Topic.PAY)
    sources = (
        Remark.objects.filter(**{to_candidate.replace("_id", "__in"): found}).values_list(
            to_candidate, "words"
        ),
        ReconsiderCondition.objects.filter(disposition__application__candidate__in=found).values_list(
            "disposition__application__candidate_id", "words"
        ),
        Communication.objects.filter(candidate__in=found).values_list("candidate_id", "words"),
        wishes.values_list("candidate_id", "words"),
        Resume.objects.filter(candidate__in=found).values_list("candidate_id", "text"),
    )
    for rows in sources:
        for candidate, words in rows:
            if words:
                found[candidate].texts.append(words)


def _add_work(found: dict[int, IndexFacts]) -> None:
    jobs = WorkHistory.objects.filter(candidate__in=found)
    for candidate, company, title, words in jobs.values_list("candidate_id", "company", "title", "words"):
        found[candidate].companies |= {company} - {""}
        found[candidate].titles |= {title} - {""}
        found[candidate].texts += [words] if words else []


def _add_tags(found: dict[int, IndexFacts]) -> None:
    for candidate, tag in CandidateTag.objects.filter(candidate__in=found).values_list(
        "candidate_id", "tag__name"
    ):
        found[candidate].tags.add(tag)


def all_candidate_ids() -> QuerySet[Candidate, int]:
    """Every candidate's id in order, for a rebuild."""
    return Candidate.objects.order_by("pk").values_list("pk", flat=True)


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One remark of one interviewer."""

    round_name: str
    interviewer: str
    day: date
    words: str
    rating: str


@dataclass(frozen=True, slots=True)
class DispositionLine:
    """How one application ended."""

    reason: str
    reason_label: str
    outcome_label: str
    words: str
    day: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """What would change it, and whether the system saw it happen."""

    label: str
    words: str
    met_on: date | None
    met_words: str
    met_source: str


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """One conversation."""

    channel: str
    channel_label: str
    who: str
    day: date
    words: str


@dataclass(slots=True)
class SearchCard:
    """One dossier as a search result may show it. C1 only; every list newest first."""

    id: int
    name: str
    city: str
    company: str
    title: str
    years: int | None
    do_not_contact: bool
    employed_here: bool
    consent_until: date | None
    position: str = ""
    number: str = ""
    requisition_id: int | None = None
    numbers: list[str] = field(default_factory=list)
    interviews: list[tuple[str, str, date]] = field(default_factory=list)
    evaluations: list[EvaluationLine] = field(default_factory=list)
    dispositions: list[DispositionLine] = field(default_factory=list)
    conditions: list[ConditionLine] = field(default_factory=list)
    spoken: list[SpokenLine] = field(default_factory=list)
    jobs: list[tuple[str, str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def search_cards(candidates: QuerySet[Candidate], *, actor: Actor) -> dict[int, SearchCard]:
    """Cards by candidate id. `candidates` must already be visible to `actor` (policies). Seven SQL statements."""
    actor.require("candidate.read")
    columns = [
        "id",
        "name",
        "city",
        "company",
        "title",
        "years",
        "do_not_contact_at",
        "employee_id",
        "consent_until",
    ]
    cards = {
        row["id"]: SearchCard(
            row["id"], row["name"], row["city"], row["company"], row["title"], row["years"],
            row["do_not_contact_at"] is not None, row["employee_id"] is not None, row["consent_until"],
        )
        for row in candidates.values(*columns)
    }  # fmt: skip
    for fill in (
        _card_applications,
        _card_interviews,
        _card_evaluations,
        _card_conditions,
        _card_spoken,
        _card_jobs,
    ):
        fill(cards)
    return cards


def _card_applications(cards: dict[int, SearchCard]) -> None:
    rows = Application.objects.filter(candidate__in=cards).order_by("-applied_on", "-pk")
    for row in rows.select_related("disposition").only(
        "candidate_id", "number", "position", "requisition_id", "disposition"
    ):
        card = cards[row.candidate_id]
        card.numbers.append(row.number)
        if not card.number:
            card.number, card.position, card.requisition_id = row.number, row.position, row.requisition_id
        if ended := getattr(row, "disposition", None):
            card.dispositions.append(_disposition_line(ended))


def _label(choices: type[TextChoices], value: str) -> str:
    """The label of a choice; `get_…_display` hashes every lazy label of the field on each call."""
    return str(choices(value).label) if value else ""


def _disposition_line(ended: Disposition) -> DispositionLine:
    return DispositionLine(
        ended.reason,
        _label(Disposition.Reason, ended.reason),
        _label(Disposition.Outcome, ended.outcome),
        ended.words,
        local_day(ended.decided_at),
        ended.decided_by_name,
    )


def _card_interviews(cards: dict[int, SearchCard]) -> None:
    rows = Interview.objects.filter(application__candidate__in=cards).order_by("-at", "pk", "seats__pk")
    for candidate, round_name, name, at in rows.values_list(
        "application__candidate_id", "round_name", "seats__name", "at"
    ):
        cards[candidate].interviews.append((round_name, name or "", local_day(at)))


def _card_evaluations(cards: dict[int, SearchCard]) -> None:
    path = "evaluation__seat__interview"
    remarks = Remark.objects.filter(**{f"{path}__application__candidate__in": cards}).order_by(
        "-evaluation__seat__interview__at", "order"
    )
    rows = remarks.values_list(
        f"{path}__application__candidate_id",
        f"{path}__round_name",
        "evaluation__seat__name",
        f"{path}__at",
        "words",
        "evaluation__rating",
    )
    for candidate, round_name, name, at, words, rating in rows:
        label = Evaluation.Rating(rating).label if rating else ""
        cards[candidate].evaluations.append(
            EvaluationLine(round_name, name, local_day(at), words, str(label))
        )


def _card_conditions(cards: dict[int, SearchCard]) -> None:
    rows = ReconsiderCondition.objects.filter(disposition__application__candidate__in=cards).annotate(
        candidate_id=F("disposition__application__candidate_id")
    )
    for row in rows.order_by("-disposition__decided_at", "pk").defer("amount"):
        met = local_day(row.met_at) if row.met_at else None
        cards[row.candidate_id].conditions.append(
            ConditionLine(
                _label(ReconsiderCondition.Kind, row.kind), row.words, met, row.met_words, row.met_source
            )
        )


def _card_spoken(cards: dict[int, SearchCard]) -> None:
    rows = Communication.objects.filter(candidate__in=cards).order_by("-at", "-pk")
    for row in rows.only("candidate_id", "channel", "employee_name", "at", "words"):
        cards[row.candidate_id].spoken.append(
            SpokenLine(
                row.channel,
                _label(Communication.Channel, row.channel),
                row.employee_name,
                local_day(row.at),
                row.words,
            )
        )


def _card_jobs(cards: dict[int, SearchCard]) -> None:
    rows = WorkHistory.objects.filter(candidate__in=cards).order_by("-from_year", "-pk")
    for candidate, *job in rows.values_list("candidate_id", "company", "title", "words"):
        cards[candidate].jobs.append((job[0], job[1], job[2]))
