"""Rows ↔ the engine's words: how a history is stored and read back."""

from collections.abc import Iterable
from typing import Any

from guiyan.approvals.engine.definition import FlowDefinition, parse_definition
from guiyan.approvals.engine.state import (
    Assignee,
    Case,
    Copied,
    Decided,
    Entry,
    History,
    Opened,
    Skipped,
    Verdict,
    Why,
    Withdrawn,
)
from guiyan.approvals.models import Decision, FlowInstance, FlowVersion

KIND_OF = {
    Verdict.APPROVE: Decision.Kind.APPROVED,
    Verdict.REJECT: Decision.Kind.REJECTED,
    Verdict.DONE: Decision.Kind.DONE,
}
VERDICT_OF = {kind: verdict for verdict, kind in KIND_OF.items()}


def definition_of(version: FlowVersion) -> FlowDefinition:
    """What a published version says."""
    return parse_definition(version.document)


def case_of(instance: FlowInstance) -> Case:
    """The instance as the engine sees it."""
    return Case(instance.requester_id, instance.facts)


def history_of(instance_id: int) -> History:
    """The stored history, oldest first. One SQL query."""
    return tuple(map(read, Decision.objects.filter(instance_id=instance_id).order_by("seq")))


def read(row: Decision) -> Entry:
    """A stored line as an entry."""
    match row.kind:
        case Decision.Kind.OPENED:
            return Opened(row.node_id, _people(row.people))
        case Decision.Kind.COPIED:
            return Copied(row.node_id, _people(row.people))
        case Decision.Kind.SKIPPED:
            return Skipped(row.node_id, why_from(row.why))
        case Decision.Kind.WITHDRAWN:
            return Withdrawn(row.actor_id, row.comment)
        case _:
            return Decided(row.node_id, row.actor_id or 0, VERDICT_OF[Decision.Kind(row.kind)], row.comment)


def write(entry: Entry) -> dict[str, Any]:
    """An entry as the columns of its line."""
    match entry:
        case Opened(node_id, people):
            return {"kind": Decision.Kind.OPENED, "node_id": node_id, "people": _plain(people)}
        case Copied(node_id, people):
            return {"kind": Decision.Kind.COPIED, "node_id": node_id, "people": _plain(people)}
        case Skipped(node_id, why):
            return {"kind": Decision.Kind.SKIPPED, "node_id": node_id, "why": why_to(why)}
        case Withdrawn(actor_id, comment):
            return {"kind": Decision.Kind.WITHDRAWN, "actor_id": actor_id, "comment": comment}
        case Decided(node_id, actor_id, verdict, comment):
            return {"kind": KIND_OF[verdict], "node_id": node_id, "actor_id": actor_id, "comment": comment}


def why_to(why: Why) -> dict[str, Any]:
    """A reason as JSON."""
    return {"code": why.code, **why.facts}


def why_from(stored: dict[str, Any]) -> Why:
    """A reason from JSON."""
    facts = dict(stored)
    return Why(facts.pop("code", ""), facts)


def _people(stored: Iterable[dict[str, Any]]) -> tuple[Assignee, ...]:
    return tuple(Assignee(person["user"], why_from(person["why"])) for person in stored)


def _plain(people: tuple[Assignee, ...]) -> list[dict[str, Any]]:
    return [{"user": person.user_id, "why": why_to(person.why)} for person in people]
