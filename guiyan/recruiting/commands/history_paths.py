"""The applications of imported history: number, meeting, interviewers, and how it ended."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from guiyan.kernel.dates import day_bounds, local_day
from guiyan.people.models import Department, Employee
from guiyan.platform.sequences import take_numbers
from guiyan.recruiting.commands.history_rows import HistoryRow
from guiyan.recruiting.models import Application, Candidate, Disposition, Interview, InterviewSeat

NOBODY = "未注明"  # the file names no interviewer; words still need a seat
Outcome = Disposition.Outcome
MeetingKey = tuple[int, date]  # application, day


@dataclass(slots=True)
class Paths:
    """What was written: applications by key, meetings, and the seat that carries each meeting's words."""

    applications: dict[Hashable, Application] = field(default_factory=dict)
    meetings: dict[MeetingKey, list[Interview]] = field(default_factory=lambda: defaultdict(list))
    seats: dict[int, list[InterviewSeat]] = field(default_factory=lambda: defaultdict(list))

    def application_id(self, key: Hashable) -> int | None:
        """Id of the application of a row's key, if it has one."""
        found = self.applications.get(key)
        return found.pk if found else None

    def meeting(self, row: HistoryRow) -> Interview | None:
        """The meeting a row tells of, if its day is known. One file names the round, another does not: one meeting."""
        application = self.applications.get(row.application_key)
        if application is None or row.met_on is None:
            return None
        that_day = self.meetings[(application.pk, row.met_on)]
        wanted = row.round_name[:20]
        same = [meeting for meeting in that_day if meeting.round_name == wanted]
        return next(iter(same or [m for m in that_day if not wanted or not m.round_name]), None)


def write_paths(rows: Sequence[HistoryRow], people: Mapping[Hashable, Candidate], *, now: datetime) -> Paths:
    """Applications, meetings, seats and dispositions of the batch. About ten statements."""
    told = [row for row in rows if row.application_key is not None]
    by_path: dict[Hashable, list[HistoryRow]] = defaultdict(list)
    for row in told:
        by_path[row.application_key].append(row)
    paths = Paths()
    _write_applications(by_path, people, paths, now=now)
    _write_meetings(told, paths)
    _write_seats(told, paths)
    _write_outcomes(by_path, paths, now=now)
    return paths


def _write_applications(
    by_path: Mapping[Hashable, list[HistoryRow]],
    people: Mapping[Hashable, Candidate],
    paths: Paths,
    *,
    now: datetime,
) -> None:
    ids = {row.application_id for rows in by_path.values() for row in rows if row.application_id is not None}
    existing = {
        a.pk: a for a in Application.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    }
    departments = dict(Department.objects.filter(active=True).values_list("name", "pk"))
    new: list[Application] = []
    for key, rows in by_path.items():
        known = next((existing[row.application_id] for row in rows if row.application_id in existing), None)
        if known is not None:
            paths.applications[key] = known
            continue
        made = _application(rows, people[rows[0].person_key], departments, now=now)
        paths.applications[key] = made
        new.append(made)
    by_year: dict[int, list[Application]] = defaultdict(list)
    for application in new:
        by_year[application.applied_on.year].append(application)
    for year, mine in sorted(by_year.items()):
        for application, number in zip(mine, take_numbers("MS", year, len(mine)), strict=True):
            application.number = number
    Application.objects.bulk_create(new, batch_size=500)


def _application(
    rows: Sequence[HistoryRow], person: Candidate, departments: Mapping[str, int], *, now: datetime
) -> Application:
    """A record whose day is unknown counts from the day of import: no day is invented for a meeting."""
    days = [row.met_on for row in rows if row.met_on]
    position = next((row.position for row in rows if row.position), "") or "未注明"
    department = next((row.department_name for row in rows if row.department_name), "")
    ended = any(row.outcome for row in rows)
    return Application(
        candidate=person, position=position[:60], department_id=departments.get(department),
        department_name=department[:60], applied_on=min(days) if days else local_day(now),
        foreign_number=next((row.foreign_number for row in rows if row.foreign_number), "")[:40],
        state=Application.State.CLOSED if ended else Application.State.OPEN, source=rows[0].source[:120], created_at=now,
    )  # fmt: skip


