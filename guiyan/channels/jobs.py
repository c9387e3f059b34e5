"""The channels' jobs: hand messages over, ask what became of them, take callbacks in, raise due follow-ups."""

import logging
from datetime import datetime

from guiyan.channels.wecom import callbacks, connection, delivery
from guiyan.platform import clock
from guiyan.platform.jobs import every, job
from guiyan.recall import commands as recall
from guiyan.recall import queries

log = logging.getLogger("guiyan.channels")


@job("channels.deliver")
def deliver(*, outreach_id: int, **_: object) -> None:
    """Hand one message to WeCom. Safe to run twice, at once and late: `begin_attempt` decides."""
    delivery.deliver(outreach_id, now=clock.now())


@job("channels.poll")
def poll(*, outreach_id: int, **_: object) -> None:
    """Ask WeCom what became of one message."""
    delivery.poll(outreach_id, now=clock.now())


@job("channels.handle_callback")
def handle_callback(*, callback_id: int, **_: object) -> None:
    """Do what a stored callback asks for, once."""
    callbacks.handle(callback_id, now=clock.now())


@every("* * * * *", "channels.every_minute")
def every_minute(*, now: str, **_: object) -> None:
    """Look for messages that wait (also after a crash), for results to ask for, and for due follow-ups."""
    moment = datetime.fromisoformat(now)
    recall.raise_due_follow_ups(now=moment)
    if not connection.is_on():
        return
    for outreach_id in queries.to_deliver(now=moment):
        deliver.later(outreach_id=outreach_id, lock=f"deliver:{outreach_id}")
    for outreach_id in queries.to_poll(now=moment):
        poll.later(outreach_id=outreach_id, lock=f"poll:{outreach_id}")


@job("channels.close_one_card")
def close_one_card(*, card_id: int, words: str, **_: object) -> None:
    """Close one employee's card with the words that hold now."""
    from guiyan.channels.models import WeComCard
    from guiyan.channels.wecom import outbox

    card = WeComCard.objects.filter(pk=card_id, closed_at=None).first()
    if card is not None:
        outbox.close_card(card, words, now=clock.now())
