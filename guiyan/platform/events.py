"""Events: what happened, written in the same transaction and handed on by config/wiring.py.

NOW handlers run inside the transaction (invariants); LATER handlers become job rows in it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from guiyan.platform.actors import Actor
from guiyan.platform.models import EventRow

MAX_DEPTH = 2  # a NOW handler may cause one more round (index, timeline); deeper is a design error


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. `name` is stable (`recall.request.approved`); `by` is the acting user or None."""

    name: ClassVar[str]
    at: datetime
    by: int | None = None
    by_name: str = ""

    def subjects(self) -> tuple[str, ...]:
        """The "kind:id" strings whose history this belongs to."""
        return ()

    def facts(self) -> dict[str, Any]:
        """What the row keeps besides who and when. Never a C2–C4 value."""
        return {
            key: plain(value) for key, value in asdict(self).items() if key not in {"at", "by", "by_name"}
        }


@dataclass(frozen=True)
class Wiring:
    """Which handlers an event reaches: callables taking the event, given as dotted paths."""

    now: Sequence[str] = field(default=())
    later: Sequence[str] = field(default=())


_depth: ContextVar[int] = ContextVar("event_depth", default=0)
_remote: ContextVar[str] = ContextVar("event_remote", default="")


def plain(value: Any) -> Any:
    """A JSON value for a fact."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple | set | frozenset) else value


@lru_cache(maxsize=1)
def wiring() -> Mapping[type[Event], Wiring]:
    """config/wiring.py's table, read once."""
    return import_string(settings.EVENT_WIRING)  # type: ignore[no-any-return]


def emit(event: Event, *, actor: Actor | None = None) -> EventRow:
    """Write the event's row and hand it on. Must run inside the command's transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{event.name} was emitted outside a transaction.")
    row = EventRow.objects.create(
        name=event.name,
        at=event.at,
        by=event.by if actor is None else actor.user_id,
        by_name=event.by_name if actor is None else actor.name,
        subjects=list(event.subjects()),
        facts=event.facts(),
        remote=_remote.get(),
    )
    wired = wiring().get(type(event), Wiring())
    for path in wired.now:
        _run_now(path, event)
    for path in wired.later:
        _defer(path, event, row)
    return row


def _run_now(path: str, event: Event) -> None:
    depth = _depth.get()
    if depth >= MAX_DEPTH:
        raise RuntimeError(f"{event.name} → {path}: NOW handlers may not chain deeper than {MAX_DEPTH}.")
    token = _depth.set(depth + 1)
    try:
        import_string(path)(event)
    finally:
        _depth.reset(token)


def _defer(path: str, event: Event, row: EventRow) -> None:
    from guiyan.platform.jobs import run_handler

    run_handler.later(
        handler=path, event=f"{type(event).__module__}.{type(event).__qualname__}", row_id=row.pk
    )


def rebuild(event_class: type[Event], row: EventRow) -> Event:
    """The event again from its row, for LATER handlers. Unknown old facts are dropped, new fields need defaults."""
    known = {f.name: f for f in fields(event_class)}
    facts = {key: _typed(known[key].type, value) for key, value in row.facts.items() if key in known}
    return event_class(**facts, at=row.at, by=row.by, by_name=row.by_name)


def _typed(kind: Any, value: Any) -> Any:
    text = str(kind)
    if isinstance(value, list):
        return tuple(value)
    if not isinstance(value, str):
        return value
    if "datetime" in text:
        return datetime.fromisoformat(value)
    if "Decimal" in text:
        return Decimal(value)
    return date.fromisoformat(value) if "date" in text else value


Handler = Callable[[Any], None]
