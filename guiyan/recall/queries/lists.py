"""Lists: all recalls by step, what waits for one person, the recalls of one candidate."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from guiyan.platform.actors import Actor
from guiyan.recall import policies
from guiyan.recall.models import Outreach, RecallRequest
from guiyan.recall.queries.rows import TONES, message_words, waited

PAGE = 50
BOARD_STATES = ("AWAITING", "BRIEFED", "CONTACTED", "ANSWERED", "CLOSED")


@dataclass(frozen=True, slots=True)
class RecallRow:
    """One line of the list, and one card of the board."""

    id: int
    number: str
    candidate_id: int
    name: str
    position: str
    requester: str
    specialist: str
    state: str
    state_words: str
    words: str
    since: datetime
    age: str
    outcome: str
    tone: str


@dataclass(frozen=True, slots=True)
class RecallPage:
    """Rows, newest first, and the cursor of the next page."""

    rows: tuple[RecallRow, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: its rows (at most PAGE) and how many there are in all."""

    state: str
    title: str
    count: int
    rows: tuple[RecallRow, ...]


def recall_rows(
    *, actor: Actor, now: datetime, state: str = "", mine: bool = False, q: str = "", after: int | None = None
) -> RecallPage:
    """Visible recalls, keyset-paged by id. `state` and `mine` narrow; `q` is a name or number. Two statements."""
    rows = _rows(actor)
    if state:
        rows = rows.filter(state=state)
    if mine:
        rows = rows.filter(Q(specialist_id=actor.user_id) | Q(requester_id=actor.user_id))
    if q:
        rows = rows.filter(Q(candidate__name__icontains=q) | Q(number__icontains=q))
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown = _with_words(found[:PAGE], now)
    return RecallPage(shown, found[PAGE - 1].pk if len(found) > PAGE else None)


def board(*, actor: Actor, now: datetime) -> tuple[Column, ...]:
    """All visible recalls by step; the closed ones of the last rows only."""
    columns = []
    for state in BOARD_STATES:
        rows = _rows(actor).filter(state=state)
        found = list(rows.order_by("-pk")[:PAGE])
        count = len(found) if len(found) < PAGE else rows.count()
        columns.append(Column(state, str(RecallRequest.State(state).label), count, _with_words(found, now)))
    return tuple(columns)


def recalls_of(*, actor: Actor, candidate_id: int, now: datetime) -> tuple[RecallRow, ...]:
    """The recalls of one candidate that the actor may see, newest first."""
    return _with_words(list(_rows(actor).filter(candidate_id=candidate_id).order_by("-pk")[:PAGE]), now)


def _rows(actor: Actor) -> QuerySet[RecallRequest]:
    return policies.visible_recalls(actor).select_related(
        "candidate", "requisition", "requester", "specialist"
    )


def _with_words(rows: list[RecallRequest], now: datetime) -> tuple[RecallRow, ...]:
    last_ids = (
        Outreach.objects.filter(request__in=rows)
        .exclude(state=Outreach.State.STOPPED)
        .values("request_id")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    last = {each.request_id: each for each in Outreach.objects.filter(pk__in=last_ids)}
    return tuple(_row(request, last.get(request.pk), now) for request in rows)


def _row(request: RecallRequest, message: Outreach | None, now: datetime) -> RecallRow:
    since = request.closed_at or request.decided_at or request.created_at
    words = message_words(message) if message is not None and request.is_open else ""
    return RecallRow(
        request.pk, request.number, request.candidate_id, request.candidate.name, request.requisition.title,
        request.requester.name, request.specialist.name, request.state, str(request.get_state_display()), words, since,
        waited(since, now), str(request.get_outcome_display()) if request.outcome else "", TONES.get(request.state, ""),
    )  # fmt: skip
