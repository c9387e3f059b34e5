"""Who sees a request and who may answer it. Answering comes from a task alone, never from being able to read."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from guiyan.approvals.models import FlowInstance, FlowTask
from guiyan.platform.actors import Actor


def visible_instances(actor: Actor) -> QuerySet[FlowInstance]:
    """What the actor asked for, and what they were ever asked, told or given."""
    asked = FlowTask.objects.filter(instance=OuterRef("pk"), assignee_id=actor.user_id)
    return FlowInstance.objects.filter(Q(requester_id=actor.user_id) | Exists(asked))


def visible_tasks(actor: Actor) -> QuerySet[FlowTask]:
    """The actor's own tasks."""
    return FlowTask.objects.filter(assignee_id=actor.user_id)


def may_withdraw(actor: Actor, instance: FlowInstance) -> bool:
    """Only who asked, while it is unfinished."""
    return actor.user_id == instance.requester_id and instance.finished_at is None
