"""The engine of reconsider conditions, by tables."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guiyan.recruiting.engine.conditions import Change, Condition, Opening, judge

SINCE, TODAY = date(2026, 3, 27), date(2026, 11, 23)


def condition(kind: str, **facts) -> Condition:
    return Condition(1, kind, department_path="/1/4/", position="供应链经理", **facts)


def opening(**facts) -> Opening:
    given: dict[str, Any] = {
        "id": 7, "number": "ZP-2026-0087", "title": "供应链经理", "department_path": "/1/4/", "vacancies": 1,
        "opened_on": date(2026, 11, 16), "salary_min": Decimal(30000), "salary_max": Decimal(38000), **facts,
    }  # fmt: skip
    return Opening(**given)


def change(kind: str = "RESTORED", path: str = "/1/4/", on: date = date(2026, 11, 2)) -> Change:
    return Change(3, kind, path, "供应链中心", on)


BAND: dict[str, Any] = {"kind": "BAND_AT_LEAST", "amount": Decimal(30000)}
CASES = [
    ("nothing happened", [condition("REQUISITION_OPENS")], [], [], "no"),
    ("the position opens", [condition("REQUISITION_OPENS")], [opening()], [], "met"),
    ("another position opens", [condition("REQUISITION_OPENS")], [opening(title="计划经理")], [], "no"),
    ("the same title in another branch", [condition("REQUISITION_OPENS")], [opening(department_path="/1/9/")], [], "no"),
    ("in a department below", [condition("REQUISITION_OPENS")], [opening(department_path="/1/4/8/")], [], "met"),
    ("spaces and case do not matter", [condition("REQUISITION_OPENS")], [opening(title=" 供应链 经理")], [], "met"),
    ("it was open already on that day", [condition("REQUISITION_OPENS")], [opening(opened_on=SINCE)], [], "no"),
    ("it opens tomorrow", [condition("REQUISITION_OPENS")], [opening(opened_on=date(2026, 11, 24))], [], "no"),
    ("headcount by change", [condition("HEADCOUNT_APPROVED")], [], [change("HEADCOUNT")], "met"),
    ("headcount by opening", [condition("HEADCOUNT_APPROVED")], [opening()], [], "met"),
    ("budget needs its change", [condition("BUDGET_APPROVED")], [opening()], [], "no"),
    ("budget", [condition("BUDGET_APPROVED")], [], [change("BUDGET")], "met"),
    ("restored", [condition("DEPARTMENT_RESTORED")], [], [change()], "met"),
    ("restored above", [condition("DEPARTMENT_RESTORED")], [], [change(path="/1/")], "met"),
    ("restored elsewhere", [condition("DEPARTMENT_RESTORED")], [], [change(path="/1/9/")], "no"),
    ("restored before", [condition("DEPARTMENT_RESTORED")], [], [change(on=SINCE)], "no"),
    ("restored in future", [condition("DEPARTMENT_RESTORED")], [], [change(on=date(2026, 11, 24))], "no"),
    ("band alone reached", [condition(**BAND)], [opening()], [], "met"),
    ("band exactly", [condition(**BAND)], [opening(salary_max=Decimal(30000))], [], "met"),
    ("band one fen short", [condition(**BAND)], [opening(salary_max=Decimal("29999.99"))], [], "no"),
    ("band unknown", [condition(**BAND)], [opening(salary_min=None, salary_max=None)], [], "unknown"),
    ("open but band short", [condition("REQUISITION_OPENS"), condition(**BAND)],
     [opening(salary_max=Decimal(28000))], [], "partly"),
    ("one of two", [condition("REQUISITION_OPENS"), condition("BUDGET_APPROVED")], [opening()], [], "met"),
    ("restored, band waits", [condition("DEPARTMENT_RESTORED"), condition(**BAND)], [], [change()], "partly"),
    ("date today", [condition("DATE_ARRIVES", on_date=TODAY)], [], [], "met"),
    ("date tomorrow", [condition("DATE_ARRIVES", on_date=date(2026, 11, 24))], [], [], "no"),
    ("a skill: ask", [condition("SKILL_GAINED", words="英语")], [opening()], [], "unknown"),
    ("never shuts the door", [condition("REQUISITION_OPENS"), condition("NEVER")], [opening()], [], "no"),
    ("nothing written", [], [opening()], [], "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("_why", "conditions", "openings", "changes", "outcome"), CASES, ids=[c[0] for c in CASES]
)
def test_given_conditions_and_what_happened_then_the_outcome(_why, conditions, openings, changes, outcome):
    assert judge(conditions, openings, changes, since=SINCE, today=TODAY).outcome == outcome


def test_given_two_openings_then_the_newest_is_shown_and_the_best_band_counts():
    old = opening(id=5, opened_on=date(2026, 6, 1), salary_max=Decimal(45000))
    new = opening(id=6, salary_max=Decimal(29000))

    verdict = judge(
        [condition("REQUISITION_OPENS"), condition(**BAND)], [old, new], [], since=SINCE, today=TODAY
    )

    assert verdict.outcome == "met"
    assert verdict.opening == new
    assert verdict.checks[1].opening == old
