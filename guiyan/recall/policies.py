"""Who may see and do what in recall. Rows only through `visible_recalls`."""

from django.db.models import Q, QuerySet

from guiyan.kernel.errors import NotAllowed, NotFound
from guiyan.platform.actors import Actor, Scope
from guiyan.recall.models import FollowUp, Outreach, RecallRequest

READ, REQUEST, CONTACT, MANAGE = "recall.read", "recall.request", "recall.contact", "recall.manage"


def visible_recalls(actor: Actor) -> QuerySet[RecallRequest]:
    """Requests this actor may see: by the reach of the grant, and always one's own wish or work."""
    own = Q(requester_id=actor.user_id) | Q(specialist_id=actor.user_id)
    if not actor.signed_in or not actor.may(READ):
        return RecallRequest.objects.none()
    reach = own
    for power in actor.powers_for(READ):
        if power.scope == Scope.COMPANY:
            return RecallRequest.objects.all()
        if power.scope == Scope.SUBTREE and power.department_id is not None:
            below = Q(requisition__department__path__contains=f"/{power.department_id}/")
            reach |= below | Q(department_ids__contains=[power.department_id])
    return RecallRequest.objects.filter(reach)


def request_for(actor: Actor, request_id: int, *, lock: bool = False) -> RecallRequest:
    """One visible request. Raises NotFound for others' rows. `lock` takes the row for a write."""
    rows = visible_recalls(actor)
    if lock:
        rows = RecallRequest.objects.select_for_update(of=("self",)).filter(pk__in=rows.values("pk"))
    found = (
        rows.select_related("candidate__wecom_owner", "requisition__department", "requester", "specialist")
        .filter(pk=request_id)
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def may_contact(actor: Actor, request: RecallRequest) -> bool:
    """The specialist of the request, or whoever manages recalls."""
    return (actor.may(CONTACT) and request.specialist_id == actor.user_id) or actor.may(MANAGE)


def require_contact(actor: Actor, request: RecallRequest) -> None:
    """Raises NotAllowed unless the actor may write to this candidate."""
    if not may_contact(actor, request):
        raise NotAllowed(verb=CONTACT)


def may_withdraw(actor: Actor, request: RecallRequest) -> bool:
    """The requester, the specialist, or whoever manages recalls."""
    return request.requester_id == actor.user_id or may_contact(actor, request)


def require_withdraw(actor: Actor, request: RecallRequest) -> None:
    """Raises NotAllowed unless the actor may end this request."""
    if not may_withdraw(actor, request):
        raise NotAllowed(verb=REQUEST)


def visible_followups(actor: Actor) -> QuerySet[FollowUp]:
    """Follow-ups of visible requests."""
    return FollowUp.objects.filter(outreach__request__in=visible_recalls(actor))


def visible_outreaches(actor: Actor) -> QuerySet[Outreach]:
    """Messages of visible requests."""
    return Outreach.objects.filter(request__in=visible_recalls(actor))
