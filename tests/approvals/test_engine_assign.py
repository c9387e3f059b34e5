"""Who gets a step, and why: every rule, vacancy and the four eyes."""

import pytest

from guiyan.approvals.engine.advance import NobodyCanDecide, OwnRequest, advance, plan
from guiyan.approvals.engine.definition import parse_definition
from guiyan.approvals.engine.state import Case, Copied, Opened, Skipped, Why
from tests.approvals.company import (
    ADMIN,
    BOSS,
    HEAD,
    HR,
    HR_TWO,
    LEAVER,
    OPERATIONS,
    PARENT_HEAD,
    SPECIALIST,
    SUPPLY,
    Company,
    approve,
    document,
    persons,
)

FIELDS = [
    {"name": "dept", "title": "Department", "kind": "department", "required": False},
    {"name": "depts", "title": "Departments", "kind": "department", "many": True, "required": False},
    {"name": "who", "title": "Who", "kind": "person", "many": True, "required": False},
]
HEADS = {"kind": "department_head", "department_fields": ["depts", "dept"]}


def opened(node, facts=None, requester=BOSS, company=None, **flow):
    """What the first step of a one-step flow becomes, as (user id, why code) pairs or the entry itself."""
    definition = parse_definition(document(node, fields=FIELDS, **flow))
    outcome = advance(definition, Case(requester, facts or {}), (), company or Company())
    if not outcome.new:
        return outcome.state.blocked
    first = outcome.new[0]
    return [(a.user_id, a.why.code) for a in first.assignees] if isinstance(first, Opened) else first


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        (persons(HR, HEAD), {}, [(HR, "person"), (HEAD, "person")]),
        ({"kind": "role", "role": "hr_manager"}, {}, [(HR, "role"), (HR_TWO, "role")]),
        (HEADS, {"dept": SUPPLY}, [(HEAD, "department_head")]),
        (HEADS, {"dept": SUPPLY, "depts": [OPERATIONS]}, [(PARENT_HEAD, "department_head")]),
        (
            HEADS,
            {"depts": [SUPPLY, OPERATIONS]},
            [(HEAD, "department_head"), (PARENT_HEAD, "department_head")],
        ),
        (HEADS | {"level": 2}, {"dept": SUPPLY}, [(PARENT_HEAD, "department_head_above")]),
        ({"kind": "field", "field": "who"}, {"who": [SPECIALIST]}, [(SPECIALIST, "field")]),
    ],
)
def test_given_a_rule_when_the_step_opens_then_these_people_are_asked_for_this_reason(rule, facts, expected):
    assert opened(approve(assignee=rule), facts) == expected


@pytest.mark.parametrize(("level", "expected"), [(1, PARENT_HEAD), (2, BOSS)])
def test_given_a_manager_rule_when_the_step_opens_then_the_line_is_followed(level, expected):
    rule = {"kind": "requester_manager", "level": level}

    assert opened(approve(assignee=rule), requester=HEAD) == [(expected, "requester_manager")]


def test_given_a_leaver_among_the_assignees_when_opened_then_only_the_active_are_asked():
    assert opened(approve(assignee=persons(LEAVER, HR))) == [(HR, "person")]


@pytest.mark.parametrize(
    ("vacancy", "rule", "facts", "expected"),
    [
        ("administrator", persons(LEAVER), {}, [(ADMIN, "vacant_administrator")]),
        ("administrator", {"kind": "role", "role": "nobody"}, {}, [(ADMIN, "vacant_administrator")]),
        ("administrator", {"kind": "field", "field": "who"}, {}, [(ADMIN, "vacant_administrator")]),
        ("upward", HEADS, {"dept": SUPPLY}, [(PARENT_HEAD, "vacant_upward")]),
        ("upward", persons(LEAVER), {}, [(PARENT_HEAD, "vacant_upward")]),
        ("upward", HEADS, {"dept": 99}, [(ADMIN, "vacant_administrator")]),
    ],
)
def test_given_a_vacant_post_when_opened_then_the_definition_says_who_takes_it(
    vacancy, rule, facts, expected
):
    company = Company()
    company.active.discard(HEAD)
    company.managers[BOSS] = PARENT_HEAD

    assert opened(approve(assignee=rule, vacancy=vacancy), facts, company=company) == expected


def test_given_a_vacant_post_with_skip_when_another_step_still_asks_then_it_is_passed_over_with_its_why():
    definition = parse_definition(
        document(
            approve("one", assignee=persons(LEAVER), vacancy="skip"), approve("two", assignee=persons(HR))
        )
    )

    outcome = advance(definition, Case(BOSS), (), Company())

    assert outcome.new[0] == Skipped("one", Why("vacant_skipped"))
    assert [task.assignee_id for task in outcome.state.open_tasks] == [HR]


def test_given_every_step_could_be_skipped_when_nobody_approved_then_the_last_one_asks_an_administrator():
    definition = parse_definition(
        document(
            approve("one", assignee=persons(LEAVER), vacancy="skip"),
            approve("two", assignee=persons(LEAVER), vacancy="skip"),
        )
    )

    outcome = advance(definition, Case(BOSS), (), Company())

    assert [type(entry) for entry in outcome.new] == [Skipped, Opened]
    assert [task.assignee_id for task in outcome.state.open_tasks] == [ADMIN]


