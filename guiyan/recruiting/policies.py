"""Who sees which candidates and openings, and who may change them. Every read and write goes through here."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from guiyan.kernel.errors import NotAllowed, NotFound
from guiyan.platform.actors import Actor, Power, Scope
from guiyan.platform.classes import C2, C4
from guiyan.recruiting.models import Application, Candidate, InterviewSeat, Remark, Requisition

READ = "candidate.read"


def _in_subtree(department_id: int, relation: str) -> Q:
    return Q(**{f"{relation}__path__contains": f"/{department_id}/"})


def _candidates_of(power: Power, actor: Actor) -> Q | None:
    """The rows one grant opens; None = every row."""
    if power.scope == Scope.COMPANY:
        return None
    if power.scope == Scope.SUBTREE and power.department_id is not None:
        mine = _in_subtree(power.department_id, "department") | _in_subtree(
            power.department_id, "requisition__department"
        )
        return Q(Exists(Application.objects.filter(mine, candidate=OuterRef("pk"))))
    if power.scope == Scope.CASE and actor.user_id is not None:
        seats = InterviewSeat.objects.filter(
            interview__application__candidate=OuterRef("pk"), employee__user_id=actor.user_id
        )
        return Q(Exists(seats))
    return Q(pk__in=[])


def candidate_reach(actor: Actor, verb: str = READ) -> Q | None:
    """Condition on Candidate for the rows the verb reaches; None = all. Nobody's condition matches nothing."""
    found = Q(pk__in=[])
    for power in actor.powers_for(verb):
        reach = _candidates_of(power, actor)
        if reach is None:
            return None
        found |= reach
    return found


def visible_candidates(actor: Actor, verb: str = READ) -> QuerySet[Candidate]:
    """COMPANY: all. SUBTREE: applied in the departments. CASE: the actor sat in an interview of the person."""
    reach = candidate_reach(actor, verb)
    return Candidate.objects.all() if reach is None else Candidate.objects.filter(reach)


def visible_requisitions(actor: Actor, verb: str = "requisition.read") -> QuerySet[Requisition]:
    """COMPANY: all. SUBTREE: the departments' openings. Others none."""
    found = Q(pk__in=[])
    for power in actor.powers_for(verb):
        if power.scope == Scope.COMPANY:
            return Requisition.objects.all()
        if power.scope == Scope.SUBTREE and power.department_id is not None:
            found |= _in_subtree(power.department_id, "department")
    return Requisition.objects.filter(found)


def visible_applications(actor: Actor, verb: str = READ) -> QuerySet[Application]:
    """Applications of visible candidates: whoever may see the person sees the whole path."""
    reach = candidate_reach(actor, verb)
    if reach is None:
        return Application.objects.all()
    return Application.objects.filter(candidate__in=Candidate.objects.filter(reach).values("pk"))


def lock_candidate(actor: Actor, verb: str, candidate_id: int) -> Candidate:
    """The candidate, locked for a change. NotFound when unseen, NotAllowed when seen but out of the verb's reach."""
    if not visible_candidates(actor, verb).filter(pk=candidate_id).exists():
        _refuse(actor, verb, visible_candidates(actor).filter(pk=candidate_id).exists())
    return Candidate.objects.select_for_update(of=("self",)).get(pk=candidate_id)


def lock_application(actor: Actor, verb: str, application_id: int) -> Application:
    """The application, locked for a change; refusals as `lock_candidate`."""
    if not visible_applications(actor, verb).filter(pk=application_id).exists():
        _refuse(actor, verb, visible_applications(actor).filter(pk=application_id).exists())
    rows = Application.objects.select_for_update(of=("self",)).select_related("candidate", "requisition")
    return rows.get(pk=application_id)


def lock_requisition(actor: Actor, verb: str, requisition_id: int) -> Requisition:
    """The opening, locked for a change; refusals as `lock_candidate`."""
    if not visible_requisitions(actor, verb).filter(pk=requisition_id).exists():
        _refuse(actor, verb, visible_requisitions(actor).filter(pk=requisition_id).exists())
    return (
        Requisition.objects.select_for_update(of=("self",))
        .select_related("department")
        .get(pk=requisition_id)
    )


def _refuse(actor: Actor, verb: str, seen: bool) -> None:
    if seen or not actor.powers:
        raise NotAllowed(verb=verb)
    raise NotFound()


def reads_contact(actor: Actor) -> bool:
    """Phone, e-mail: even the masked form is for those whose grant opens C2."""
    return actor.reads(READ, C2)


def reads_pay(actor: Actor) -> bool:
    """Pay of any kind: C4."""
    return actor.reads(READ, C4)


def may_write_evaluation(actor: Actor, seat: InterviewSeat) -> bool:
    """The interviewer on the seat, or whoever manages interviews (typing in a paper form)."""
    if seat.employee is not None and seat.employee.user_id == actor.user_id and actor.user_id is not None:
        return actor.may("evaluation.write")
    return actor.may("interview.write") and actor.may("evaluation.write")


def may_release_remark(actor: Actor, remark: Remark) -> bool:
    """Only the interviewer who wrote it, or the HR manager, decides what may reach the candidate."""
    seat = remark.evaluation.seat
    if seat.employee is not None and actor.user_id is not None and seat.employee.user_id == actor.user_id:
        return actor.may("evaluation.write")
    return any(power.role == "hr_manager" for power in actor.powers_for("evaluation.write"))


def seen(actor: Actor, verb: str, candidate_id: int) -> Candidate:
    """The candidate for a form that will change it, unlocked; refusals as `lock_candidate`."""
    found = visible_candidates(actor, verb).filter(pk=candidate_id).first()
    if found is None:
        _refuse(actor, verb, visible_candidates(actor).filter(pk=candidate_id).exists())
        raise NotFound()
    return found


def seen_requisition(actor: Actor, verb: str, requisition_id: int) -> Requisition:
    """The opening for a form that will change it, unlocked; refusals as `lock_requisition`."""
    found = visible_requisitions(actor, verb).filter(pk=requisition_id).first()
    if found is None:
        _refuse(actor, verb, visible_requisitions(actor).filter(pk=requisition_id).exists())
        raise NotFound()
    return found
