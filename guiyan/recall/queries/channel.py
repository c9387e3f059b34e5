"""Reads for the jobs that carry messages out: ids and addresses only, for the system, not for people."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from guiyan.recall.commands.outreach import GRACE
from guiyan.recall.models import Outreach

NUDGE = timedelta(minutes=1)  # a queued message normally has its own job at once; this is the safety net
ASK_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Handed:
    """Where to ask about a message that the channel took."""

    outreach_id: int
    msgid: str
    sender_wecom: str
    external_id: str


def to_deliver(*, now: datetime, limit: int = 200) -> list[int]:
    """Messages that wait although their job should have come: queued for a minute, or cut off while sending."""
    queued = Q(state=Outreach.State.QUEUED, queued_at__lt=now - NUDGE)
    cut_off = Q(state=Outreach.State.SENDING, attempted_at__lt=now - GRACE)
    rows = Outreach.objects.filter(queued | cut_off).order_by("queued_at", "pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def to_poll(*, now: datetime, limit: int = 200) -> list[int]:
    """Messages the channel has but of which we do not know yet that they left, longest unasked first."""
    rows = Outreach.objects.filter(
        state=Outreach.State.HANDED, sent_at=None, failed_at=None, created_at__gt=now - ASK_FOR
    ).exclude(wecom_msgid="")
    return list(
        rows.order_by(F("polled_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)[:limit]
    )


def handed(outreach_id: int) -> Handed | None:
    """Where to ask about one message, or None when there is nothing to ask."""
    row = Outreach.objects.filter(pk=outreach_id, state=Outreach.State.HANDED).exclude(wecom_msgid="").first()
    if row is None:
        return None
    return Handed(row.pk, row.wecom_msgid, row.wecom_sender, row.wecom_external_id)