@pytest.mark.parametrize(
    ("requester", "rule", "expected"),
    [
        (HR, persons(HR), [(BOSS, "instead_of_self")]),
        (HR, {"kind": "role", "role": "hr_manager"}, [(HR_TWO, "role")]),
        (BOSS, persons(BOSS), [(ADMIN, "administrator_instead_of_self")]),
        (HEAD, HEADS, [(PARENT_HEAD, "instead_of_self")]),
    ],
)
def test_given_the_requester_is_the_assignee_when_opened_then_it_never_falls_to_them(
    requester, rule, expected
):
    assert opened(approve(assignee=rule), {"dept": SUPPLY}, requester=requester) == expected


@pytest.mark.parametrize("mode", ["all", "in_order"])
def test_given_a_countersign_with_the_requester_in_it_when_opened_then_their_place_is_taken_not_dropped(mode):
    node = approve(assignee=persons(HR, HR_TWO, LEAVER), mode=mode)

    assert opened(node, requester=HR) == [
        (BOSS, "instead_of_self"),
        (HR_TWO, "person"),
        (ADMIN, "vacant_administrator"),
    ]


def test_given_a_manager_who_left_when_the_requester_would_approve_then_the_next_one_up_decides():
    company = Company()
    company.active.discard(PARENT_HEAD)

    assert opened(approve(assignee=persons(HEAD)), requester=HEAD, company=company) == [
        (BOSS, "instead_of_self")
    ]


def test_given_a_circular_reporting_line_when_opened_then_it_ends_with_an_administrator():
    company = Company(managers={LEAVER: HR, HR: LEAVER})

    assert opened(approve(assignee=persons(HR)), requester=HR, company=company) == [
        (ADMIN, "administrator_instead_of_self")
    ]


def test_given_nobody_at_all_when_advanced_then_blocked_with_a_why_and_later_it_goes_on():
    company = Company(admins=())
    definition = parse_definition(document(approve(assignee=persons(LEAVER))))

    outcome = advance(definition, Case(BOSS), (), company)
    assert outcome.new == ()
    assert outcome.state.blocked == Why("nobody", {"step": "One"})

    company.active.add(LEAVER)
    assert [t.assignee_id for t in advance(definition, Case(BOSS), (), company).state.open_tasks] == [LEAVER]


def test_given_the_only_administrator_is_the_requester_when_vacant_then_blocked_rather_than_self_approved():
    assert opened(approve(assignee=persons(LEAVER)), requester=ADMIN) == Why("nobody", {"step": "One"})


def test_given_a_handler_step_when_the_requester_is_named_then_they_may_do_the_work():
    work = {"kind": "handler", "id": "work", "title": "W", "question": "Do it.", "assignee": persons(BOSS)}
    definition = parse_definition(document(approve(assignee=persons(HR)), work))

    asked = plan(definition, Case(BOSS), Company())

    assert [
        (entry.node_id, [a.user_id for a in entry.assignees]) for entry in asked if isinstance(entry, Opened)
    ] == [
        ("one", [HR]),
        ("work", [BOSS]),
    ]


def test_given_a_copy_step_when_reached_then_readers_are_told_and_the_run_goes_on():
    copy = {"kind": "copy", "id": "tell", "title": "Tell", "assignee": persons(SPECIALIST, LEAVER)}
    definition = parse_definition(document(copy, approve(assignee=persons(HR))))

    outcome = advance(definition, Case(BOSS), (), Company())

    assert isinstance(outcome.new[0], Copied)
    assert [a.user_id for a in outcome.new[0].readers] == [SPECIALIST]
    assert [task.assignee_id for task in outcome.state.open_tasks] == [HR]


def test_given_a_copy_step_with_only_leavers_when_reached_then_it_is_passed_over():
    copy = {"kind": "copy", "id": "tell", "title": "Tell", "assignee": persons(LEAVER)}

    definition = parse_definition(document(copy, approve(assignee=persons(HR))))
    assert advance(definition, Case(BOSS), (), Company()).new[0] == Skipped("tell", Why("nobody_to_tell"))


def test_given_self_approval_is_refused_when_planned_then_the_start_is_refused():
    definition = parse_definition(document(approve(assignee=persons(HR)), self_approval="refuse"))

    with pytest.raises(OwnRequest):
        plan(definition, Case(HR), Company())
    assert plan(definition, Case(BOSS), Company())


def test_given_a_step_nobody_can_decide_when_planned_then_refused_with_its_name():
    definition = parse_definition(
        document(approve(), approve("two", title="Finance", assignee=persons(LEAVER)))
    )

    with pytest.raises(NobodyCanDecide, match="Finance"):
        plan(definition, Case(BOSS), Company(admins=()))


def test_given_a_person_who_holds_a_post_twice_when_opened_then_they_are_asked_once():
    company = Company(roles={"hr_manager": (HR, HR)}, admins=(ADMIN, ADMIN))

    assert opened(approve(), company=company) == [(HR, "role")]
    assert opened(approve(assignee=persons(LEAVER)), company=company) == [(ADMIN, "vacant_administrator")]
