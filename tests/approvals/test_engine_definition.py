"""A definition is checked once, completely, with the place of every fault."""

import json
from pathlib import Path

import pytest

import guiyan.approvals
from guiyan.approvals.engine.definition import InvalidDefinition, parse_definition
from guiyan.approvals.engine.facts import check_facts
from guiyan.kernel.errors import InvalidInput
from tests.approvals.company import approve, document, persons

FLOWS = Path(guiyan.approvals.__file__).parent / "flows"
FIELDS = [
    {"name": "days", "title": "Days", "kind": "integer"},
    {"name": "from_date", "title": "From", "kind": "date", "required": False},
    {"name": "urgent", "title": "Urgent", "kind": "boolean", "required": False},
    {"name": "reason", "title": "Reason", "kind": "text", "required": False},
    {
        "name": "agree",
        "title": "Who agrees",
        "kind": "department",
        "many": True,
        "chosen": True,
        "required": False,
    },
]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (document(), "at least one approve node"),
        (document(approve(), approve()), "node ids must be unique: one"),
        (
            document({"kind": "copy", "id": "c", "title": "C", "assignee": persons(1)}),
            "at least one approve node",
        ),
        (document(approve(colour="red")), "colour: Extra inputs are not permitted"),
        (document(approve(), colour="red"), "colour: Extra inputs are not permitted"),
        (document(approve(), format=2), "format: Input should be 1"),
        (document(approve(node_id="Bad id")), "String should match pattern"),
        (document(approve(title="  ")), "String should match pattern"),
        (document(approve(mode="most")), "Input should be 'any', 'all' or 'in_order'"),
        (document(approve(due_working_hours=0)), "greater than or equal to 1"),
        (
            document(approve(assignee={"kind": "eval", "code": "1"})),
            "does not match any of the expected tags",
        ),
        (
            document(approve(assignee={"kind": "field", "field": "who"})),
            "reads field who, which is not a declared",
        ),
        (
            document(
                approve(), fields=[{"name": "pay", "title": "Pay", "kind": "integer", "data_class": "C4"}]
            ),
            "Input should be 'C0' or 'C1'",
        ),
        (
            document(approve(), fields=[{"name": "d", "title": "D", "kind": "date", "many": True}]),
            "only person and department fields may hold many values",
        ),
    ],
)
def test_given_a_faulty_document_when_parsed_then_the_fault_and_its_place_are_named(fault, words):
    with pytest.raises(InvalidDefinition, match="cannot be used") as refusal:
        parse_definition(fault)

    told = [f"{problem['where']}: {problem['what']}" for problem in refusal.value.facts["problems"]]
    assert any(words in line for line in told), told


def test_given_two_faults_when_parsed_then_both_are_listed():
    with pytest.raises(InvalidDefinition) as refusal:
        parse_definition(document(approve(mode="most"), approve("two", vacancy="wait")))

    assert [problem["where"] for problem in refusal.value.facts["problems"]] == [
        "nodes.0.approve.mode",
        "nodes.1.approve.vacancy",
    ]


@pytest.mark.parametrize("path", sorted(FLOWS.glob("*.json")), ids=lambda path: path.stem)
def test_given_a_flow_we_ship_when_parsed_then_it_is_valid_and_named_as_its_file(path):
    assert parse_definition(json.loads(path.read_text("utf-8"))).key == path.stem


def test_given_the_recall_flow_when_read_then_it_asks_hr_then_business_then_briefs_the_specialist():
    flow = parse_definition(json.loads((FLOWS / "recall.json").read_text("utf-8")))

    assert [(node.kind, node.id) for node in flow.nodes] == [
        ("approve", "hr_manager"),
        ("approve", "business_head"),
        ("handler", "specialist"),
    ]


def test_given_facts_and_choices_when_checked_then_they_are_merged_and_blanks_left_out():
    flow = parse_definition(document(approve(), fields=FIELDS))

    merged = check_facts(flow, {"days": 2, "reason": "", "from_date": "2026-11-26"}, {"agree": [10, 20, 10]})

    assert merged == {"days": 2, "from_date": "2026-11-26", "agree": [10, 20]}


@pytest.mark.parametrize(
    ("facts", "choices", "told"),
    [
        ({"days": 2, "amount": 1}, {}, "amount: this flow knows no such field Leave it out."),
        ({"days": 2}, {"days": 3}, "days: the system fills this in Leave it out."),
        ({"days": 2, "agree": [1]}, {}, "agree: the system fills this in Leave it out."),
        ({}, {}, "days: this is required Fill it in."),
        ({"days": True}, {}, "days: this is not the kind of value the flow expects Correct the value."),
        ({"days": "2"}, {}, "days: this is not the kind of value the flow expects Correct the value."),
        ({"days": 2, "urgent": 1}, {}, "urgent: this is not the kind"),
        ({"days": 2, "from_date": "2026-02-30"}, {}, "from_date: this is not the kind"),
        ({"days": 2, "reason": "x" * 501}, {}, "reason: this is not the kind"),
        ({"days": 2}, {"agree": 10}, "agree: this is not the kind"),
        ({"days": 2}, {"agree": [0]}, "agree: this is not the kind"),
        ({"days": 2}, {"agree": list(range(1, 52))}, "agree: this is not the kind"),
    ],
)
def test_given_a_wrong_fact_when_checked_then_the_field_is_named(facts, choices, told):
    flow = parse_definition(document(approve(), fields=FIELDS))

    with pytest.raises(InvalidInput) as refusal:
        check_facts(flow, facts, choices)

    assert str(refusal.value).startswith(told)
