"""Carrying one message to WeCom and asking what became of it. Nothing is sent twice.

Order: attempt committed → network → result committed. After a cut in between, the tasks WeCom knows are
searched for this message's own link before anything is sent again.
"""

import json
import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings

from guiyan.channels.wecom import connection
from guiyan.channels.wecom.calls import Customers
from guiyan.channels.wecom.errors import (
    Busy,
    NotReached,
    OutcomeUnknown,
    StillDispatching,
    TooOften,
    WeComError,
)
from guiyan.recall import commands as recall
from guiyan.recall import queries
from guiyan.recall.commands import Outgoing, StillUnderWay

log = logging.getLogger("guiyan.channels")
GIVE_UP = timedelta(hours=6)  # an attempt nobody could clear up by then is a person's business
SLACK = timedelta(hours=1)  # clocks differ; the search for an earlier task looks a little wider
SENT, NOT_FRIEND, QUOTA = 1, 2, 3


def deliver(outreach_id: int, *, now: datetime) -> None:
    """Hand a queued message over. Raises what the job should try again later (NotReached, Busy, …)."""
    if not connection.is_on():
        return
    try:
        outgoing = recall.begin_attempt(outreach_id=outreach_id, now=now)
    except StillUnderWay:
        return
    if outgoing is None:
        return
    customers = connection.customers()
    if not outgoing.fresh and not _clear_up(customers, outgoing, now):
        return
    _send(customers, outgoing, now)


def _clear_up(customers: Customers, outgoing: Outgoing, now: datetime) -> bool:
    """After a cut: find the task WeCom already has, or make sure there is none. True = send it now."""
    try:
        msgid = find_task(customers, outgoing, now=now)
    except (NotReached, OutcomeUnknown, WeComError) as error:
        if now - outgoing.since > GIVE_UP:
            recall.note_unknown(outreach_id=outgoing.outreach_id, words=str(error), now=now)
            return False
        raise
    if msgid:
        recall.hand_over(outreach_id=outgoing.outreach_id, msgid=msgid, now=now)
        return False
    return recall.renew_attempt(outreach_id=outgoing.outreach_id, now=now)


def find_task(customers: Customers, outgoing: Outgoing, *, now: datetime) -> str:
    """The msgid of the task that carries this message's link, "" when there is none."""
    for task in customers.mass_messages(since=outgoing.since - SLACK, until=now + SLACK):
        if outgoing.link_path in json.dumps([task.text, task.attachments], ensure_ascii=False):
            return task.msgid
    return ""


def _send(customers: Customers, outgoing: Outgoing, now: datetime) -> None:
    link = {**outgoing.link, "url": settings.BASE_URL + outgoing.link_path}
    try:
        task = customers.add_mass_message(
            sender=outgoing.sender_wecom, external_userid=outgoing.external_id, text=outgoing.text, link=link
        )
    except (NotReached, Busy, TooOften) as error:
        recall.note_failed_attempt(outreach_id=outgoing.outreach_id, words=str(error), again=True, now=now)
        raise
    except OutcomeUnknown:
        log.warning(
            "outcome unknown for outreach %s; it stays SENDING until it is cleared up", outgoing.outreach_id
        )
        return
    except WeComError as error:
        words = f"{error.code} {error.cause} {error.remedy}"
        recall.note_failed_attempt(outreach_id=outgoing.outreach_id, words=words, again=False, now=now)
        return
    recall.hand_over(outreach_id=outgoing.outreach_id, msgid=task.msgid, now=now)
    if outgoing.external_id in task.fail_list:
        recall.note_delivery(
            outreach_id=outgoing.outreach_id, stage="failed", at=now, now=now, failure="not_reachable"
        )


def poll(outreach_id: int, *, now: datetime) -> None:
    """Bring one message's stages up to what WeCom knows: confirmed by the sender, sent, or failed and why."""
    known = queries.handed(outreach_id)
    if known is None or not connection.is_on():
        return
    customers = connection.customers()
    recall.was_polled(outreach_id=outreach_id, now=now)
    try:
        task = customers.task_of(known.msgid, known.sender_wecom)
        if task is None or task.status == 0:
            return
        at = _moment(task.send_time, now)
        recall.note_delivery(outreach_id=outreach_id, stage="confirmed", at=at, now=now)
        result = customers.result_of(known.msgid, known.sender_wecom, known.external_id)
    except StillDispatching:
        return
    if result is None or result.status == 0:
        return
    at = _moment(result.send_time, now)
    if result.status == SENT:
        recall.note_delivery(outreach_id=outreach_id, stage="sent", at=at, now=now)
    elif result.status in (NOT_FRIEND, QUOTA):
        failure = "not_friend" if result.status == NOT_FRIEND else "quota"
        recall.note_delivery(outreach_id=outreach_id, stage="failed", at=at, now=now, failure=failure)


def _moment(seconds: int, now: datetime) -> datetime:
    """WeCom's time of an event; never later than ours."""
    return min(datetime.fromtimestamp(seconds, UTC), now) if seconds else now
