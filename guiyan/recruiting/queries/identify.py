"""Which dossiers hold a contact or bear a name: system reads for whoever brings data in. No viewer is asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from guiyan.kernel.dates import local_day
from guiyan.platform.actors import Actor
from guiyan.platform.fields import index_of
from guiyan.recruiting.models import (
    Application,
    Candidate,
    Communication,
    Disposition,
    Expectation,
    Interview,
    InterviewSeat,
    Remark,
)
from guiyan.recruiting.policies import visible_candidates


@dataclass(slots=True)
class Namesake:
    """One dossier of a name, and what may tell it from another of the same name."""

    candidate_id: int
    positions: set[str] = field(default_factory=set)
    interviewers: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class KnownPath:
    """One application of a dossier, as far as an import needs it to recognise the same meeting."""

    application_id: int
    candidate_id: int
    foreign_number: str
    days: frozenset[date]


def identify(
    *, phones: Iterable[str] = (), emails: Iterable[str] = (), id_numbers: Iterable[str] = ()
) -> dict[tuple[str, str], set[int]]:
    """("phone", value) | ("email", value) | ("id", value) → candidate ids. Main phones only; three statements."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, column, values in (
        ("phone", "phone_index", phones), ("email", "email_index", emails), ("id", "id_number_index", id_numbers),
    ):  # fmt: skip
        by_index = {index: value for value in set(values) if (index := index_of(Candidate, column, value))}
        rows = Candidate.objects.filter(**{f"{column}__in": list(by_index)}).values_list(column, "pk")
        for index, pk in rows if by_index else ():
            found[(kind, by_index[bytes(index)])].add(pk)
    return found


def sees_candidate(actor: Actor, candidate_id: int) -> bool:
    """May this actor change this dossier?"""
    return visible_candidates(actor, "candidate.write").filter(pk=candidate_id).exists()


@dataclass(frozen=True, slots=True)
class Choice:
    """A dossier offered as an answer to "who is this?"."""

    candidate_id: int
    name: str
    line: str


def choices(actor: Actor, names: Iterable[str]) -> dict[str, list[Choice]]:
    """Visible dossiers by exact name, with position and last meeting, newest first. Two statements."""
    found: dict[str, list[Choice]] = defaultdict(list)
    people = visible_candidates(actor).filter(name__in=set(names)).order_by("-last_met_on", "-pk")
    for person in people.prefetch_related("applications")[:500]:
        positions = dict.fromkeys(a.position for a in person.applications.all())
        line = " · ".join([person.last_met_on.isoformat(), *list(positions)[:3]])
        found[person.name].append(Choice(person.pk, person.name, line))
    return found


def namesakes(names: Iterable[str]) -> dict[str, list[Namesake]]:
    """Dossiers by exact name with positions, interviewers and days. Two statements."""
    people: dict[int, Namesake] = {}
    found: dict[str, list[Namesake]] = defaultdict(list)
    for pk, name in Candidate.objects.filter(name__in=set(names)).order_by("pk").values_list("pk", "name"):
        people[pk] = Namesake(pk)
        found[name].append(people[pk])
    seats = InterviewSeat.objects.filter(interview__application__candidate_id__in=people).values_list(
        "interview__application__candidate_id", "interview__application__position", "name", "interview__at"
    )
    for pk, position, interviewer, at in seats:
        people[pk].positions.add(position)
        people[pk].interviewers.add(interviewer)
        people[pk].days.add(local_day(at))
    return found


def paths_of(candidate_ids: Iterable[int]) -> list[KnownPath]:
    """Applications of these dossiers with their meeting days. Two statements."""
    rows = Application.objects.filter(candidate_id__in=set(candidate_ids)).prefetch_related("interviews")
    return [
        KnownPath(
            row.pk,
            row.candidate_id,
            row.foreign_number,
            frozenset(local_day(i.at) for i in row.interviews.all()),
        )
        for row in rows.order_by("pk")
    ]


@dataclass(slots=True)
class HeldFacts:
    """What a dossier holds of the facts an import brings, to check that they arrived."""

    name: str
    contacts: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)
    pay: set[str] = field(default_factory=set)  # the words, and "low–high" in CNY a month


def held_facts(candidate_ids: Iterable[int]) -> dict[int, HeldFacts]:
    """Facts of many dossiers in six statements; a system read for `guiyan import compare`."""
    ids = set(candidate_ids)
    found: dict[int, HeldFacts] = {}
    for person in Candidate.objects.filter(pk__in=ids):
        others = (person.other_phones or "").split("\n")
        contacts = {value for value in (person.phone, person.email, *others) if value}
        found[person.pk] = HeldFacts(person.name, contacts)
    for pk, at in Interview.objects.filter(application__candidate_id__in=ids).values_list(
        "application__candidate_id", "at"
    ):
        found[pk].days.add(local_day(at))
    remarks = Remark.objects.filter(evaluation__seat__interview__application__candidate_id__in=ids)
    for pk, words in remarks.values_list("evaluation__seat__interview__application__candidate_id", "words"):
        found[pk].words.add(words)
    for pk, words in Communication.objects.filter(candidate_id__in=ids).values_list("candidate_id", "words"):
        found[pk].words.add(words)
    for pk, words in Disposition.objects.filter(application__candidate_id__in=ids).values_list(
        "application__candidate_id", "words"
    ):
        found[pk].reasons.add(words)
    for wish in Expectation.objects.filter(candidate_id__in=ids, topic=Expectation.Topic.PAY):
        if wish.pay_words:
            found[wish.candidate_id].pay.add(wish.pay_words)
        sums = [None if amount is None else int(amount) for amount in (wish.pay_min, wish.pay_max)]
        found[wish.candidate_id].pay.add(f"{sums[0]}–{sums[1]}")
    return found
