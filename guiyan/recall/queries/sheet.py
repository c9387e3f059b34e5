"""The sheet with which a boss asks for a person back: jobs, approvers, what travels along, what stands in the way."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guiyan.accounts import queries as accounts
from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import Refused
from guiyan.people import queries as people
from guiyan.people.directory import PeopleDirectory
from guiyan.platform.actors import Actor
from guiyan.platform.api import refusal_words
from guiyan.platform.classes import C4
from guiyan.recall import below, policies, rules
from guiyan.recall.briefs import lang_of
from guiyan.recall.commands.requests import specialist_for
from guiyan.recall.engine import brief
from guiyan.recall.facts import dossier_of
from guiyan.recall.models.requests import Candidate, Requisition
from guiyan.recall.queries.rows import day_words

MOST_JOBS = 5


@dataclass(frozen=True, slots=True)
class JobOption:
    """An opening to choose: `fits` says that the reconsider condition points to it."""

    id: int
    title: str
    text: str
    fits: bool
    department_id: int


@dataclass(frozen=True, slots=True)
class ApproverOption:
    """Someone who will be asked. `department_id` 0 = always asked (HR); `required` cannot be unticked."""

    department_id: int
    name: str
    role: str
    note: str
    required: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """Everything the sheet shows; `blocked` and `fix` replace the form when the person may not be recalled."""

    candidate_id: int
    name: str
    line: str
    jobs: list[JobOption]
    chosen_job: int | None
    approvers: list[ApproverOption]
    carried: str
    warning: str
    specialist: str
    blocked: str
    fix: str


def sheet_view(
    *, actor: Actor, candidate_id: int, now: datetime, requisition_id: int | None = None
) -> SheetView:
    """The sheet for one candidate; the job that fits comes first and is chosen. Raises NotAllowed, NotFound."""
    actor.require(policies.REQUEST)
    candidate = below.candidate_for(actor, candidate_id)
    today = local_day(now)
    jobs = _jobs(actor, candidate, today)
    chosen = next((each for each in jobs if each.id == requisition_id), jobs[0] if jobs else None)
    requisition = below.requisition_for(actor, chosen.id) if chosen else None
    refusal = rules.recall_refusal(candidate, requisition, today=today)
    blocked, fix = refusal_words(refusal) if refusal else ("", "")
    if not jobs and not blocked:
        blocked, fix = _("No job is open that you can name."), _("Open a requisition first.")
    carried, warning = _carried(candidate, requisition, actor, today) if requisition else ("", "")
    return SheetView(
        candidate_id=candidate.pk,
        name=candidate.name,
        line=" · ".join(part for part in (candidate.company, candidate.title) if part),
        jobs=jobs,
        chosen_job=chosen.id if chosen else None,
        approvers=_approvers(actor, requisition) if requisition else [],
        carried=carried,
        warning=warning,
        specialist=_specialist(candidate, requisition, now),
        blocked=blocked,
        fix=fix,
    )


def _jobs(actor: Actor, candidate: Candidate, today: date) -> list[JobOption]:
    """Open jobs, those the person applied for or whose condition names them on top; at most MOST_JOBS."""
    wanted = _wanted_titles(candidate)
    every = below.requisitions(actor).order_by("-opened_on", "-pk")
    rows = list(every.filter(state="OPEN")[:200]) or list(every.filter(state__in=["ON_HOLD", "DRAFT"])[:200])
    ranked = sorted(rows, key=lambda each: (each.title not in wanted, each.state != "OPEN"))
    return [
        _job(each, actor, today, fits=each.title in wanted and each.state == "OPEN")
        for each in ranked[:MOST_JOBS]
    ]


def _wanted_titles(candidate: Candidate) -> set[str]:
    titles = set(candidate.applications.values_list("position", flat=True))
    titles |= set(
        candidate.applications.filter(disposition__conditions__isnull=False).values_list(
            "disposition__conditions__position", flat=True
        )
    )
    return {each for each in titles if each}


def _job(row: Requisition, actor: Actor, today: date, *, fits: bool) -> JobOption:
    parts = []
    if row.state == row.State.OPEN and row.opened_on is not None:
        day = day_words(row.opened_on)
        verb = _("reopened %(day)s") if local_day(row.created_at) < row.opened_on else _("opened %(day)s")
        parts.append(verb % {"day": day})
    elif row.state != row.State.OPEN:
        parts.append(str(row.get_state_display()))
    parts.append(_("%(n)s vacant") % {"n": max(row.headcount - row.filled, 0)})
    if actor.reads("requisition.read", C4):
        parts.append(brief.pay_in_k(row.salary_min, row.salary_max))
    parts.append(row.department.name)
    return JobOption(row.pk, row.title, _("; ").join(part for part in parts if part), fits, row.department_id)


def _approvers(actor: Actor, requisition: Requisition) -> list[ApproverOption]:
    """Who will be asked by the default flow, and which heads can be added. Names as of now."""
    directory = PeopleDirectory()
    hr = [
        each
        for each in directory.users_with_role("hr_manager", requisition.department_id)
        if each != actor.user_id
    ]
    names = accounts.names_of(set(hr))
    found = (
        [
            ApproverOption(
                0,
                "、".join(names[each] for each in hr),
                _("HR manager"),
                _("checks the information; needed"),
                True,
            )
        ]
        if hr
        else []
    )
    found += _heads(actor, requisition, directory, set(names.values()))
    return found


def _heads(
    actor: Actor, requisition: Requisition, directory: PeopleDirectory, asked: set[str]
) -> list[ApproverOption]:
    if not actor.may("organisation.read"):
        return []
    rows = [each for each in people.departments(actor=actor) if each.head_name and each.depth <= 1]
    head = directory.department_head(requisition.department_id)
    own = accounts.names_of({head}).get(head, "") if head else ""
    taken = {own, actor.name, *asked}
    needed = ApproverOption(
        requisition.department_id, own, requisition.department.name, _("job and pay; needed"), True
    )
    others = [
        ApproverOption(each.id, each.head_name, each.name, _("can be added"), False)
        for each in rows
        if each.id != requisition.department_id and each.head_name not in taken
    ]
    return [needed, *others[:6]] if own else others[:6]


def _carried(candidate: Candidate, requisition: Requisition, actor: Actor, today: date) -> tuple[str, str]:
    requester = below.user_of(actor)
    dossier = dossier_of(
        candidate, requisition, requester=requester, today=today, lang=lang_of(get_language() or "")
    )
    evaluations = len({each.source.id for each in dossier.remarks})
    parts = [_("%(n)s evaluations") % {"n": evaluations}] if evaluations else []
    if dossier.disposition is not None:
        parts.append(_("why it did not work"))
    if dossier.talks:
        parts.append(_("the last %(n)s conversations") % {"n": min(len(dossier.talks), 3)})
    warning = _("There are two statements about pay.") if brief.pay_conflict(dossier.expectations) else ""
    return (_(", ").join(parts), warning)


def _specialist(candidate: Candidate, requisition: Requisition | None, now: datetime) -> str:
    if requisition is None:
        return ""
    try:
        return specialist_for(candidate, requisition, None, now=now).name
    except Refused:
        return ""
