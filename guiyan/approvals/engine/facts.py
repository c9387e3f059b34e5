"""Facts of an instance: only declared names, only the declared kind, only what the right side may fill."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from guiyan.approvals.engine.definition import FactField, FlowDefinition
from guiyan.kernel.errors import InvalidInput, gettext_noop

MAX_TEXT = 500

_PROBLEMS = {
    "unknown": (gettext_noop("this flow knows no such field"), gettext_noop("Leave it out.")),
    "not_chosen": (gettext_noop("the system fills this in"), gettext_noop("Leave it out.")),
    "missing": (gettext_noop("this is required"), gettext_noop("Fill it in.")),
    "kind": (
        gettext_noop("this is not the kind of value the flow expects"),
        gettext_noop("Correct the value."),
    ),
}


def check_facts(
    definition: FlowDefinition, facts: Mapping[str, Any], choices: Mapping[str, Any]
) -> dict[str, Any]:
    """Merge the server's facts and the requester's choices. Raises InvalidInput naming the field.

    A requester can never fill a field the server computes, nor the other way round.
    """
    declared = {field.name: field for field in definition.fields}
    merged: dict[str, Any] = {}
    for source, chosen in ((facts, False), (choices, True)):
        for name, value in source.items():
            field = declared.get(name)
            if field is None:
                raise _wrong(name, "unknown")
            if field.chosen != chosen:
                raise _wrong(name, "not_chosen")
            if not _blank(value):
                merged[name] = _checked(field, value)
    for field in definition.fields:
        if field.required and field.name not in merged:
            raise _wrong(field.name, "missing")
    return merged


def ids_in(facts: Mapping[str, Any], name: str) -> tuple[int, ...]:
    """Ids under a person or department field; empty when it was left open."""
    value = facts.get(name)
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _blank(value: Any) -> bool:
    return value is None or value in ("", [], ())


def _checked(field: FactField, value: Any) -> Any:
    if field.many:
        if not isinstance(value, list | tuple) or len(value) > 50 or not all(map(_is_id, value)):
            raise _wrong(field.name, "kind")
        return list(dict.fromkeys(value))
    if not _fits(field.kind, value):
        raise _wrong(field.name, "kind")
    return value


def _fits(kind: str, value: Any) -> bool:
    match kind:
        case "text":
            return isinstance(value, str) and len(value) <= MAX_TEXT
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "date":
            return isinstance(value, str) and _is_date(value)
        case _:
            return _is_id(value)


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _wrong(name: str, problem: str) -> InvalidInput:
    what, remedy = _PROBLEMS[problem]
    return InvalidInput(field=name, problem=what, remedy=remedy)
