"""What the channels do when something happened below. Called LATER, each in a job of its own."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from guiyan.approvals import events as approvals
from guiyan.channels.jobs import deliver
from guiyan.channels.wecom import outbox
from guiyan.channels.wecom.cards import CardFact
from guiyan.platform import clock
from guiyan.recall import commands as recall
from guiyan.recall import events, queries


def task_opened(event: approvals.TaskOpened) -> None:
    """Somebody is asked to approve a recall: put the card on their phone."""
    if event.subject_kind == "recall" and event.task_kind == "APPROVE":
        outbox.send_approval_card(
            task_id=event.task_id, assignee_id=event.assignee_id, subject_id=event.subject_id, now=clock.now()
        )


def task_decided(event: approvals.TaskDecided) -> None:
    """One answer ends the question for everybody who held it."""
    if event.subject_kind != "recall" or event.verdict not in ("APPROVED", "REJECTED"):
        return
    with translation.override("zh-hans"):
        moment = event.at.astimezone(clock.SHANGHAI).strftime("%H:%M")
        verb = _("agreed") if event.verdict == "APPROVED" else _("refused")
        words = f"{event.by_name} {moment} {verb}"
    outbox.close_cards([event.task_id, *event.closed_task_ids], words, now=clock.now())


def instance_withdrawn(event: approvals.InstanceWithdrawn) -> None:
    """The request was taken back: nobody needs to answer."""
    if event.subject_kind == "recall":
        with translation.override("zh-hans"):
            outbox.close_cards(list(event.closed_task_ids), _("Withdrawn"), now=clock.now())


def outreach_queued(event: events.OutreachQueued) -> None:
    """A message was released: hand it over."""
    deliver.later(outreach_id=event.outreach_id, lock=f"deliver:{event.outreach_id}")


def recall_approved(event: events.RecallApproved) -> None:
    """Tell the specialist, with the first points on the card."""
    with translation.override("zh-hans"):
        card = queries.brief_card(request_id=event.request_id)
        if card is None:
            return
        told = outbox.notify(
            user_id=event.specialist_id,
            title=card.title,
            sub=card.position,
            quote=card.first_point,
            facts=[CardFact(key, value) for key, value in card.lines],
            path=reverse("recall:request", args=[event.request_id]),
        )
    if told:
        recall.brief_was_sent(request_id=event.request_id, now=clock.now())


def follow_up_due(event: events.FollowUpDue) -> None:
    """A reminder or a call has come due."""
    with translation.override("zh-hans"):
        name = queries.candidate_name(request_id=event.request_id)
        title = _("Call %(name)s") if event.kind == "CALL" else _("Remind %(name)s")
        sub = _("Opened, no answer yet") if event.kind == "CALL" else _("Not opened yet")
        path = reverse("recall:request", args=[event.request_id])
        outbox.notify(user_id=event.assignee_id, title=title % {"name": name}, sub=sub, path=path)


def candidate_answered(event: events.CandidateAnswered) -> None:
    """Tell the specialist and the requester what the candidate said."""
    with translation.override("zh-hans"):
        said = queries.answer_words(event.answer)
        name = queries.candidate_name(request_id=event.request_id)
        path = reverse("recall:request", args=[event.request_id])
        for user_id in queries.people_of(request_id=event.request_id):
            outbox.notify(
                user_id=user_id, title=f"{name}：{said}", sub=_("Tap to see what to do next"), path=path
            )


def outreach_stopped(event: events.OutreachStopped) -> None:
    """A message did not leave: the specialist must know why."""
    _tell_specialist(event, _n("The message to %(name)s was stopped"))


def outreach_unknown(event: events.OutreachUnknown) -> None:
    """Nobody can tell whether the message left: the specialist looks."""
    _tell_specialist(event, _n("Please check whether %(name)s got the message"))


def _n(message: str) -> str:
    return message


def _tell_specialist(event: events.OutreachEvent, message: str) -> None:
    with translation.override("zh-hans"):
        name = queries.candidate_name(request_id=event.request_id)
        path = reverse("recall:request", args=[event.request_id])
        specialist = queries.people_of(request_id=event.request_id)[0]
        outbox.notify(user_id=specialist, title=_(message) % {"name": name}, sub=event.number, path=path)