def _write_meetings(rows: Sequence[HistoryRow], paths: Paths) -> None:
    ids = {application.pk for application in paths.applications.values()}
    for known in Interview.objects.filter(application_id__in=ids).order_by("pk"):
        paths.meetings[(known.application_id, local_day(known.at))].append(known)
    new: list[Interview] = []
    named: list[Interview] = []
    for row in rows:
        if row.met_on is None:
            continue
        meeting = paths.meeting(row)
        if meeting is None:
            application = paths.applications[row.application_key]
            meeting = _meeting(row, row.met_on, application)
            paths.meetings[(application.pk, row.met_on)].append(meeting)
            new.append(meeting)
        elif row.round_name and not meeting.round_name:
            meeting.round_name = row.round_name[:20]
            named.append(meeting)
    Interview.objects.bulk_create(new, batch_size=500)
    made = {meeting.pk for meeting in new}
    Interview.objects.bulk_update([meeting for meeting in named if meeting.pk not in made], ["round_name"])


def _meeting(row: HistoryRow, day: date, application: Application) -> Interview:
    missed = row.outcome == Outcome.NO_SHOW
    return Interview(
        application=application, round_name=row.round_name[:20], at=day_bounds(day)[0], time_known=False,
        state=Interview.State.NO_SHOW if missed else Interview.State.DONE, source=row.source[:120],
    )  # fmt: skip


def _write_seats(rows: Sequence[HistoryRow], paths: Paths) -> None:
    """Seats by name; a name that exactly one employee bears is that employee."""
    meetings = {meeting.pk for that_day in paths.meetings.values() for meeting in that_day}
    for seat in InterviewSeat.objects.filter(interview_id__in=meetings).order_by("pk"):
        paths.seats[seat.interview_id].append(seat)
    wanted = {name for row in rows for name in row.interviewers}
    bearers: dict[str, list[int]] = defaultdict(list)
    for name, pk in Employee.objects.filter(name__in=wanted).values_list("name", "pk"):
        bearers[name].append(pk)
    new: list[InterviewSeat] = []
    for row in rows:
        meeting = paths.meeting(row)
        if meeting is None:
            continue
        have = {seat.name for seat in paths.seats[meeting.pk]}
        names = [name[:60] for name in row.interviewers] or ([] if have or not row.evaluation else [NOBODY])
        for name in dict.fromkeys(names):
            if name not in have:
                employee = bearers[name][0] if len(bearers.get(name, ())) == 1 else None
                seat = InterviewSeat(interview=meeting, name=name, employee_id=employee)
                paths.seats[meeting.pk].append(seat)
                new.append(seat)
    InterviewSeat.objects.bulk_create(new, batch_size=500)


def _write_outcomes(by_path: Mapping[Hashable, list[HistoryRow]], paths: Paths, *, now: datetime) -> None:
    """How each application ended: the latest record that says so. One already decided stays as it is."""
    ids = [application.pk for application in paths.applications.values()]
    decided = set(Disposition.objects.filter(application_id__in=ids).values_list("application_id", flat=True))
    new: list[Disposition] = []
    closed: list[Application] = []
    for key, rows in by_path.items():
        application = paths.applications[key]
        ended = [row for row in rows if row.outcome]
        if not ended or application.pk in decided:
            continue
        decided.add(application.pk)
        last = max(ended, key=lambda row: (row.met_on or date.min, bool(row.reason)))
        unnamed = Disposition.Reason.OTHER if last.outcome == Outcome.REJECTED else ""
        new.append(Disposition(
            application=application, outcome=last.outcome, reason=last.reason or unnamed, words=last.reason_words,
            decided_at=day_bounds(last.met_on)[0] if last.met_on else now, source=last.source[:120],
        ))  # fmt: skip
        if application.state == Application.State.OPEN:
            application.state = Application.State.CLOSED
            closed.append(application)
    Disposition.objects.bulk_create(new, batch_size=500)
    Application.objects.bulk_update(closed, ["state"], batch_size=500)
