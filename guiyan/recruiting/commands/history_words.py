"""The words of imported history: evaluations, wishes, pay, notes, jobs and tags."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime

from guiyan.kernel.dates import day_bounds, local_day
from guiyan.recruiting.commands.history_paths import Paths
from guiyan.recruiting.commands.history_rows import HistoryRow
from guiyan.recruiting.models import (
    Candidate,
    CandidateTag,
    Communication,
    Evaluation,
    Expectation,
    InterviewSeat,
    Remark,
    Tag,
    WorkHistory,
)

SOURCE_KIND = "IMPORT"
People = Mapping[Hashable, Candidate]


def write_words(rows: Sequence[HistoryRow], people: People, paths: Paths, *, now: datetime) -> None:
    """Everything said, once: words that a dossier already has are not written again. About fifteen statements."""
    _write_evaluations(rows, paths)
    _write_notes(rows, people, paths, now=now)
    _write_wishes(rows, people, now=now)
    _write_jobs(rows, people, now=now)
    _write_tags(rows, people, now=now)


def _write_evaluations(rows: Sequence[HistoryRow], paths: Paths) -> None:
    """One evaluation on the first seat of a meeting; two files' different words are two remarks."""
    words: dict[int, dict[str, HistoryRow]] = defaultdict(dict)  # seat id → words → who told them first
    seats: dict[int, InterviewSeat] = {}
    for row in rows:
        meeting = paths.meeting(row)
        if meeting is not None and row.evaluation and paths.seats[meeting.pk]:
            seat = paths.seats[meeting.pk][0]
            seats[seat.pk] = seat
            words[seat.pk].setdefault(row.evaluation, row)
    have = {e.seat_id: e for e in Evaluation.objects.filter(seat_id__in=seats).prefetch_related("remarks")}
    new = {
        pk: Evaluation(
            seat=seat, written_at=day_bounds(row.met_on)[0], source=row.source[:120],
        )
        for pk, seat in seats.items()
        if pk not in have and (row := next(iter(words[pk].values()))).met_on is not None
    }  # fmt: skip
    Evaluation.objects.bulk_create(new.values(), batch_size=500)
    remarks: list[Remark] = []
    for pk, told in words.items():
        evaluation = have.get(pk) or new.get(pk)
        if evaluation is None:
            continue
        said = {remark.words for remark in evaluation.remarks.all()} if pk in have else set()
        fresh = [text for text in told if text not in said]
        remarks += [
            Remark(evaluation=evaluation, words=text, order=len(said) + i) for i, text in enumerate(fresh)
        ]
    Remark.objects.bulk_create(remarks, batch_size=500)


def _write_notes(rows: Sequence[HistoryRow], people: People, paths: Paths, *, now: datetime) -> None:
    """Remarks of the file, and evaluations of a meeting whose day is unknown, as notes."""
    ids = {person.pk for person in people.values()}
    notes = Communication.objects.filter(candidate_id__in=ids, channel=Communication.Channel.NOTE)
    have = set(notes.values_list("candidate_id", "words"))
    new: list[Communication] = []
    for row in rows:
        person = people[row.person_key]
        lost = [row.evaluation] if row.evaluation and paths.meeting(row) is None else []
        for text in (*lost, *row.notes):
            if (person.pk, text) in have:
                continue
            have.add((person.pk, text))
            new.append(Communication(
                candidate=person, application_id=paths.application_id(row.application_key), channel=Communication.Channel.NOTE,
                direction=Communication.Direction.BOTH, at=day_bounds(row.met_on)[0] if row.met_on else now,
                time_known=False, employee_name="、".join(row.interviewers)[:60] if text in lost else "", words=text,
                source=row.source[:120],
            ))  # fmt: skip
    Communication.objects.bulk_create(new, batch_size=500)


def _write_wishes(rows: Sequence[HistoryRow], people: People, *, now: datetime) -> None:
    """Pay and other wishes, as said on the day of the meeting (or of import). The same sum in other words is one."""
    ids = {person.pk for person in people.values()}
    have = {
        _wish_key(wish) for wish in Expectation.objects.filter(candidate_id__in=ids, source_kind=SOURCE_KIND)
    }
    new: list[Expectation] = []
    for row in rows:
        told = [Expectation(topic=Expectation.Topic.OTHER, words=wish[:200]) for wish in row.wishes]
        if row.pay_words:
            told.append(Expectation(
                topic=Expectation.Topic.PAY, pay_words=row.pay_words, pay_min=row.pay_min, pay_max=row.pay_max,
            ))  # fmt: skip
        for wish in told:
            wish.candidate, wish.said_on = people[row.person_key], row.met_on or local_day(now)
            wish.source_kind, wish.source = SOURCE_KIND, row.source[:120]
            if _wish_key(wish) not in have:
                have.add(_wish_key(wish))
                new.append(wish)
    Expectation.objects.bulk_create(new, batch_size=500)


def _wish_key(wish: Expectation) -> tuple[object, ...]:
    """What makes two wishes one: person, day, and the sum (or the words where there is none)."""
    sums = tuple(None if amount is None else int(amount) for amount in (wish.pay_min, wish.pay_max))
    said = wish.words or (sums if any(sums) else wish.pay_words)
    return wish.candidate_id, str(wish.topic), said, wish.said_on


def _write_jobs(rows: Sequence[HistoryRow], people: People, *, now: datetime) -> None:
    ids = {person.pk for person in people.values()}
    have = set(WorkHistory.objects.filter(candidate_id__in=ids).values_list("candidate_id", "company"))
    new: list[WorkHistory] = []
    for row in rows:
        person, company = people[row.person_key], row.company[:80]
        if company and (person.pk, company) not in have:
            have.add((person.pk, company))
            new.append(WorkHistory(
                candidate=person, company=company, title=row.title[:80], source=row.source[:120],
                said_on=row.met_on or local_day(now),
            ))  # fmt: skip
    WorkHistory.objects.bulk_create(new, batch_size=500)


def _write_tags(rows: Sequence[HistoryRow], people: People, *, now: datetime) -> None:
    """Tags by name without regard to case."""
    wanted = {tag[:30] for row in rows for tag in row.tags}
    if not wanted:
        return
    known = {tag.name.lower(): tag for tag in Tag.objects.all()}
    Tag.objects.bulk_create(
        [
            Tag(name=name)
            for key, name in {tag.lower(): tag for tag in sorted(wanted)}.items()
            if key not in known
        ],
        ignore_conflicts=True,
    )
    known = {tag.name.lower(): tag for tag in Tag.objects.all()}
    links = {
        (people[row.person_key].pk, known[tag[:30].lower()].pk)
        for row in rows
        for tag in row.tags
        if tag[:30].lower() in known
    }
    CandidateTag.objects.bulk_create(
        [CandidateTag(candidate_id=person, tag_id=tag, by_name=SOURCE_KIND, at=now) for person, tag in sorted(links)],
        ignore_conflicts=True, batch_size=500,
    )  # fmt: skip
