"""Callbacks: stored raw before anything else, handled once by a job, acknowledged at once."""

import hashlib
import logging
from datetime import datetime

from django.db import IntegrityError, transaction

from guiyan.accounts import queries as accounts
from guiyan.approvals import commands as approvals
from guiyan.channels.models import WeComCallback, WeComCard
from guiyan.channels.wecom import crypto, outbox
from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotFound, Refused
from guiyan.people import queries as people
from guiyan.platform.actors import Actor

log = logging.getLogger("guiyan.channels")
VERDICTS = {"agree": "approve", "refuse": "reject"}


def store(payload: str, *, now: datetime) -> int | None:
    """Keep one decrypted event. Its id, or None when this very payload came before (WeCom repeats itself).

    The whole payload is the key: two clicks in one second differ in their response codes and both count.
    """
    root = crypto.parse(payload)
    digest = hashlib.sha256(payload.encode()).hexdigest()
    row = WeComCallback(
        digest=digest,
        event=crypto.field(root, "Event")[:60],
        change=crypto.field(root, "ChangeType")[:60],
        payload=payload,
        received_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return int(row.pk)


@transaction.atomic
def handle(callback_id: int, *, now: datetime) -> None:
    """Do what the event asks for, exactly once: the row is locked and marked in the same transaction."""
    row = WeComCallback.objects.select_for_update().get(pk=callback_id)
    if row.handled_at is not None:
        return
    row.result = _card_click(row, now) if row.event == "template_card_event" else "ignored"
    row.handled_at = now
    row.save(update_fields=["result", "handled_at"])


def _card_click(row: WeComCallback, now: datetime) -> str:
    """An employee tapped a card's button: decide as that very person, never as anybody the payload names else."""
    root = crypto.parse(row.payload)
    userid, key = crypto.field(root, "FromUserName"), crypto.field(root, "EventKey")
    action, _, card_task = key.partition(":")
    code = crypto.field(root, "ResponseCode")
    card = WeComCard.objects.filter(task_id=card_task).first()
    if card is None or action not in VERDICTS or card.userid.lower() != userid.lower():
        return "unknown card"
    if code:
        card.response_code = code
        card.save(update_fields=["response_code"])
    actor = _actor(userid, now)
    if actor is None:
        return "unknown person"
    return _decide(actor, card, action, now)


def _actor(userid: str, now: datetime) -> Actor | None:
    employee = people.employee_by_wecom(userid)
    if employee is None or employee.user_id is None or not accounts.is_active(employee.user_id):
        return None
    return accounts.actor_of_id(employee.user_id, on=local_day(now))


def _decide(actor: Actor, card: WeComCard, action: str, now: datetime) -> str:
    task_id = int(card.task_id.rpartition("-")[2])
    comment = "" if action == "agree" else str(outbox.REFUSED_ON_CARD)
    try:
        with transaction.atomic():
            approvals.decide(actor=actor, task_id=task_id, verdict=VERDICTS[action], comment=comment, now=now)
    except NotFound:
        return "not theirs"
    except Refused as refused:
        outbox.close_card_later(card.pk, outbox.words_of(refused))
        return f"refused: {refused.code}"
    return action
