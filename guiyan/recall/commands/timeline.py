"""What recall writes into the dossier below: messages sent, answers given, the wish to be left alone."""

from datetime import datetime

from django.utils.translation import gettext as _

from guiyan.approvals import commands as approvals
from guiyan.approvals import queries as approval_reads
from guiyan.people import queries as people
from guiyan.platform.actors import Actor
from guiyan.recall.models import CandidateAnswer, FollowUp, Outreach, RecallRequest
from guiyan.recruiting.commands import contact, conversations


def _as(name: str) -> Actor:
    """The recall room writing for a person: the dossier shows their name, not a machine's."""
    return Actor.system(name, "communication.write", "candidate.read")


def record_sent(outreach: Outreach, *, at: datetime, now: datetime) -> None:
    """A message that truly left is part of what was said to the person. The same message is kept once."""
    employee = people.employee_of_user(outreach.sender_id)
    conversations.record_communication(
        actor=_as(outreach.sender.name),
        candidate_id=outreach.request.candidate_id,
        channel="WECOM",
        direction="OUT",
        words=outreach.text,
        at=min(at, now),
        now=now,
        employee_id=employee.pk if employee else None,
        shareable=True,
        quoted=False,
        foreign_id=f"recall:{outreach.request_id}:message:{outreach.pk}",
        source=outreach.request.number,
    )


def record_answer(outreach: Outreach, answer: CandidateAnswer, *, now: datetime) -> None:
    """What the person said, in their own words where they left any. A second tap adds only what is new."""
    earlier = CandidateAnswer.objects.filter(outreach=outreach, pk__lt=answer.pk).order_by("-pk").first()
    parts = [] if earlier is not None and earlier.kind == answer.kind else [str(answer.get_kind_display())]
    if answer.later_on is not None:
        parts.append(answer.later_on.isoformat())
    if answer.words:
        parts.append(f"「{answer.words}」")
    if not parts:
        return
    conversations.record_communication(
        actor=_as(answer.noted_by_name or outreach.request.candidate.name),
        candidate_id=outreach.request.candidate_id,
        channel="PAGE" if not answer.noted_by_name else "PHONE",
        direction="IN",
        words=" ".join(parts),
        at=answer.at,
        now=now,
        quoted=False,
        foreign_id=f"recall:{outreach.request_id}:answer:{answer.pk}",
        source=outreach.request.number,
    )


def record_call(follow_up: FollowUp, *, actor: Actor, now: datetime) -> None:
    """A call that was made, with what came out of it."""
    outreach = follow_up.outreach
    conversations.record_communication(
        actor=actor,
        candidate_id=outreach.request.candidate_id,
        channel="PHONE",
        direction="OUT",
        words=follow_up.words or _("Called."),
        now=now,
        quoted=False,
        foreign_id=f"recall:{outreach.request_id}:call:{follow_up.pk}",
        source=outreach.request.number,
    )


def opt_out(candidate_id: int, *, name: str, words: str, now: datetime) -> None:
    """The person never wants to hear from us again: recorded below, obeyed by every channel at once."""
    contact.set_do_not_contact(actor=_as(name), candidate_id=candidate_id, now=now, words=words)


def finish_handler_task(request: RecallRequest, *, actor: Actor, now: datetime) -> None:
    """The specialist's step of the approval is done once a message is released."""
    task = approval_reads.open_task_for(actor=actor, subject_kind="recall", subject_id=request.pk)
    if task is not None and task.kind == "HANDLER":
        approvals.complete_handler(actor=actor, task_id=task.id, comment="", now=now)
