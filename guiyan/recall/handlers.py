"""What recall does when an approval ends. Called NOW, inside the approver's own transaction."""

from guiyan.approvals import events as approvals
from guiyan.platform.events import emit
from guiyan.recall import briefs, events
from guiyan.recall.models import RecallRequest


def approval_approved(event: approvals.InstanceApproved) -> None:
    """All agreed: prepare the brief and hand over to the specialist. Emits RecallApproved."""
    request = _request(event)
    if request is None or request.state != RecallRequest.State.AWAITING:
        return
    request.move_to(RecallRequest.State.BRIEFED)
    request.decided_at = event.at
    request.save(update_fields=["state", "decided_at"])
    briefs.prepare(request, now=event.at)
    emit(
        events.RecallApproved(
            request_id=request.pk, candidate_id=request.candidate_id, number=request.number,
            specialist_id=request.specialist_id, at=event.at, by=event.by, by_name=event.by_name,
        )
    )  # fmt: skip


def approval_rejected(event: approvals.InstanceRejected) -> None:
    """One refused: the request ends, and the candidate never hears of it. Emits RecallRejected."""
    _end(event, RecallRequest.State.REJECTED, events.RecallRejected)


def approval_withdrawn(event: approvals.InstanceWithdrawn) -> None:
    """The requester took the approval back in the approvals inbox: the request goes with it."""
    _end(event, RecallRequest.State.WITHDRAWN, events.RecallWithdrawn)


def _end(event: approvals.InstanceEvent, state: str, kind: type[events.RecallEvent]) -> None:
    request = _request(event)
    if request is None or request.state != RecallRequest.State.AWAITING:
        return
    request.move_to(state)
    request.decided_at = request.closed_at = event.at
    request.save(update_fields=["state", "decided_at", "closed_at"])
    emit(
        kind(
            request_id=request.pk, candidate_id=request.candidate_id, number=request.number, at=event.at, by=event.by,
            by_name=event.by_name,
        )
    )  # fmt: skip


def _request(event: approvals.InstanceEvent) -> RecallRequest | None:
    if event.subject_kind != "recall":
        return None
    rows = RecallRequest.objects.select_for_update(of=("self",))
    return (
        rows.select_related("candidate", "requisition", "requester", "specialist")
        .filter(pk=event.subject_id)
        .first()
    )
