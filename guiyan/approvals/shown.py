"""Inbox rows in the words of a page: what is asked, by whom, until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guiyan.approvals.models import FlowInstance, FlowTask
from guiyan.approvals.rows import Box, InboxRow
from guiyan.approvals.words import due_words, is_pressing, moment_words, title


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list. `due` is left time while waiting, else when it was answered; `hot` when it is late."""

    id: int
    url: str
    title: str
    text: str
    by: str
    name: str
    due: str
    hot: bool
    anchor: str
    selected: bool = False
    tag: str = ""
    tone: str = ""


TONES = {
    "APPROVED": "ok",
    "DONE": "ok",
    "REJECTED": "bad",
    "RUNNING": "wait",
    "WITHDRAWN": "",
    "COPIED": "info",
}


def lines_of(
    rows: Iterable[InboxRow], *, box: Box, now: datetime, shown: int | None = None
) -> tuple[Line, ...]:
    """The rows of one box, in order; `shown` is the request open beside them."""
    inbox = reverse("approvals:inbox")
    return tuple(_line(row, f"{inbox}?box={box}", box, now, shown) for row in rows)


def _line(row: InboxRow, inbox: str, box: Box, now: datetime, shown: int | None) -> Line:
    waiting = box == "waiting"
    return Line(
        id=row.instance_id,
        url=f"{inbox}&open={row.instance_id}",
        title=row.title,
        text=row.summary or title(row.question),
        by=f"{row.requester_name} · {moment_words(row.started_at, now)}",
        name=row.requester_name,
        due=due_words(row.due_at, now) if waiting else moment_words(row.decided_at, now),
        hot=waiting and is_pressing(row.due_at, now),
        anchor=f"approval-{row.instance_id}",
        selected=row.instance_id == shown,
        tag=(_("Reminder") if row.urged_at else "") if waiting else _label(row),
        tone="wait" if waiting else TONES.get(row.state, ""),
    )


def _label(row: InboxRow) -> str:
    kind = FlowInstance.State if row.task_id is None else FlowTask.State
    return str(kind(row.state).label)
