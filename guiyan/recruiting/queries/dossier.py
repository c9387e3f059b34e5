"""The dossier: everything one viewer may know about one candidate, as one frozen value."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiyan.kernel.dates import local_day
from guiyan.platform.actors import Actor
from guiyan.recruiting import policies
from guiyan.recruiting.engine.conditions import Verdict
from guiyan.recruiting.models import Application, Candidate, Interview
from guiyan.recruiting.queries import facts, then, timeline
from guiyan.recruiting.queries.contact import ContactState, counts, state_of
from guiyan.recruiting.queries.load import Rows, load
from guiyan.recruiting.queries.rows import Dossier, Going, MetaLine, ResumeFile, Seat

VERBS = (
    "candidate.write", "candidate.reveal", "application.write", "interview.write", "disposition.write", "communication.write",
    "tag.write", "resume.read", "resume.write", "recall.request", "evaluation.write",
)  # fmt: skip


def dossier(actor: Actor, candidate_id: int, *, now: datetime) -> Dossier:
    """Read one dossier as the actor may see it. Nine SQL statements. Raises NotFound for unseen people.

    Without C4 there is no pay anywhere (absent, and hidden in free words); without C2 no contact, not even masked.
    """
    actor.require("candidate.read")
    rows, today = load(actor, candidate_id), local_day(now)
    pay, contact = policies.reads_pay(actor), policies.reads_contact(actor)
    person = rows.candidate
    wishes = facts.wishes(rows.expectations, pay=pay, today=today)
    ending = rows.disposition
    verdict = then.verdict_of(rows, ending, today) if ending else None
    state = state_of(person, sum(counts(said, now=now) for said in rows.communications), today=today)
    tag, tone, icon = _tag(rows, verdict, state)
    manages = any(power.role == "hr_manager" for power in actor.powers_for("evaluation.write"))
    return Dossier(
        id=person.pk, name=person.name, pinyin=person.pinyin if person.pinyin != person.name else "", tag=tag, tag_tone=tone,
        tag_icon=icon, meta=_meta(person, today), contacts=facts.contacts(person) if contact else (), wecom=_wecom(person),
        consent=facts.consent_line(person), tags=rows.tags,
        then=then.then_of(rows, ending, verdict, pay=pay, clash=facts.clashes(wishes), today=today)
        if ending and verdict
        else None,
        moments=timeline.moments(rows, user_id=actor.user_id, manages=manages, pay=pay, today=today),
        wishes=wishes, work=facts.work(rows.work), files=_files(rows) if actor.may("resume.read") else (),
        applications=facts.applications(rows), reach=facts.reach(rows, state, contact=contact, today=today),
        going=tuple(Going(a.pk, a.number, a.position) for a in rows.applications if a.state == Application.State.OPEN),
        seats=_seats(rows, actor), do_not_contact=person.do_not_contact_at is not None, reads_pay=pay,
        can=frozenset(verb for verb in VERBS if actor.may(verb)),
    )  # fmt: skip


def _tag(rows: Rows, verdict: Verdict | None, state: ContactState) -> tuple[str, str, str]:
    """The one word beside the name: the gravest first."""
    if "do_not_contact" in state.why:
        return _("Do not contact"), "bad", "ban"
    if "employed" in state.why:
        return _("Works here"), "info", "id-badge-2"
    if "consent" in state.why:
        return _("Consent ended"), "wait", "clock-exclamation"
    if any(row.state == Application.State.OPEN for row in rows.applications):
        return _("In the running"), "info", "clock"
    if verdict is not None and verdict.outcome == "met":
        return _("Reconsider condition met"), "ok", "check"
    return "", "", ""


def _meta(person: Candidate, today: date) -> tuple[MetaLine, ...]:
    work = " ・ ".join(part for part in (person.company, person.title) if part)
    school = " ".join(part for part in (person.school, person.major, person.degree) if part)
    years = ""
    if person.years is not None:
        passed = today.year - person.years_as_of.year if person.years_as_of else 0
        total = person.years + passed
        years = ngettext("%(n)d year of experience", "%(n)d years of experience", total) % {"n": total}
    lines = (("briefcase", work), ("map-pin", person.city), ("history", years), ("school", school))
    return tuple(MetaLine(icon, text) for icon, text in lines if text)


def _wecom(person: Candidate) -> str:
    if not person.wecom_external_id:
        return ""
    owner = person.wecom_owner.name if person.wecom_owner else _("nobody")
    return _("WeCom contact: %(name)s") % {"name": owner}


def _files(rows: Rows) -> tuple[ResumeFile, ...]:
    return tuple(ResumeFile(r.pk, r.file_name, r.pages) for r in rows.resumes if r.file_name is not None)


def _seats(rows: Rows, actor: Actor) -> tuple[Seat, ...]:
    """Meetings where the viewer sits and has written nothing yet."""
    if actor.user_id is None:
        return ()
    return tuple(
        Seat(seat.id, meeting.id, meeting.round_name, meeting.at)
        for meeting in rows.interviews
        if meeting.state in {Interview.State.SCHEDULED, Interview.State.DONE}
        for seat in meeting.seats.values()
        if seat.user_id == actor.user_id and seat.evaluation_id is None
    )
