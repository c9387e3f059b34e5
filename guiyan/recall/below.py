"""Rows of the rooms below that recall rests on, always within what the actor may see."""

from django.db.models import QuerySet

from guiyan.kernel.errors import NotFound
from guiyan.people import queries as people
from guiyan.platform.actors import Actor
from guiyan.recall.models.requests import Candidate, Requisition, User
from guiyan.recruiting import queries as recruiting


def candidate_for(actor: Actor, candidate_id: int, *, lock: bool = False) -> Candidate:
    """One candidate the actor may read. Raises NotFound. `lock` serialises requests and sends for this person."""
    actor.require("candidate.read")
    seen = recruiting.visible_candidates(actor).filter(pk=candidate_id)
    rows = Candidate.objects.select_related("wecom_owner", "owner", "employee")
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk__in=seen.values("pk")).first()
    if found is None:
        raise NotFound()
    return found


def lock_candidate(candidate_id: int) -> Candidate:
    """The candidate's row under lock, for jobs and the candidate's own page."""
    return Candidate.objects.select_for_update(of=("self",)).get(pk=candidate_id)


def requisitions(actor: Actor) -> QuerySet[Requisition]:
    """Openings the actor may name in a recall: of the whole company, or of the own departments."""
    return recruiting.visible_requisitions(actor).select_related("department", "recruiter")


def requisition_for(actor: Actor, requisition_id: int) -> Requisition:
    """One opening the actor may name. Raises NotFound."""
    found = requisitions(actor).filter(pk=requisition_id).first()
    if found is None:
        raise NotFound()
    return found


def names_of_candidates(names: frozenset[str], *, but: int) -> list[tuple[int, str]]:
    """Which of these words are names of other candidates: (id, name), one row per name."""
    if not names:
        return []
    rows = Candidate.objects.filter(name__in=names).exclude(pk=but).order_by("name", "pk").distinct("name")
    return list(rows.values_list("pk", "name"))


def employee_names(names: set[str]) -> set[str]:
    """Which of these names are colleagues: they may be mentioned even when a candidate shares the name."""
    return set(User.objects.filter(name__in=names).values_list("name", flat=True))


def user_of(actor: Actor) -> User:
    """The account of a person who acts. Raises NotFound for a system job."""
    found = User.objects.filter(pk=actor.user_id or 0).first()
    if found is None:
        raise NotFound()
    return found


def wecom_id_of(user_id: int) -> str:
    """The WeCom id of a user's employee, "" when there is none."""
    employee = people.employee_of_user(user_id)
    return (employee.wecom_userid or "") if employee else ""
