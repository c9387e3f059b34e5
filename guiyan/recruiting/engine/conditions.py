"""What would have to change, held against what has changed. Pure; days are the company's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

State = Literal["ok", "no", "ask"]
Outcome = Literal["met", "partly", "no", "unknown"]

FOR_A_PERSON = frozenset({"SKILL_GAINED", "OTHER"})  # no record can answer these
CHANGES = {"DEPARTMENT_RESTORED": "RESTORED", "HEADCOUNT_APPROVED": "HEADCOUNT", "BUDGET_APPROVED": "BUDGET"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One reconsider condition. `department_path` "/1/4/" or ""; amount in CNY a month."""

    id: int
    kind: str
    words: str = ""
    department_path: str = ""
    position: str = ""
    amount: Decimal | None = None
    on_date: date | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """An open requisition. Band in CNY a month; `opened_on` is the last time it opened."""

    id: int
    number: str
    title: str
    department_path: str
    vacancies: int
    opened_on: date
    salary_min: Decimal | None = None
    salary_max: Decimal | None = None
    city: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """An organisation change that took effect."""

    id: int
    kind: str
    department_path: str
    department: str
    effective_on: date
    document: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """How one condition stands: ok, no, or ask (a person must judge), with the record that decides."""

    condition: Condition
    state: State
    opening: Opening | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How all stand together. `opening` is the open requisition the person could come back for."""

    outcome: Outcome
    checks: tuple[Check, ...]
    opening: Opening | None = None


def judge(
    conditions: Sequence[Condition], openings: Sequence[Opening], changes: Sequence[Change], *, since: date, today: date
) -> Verdict:  # fmt: skip
    """Conditions of one closed application against what happened after `since`, the day it was closed.

    A salary band is a gate that must hold; of the others one is enough. NEVER shuts the door.
    """
    fresh = [opening for opening in openings if since < opening.opened_on <= today]
    after = [change for change in changes if since < change.effective_on <= today]
    checks = tuple(_check(condition, fresh, after, today) for condition in conditions)
    found = next((check.opening for check in checks if check.opening is not None), None)
    return Verdict(_together(checks), checks, found)


def _together(checks: Sequence[Check]) -> Outcome:
    if any(check.condition.kind == "NEVER" for check in checks):
        return "no"
    gates = [check.state for check in checks if check.condition.kind == "BAND_AT_LEAST"]
    others = [check.state for check in checks if check.condition.kind != "BAND_AT_LEAST"]
    if checks and all(state == "ok" for state in gates) and ("ok" in others or not others):
        return "met"
    states = {*gates, *others}
    if "ok" in states:
        return "partly"
    return "no" if "no" in states else "unknown"


def _check(
    condition: Condition, openings: Sequence[Opening], changes: Sequence[Change], today: date
) -> Check:
    kind = condition.kind
    if kind in FOR_A_PERSON:
        return Check(condition, "ask")
    if kind == "DATE_ARRIVES":
        arrived = condition.on_date is not None and condition.on_date <= today
        return Check(condition, "ok" if arrived else "no")
    matching = [opening for opening in openings if same_opening(condition, opening)]
    newest = max(matching, key=lambda opening: (opening.opened_on, opening.id), default=None)
    if kind == "BAND_AT_LEAST":
        return _band(condition, matching)
    if kind in CHANGES and (change := _change(condition, changes)):
        return Check(condition, "ok", change=change, opening=newest)
    if kind in {"REQUISITION_OPENS", "HEADCOUNT_APPROVED"} and newest is not None:
        return Check(condition, "ok", opening=newest)
    return Check(condition, "no")


def _band(condition: Condition, openings: Sequence[Opening]) -> Check:
    """The best band among the matching openings; unknown bands must be asked for."""
    known = [opening for opening in openings if top_of(opening) is not None]
    if not known:
        return Check(condition, "ask" if openings else "no", openings[0] if openings else None)
    best = max(known, key=lambda opening: top_of(opening) or Decimal(0))
    reached = (top_of(best) or Decimal(0)) >= (condition.amount or Decimal(0))
    return Check(condition, "ok" if reached else "no", best)


def top_of(opening: Opening) -> Decimal | None:
    """The most the band gives."""
    return opening.salary_max if opening.salary_max is not None else opening.salary_min


def _change(condition: Condition, changes: Sequence[Change]) -> Change | None:
    """The newest change of the wanted kind in the department or one above it."""
    wanted = CHANGES[condition.kind]
    found = [
        change
        for change in changes
        if change.kind == wanted and condition.department_path.startswith(change.department_path)
    ]
    return max(found, key=lambda change: (change.effective_on, change.id), default=None)


def same_title(one: str, other: str) -> bool:
    """The same position, spaces and letter case aside."""
    return bool(one) and "".join(one.split()).casefold() == "".join(other.split()).casefold()


def same_opening(condition: Condition, opening: Opening) -> bool:
    """The same position in the same branch of the tree; a condition without department takes any."""
    near = (
        not condition.department_path
        or opening.department_path.startswith(condition.department_path)
        or condition.department_path.startswith(opening.department_path)
    )
    return near and same_title(condition.position, opening.title)
