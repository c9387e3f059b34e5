"""What must hold for every definition, company and sequence of actions."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from guiyan.approvals.engine.advance import act, advance, fold
from guiyan.approvals.engine.definition import parse_definition
from guiyan.approvals.engine.state import Case, Decided, Mark, Opened, Outcome, State, Verdict, Withdrawn
from guiyan.kernel.errors import Refused
from tests.approvals.company import Company, Silent, document

PEOPLE = list(range(1, 9))
person = st.sampled_from(PEOPLE)
FIELDS = [
    {"name": "dept", "title": "D", "kind": "department", "required": False},
    {"name": "who", "title": "W", "kind": "person", "many": True, "required": False},
]
rules = st.one_of(
    st.lists(person, min_size=1, max_size=4).map(lambda ids: {"kind": "person", "user_ids": ids}),
    st.just({"kind": "role", "role": "hr_manager", "department_field": "dept"}),
    st.integers(1, 3).map(lambda n: {"kind": "department_head", "department_fields": ["dept"], "level": n}),
    st.integers(1, 3).map(lambda n: {"kind": "requester_manager", "level": n}),
    st.just({"kind": "field", "field": "who"}),
)


@st.composite
def definitions(draw, modes=("any", "all", "in_order")):
    kinds = draw(st.lists(st.sampled_from(["approve", "approve", "handler", "copy"]), min_size=0, max_size=4))
    kinds.insert(draw(st.integers(0, len(kinds))), "approve")
    nodes = []
    for index, kind in enumerate(kinds):
        node = {"kind": kind, "id": f"n{index}", "title": f"N{index}", "assignee": draw(rules)}
        if kind != "copy":
            node["question"] = "Is it right?"
            node["mode"] = draw(st.sampled_from(modes))
            node["vacancy"] = draw(st.sampled_from(["administrator", "upward", "skip"]))
        nodes.append(node)
    return parse_definition(document(*nodes, fields=FIELDS))


@st.composite
def companies(draw):
    heads = st.dictionaries(st.tuples(st.just(10), st.integers(1, 4)), person)
    return Company(
        active=set(draw(st.lists(person, max_size=8))),
        roles={"hr_manager": tuple(draw(st.lists(person, max_size=3)))},
        heads=draw(heads),
        managers=draw(st.dictionaries(person, person)),
        admins=tuple(draw(st.lists(person, max_size=2))),
    )


cases = st.builds(
    Case,
    person,
    st.fixed_dictionaries({}, optional={"dept": st.just(10), "who": st.lists(person, max_size=2)}),
)
nodes = st.sampled_from([f"n{index}" for index in range(6)])
actions = st.one_of(
    st.builds(Decided, nodes, person, st.sampled_from(Verdict), st.sampled_from(["", "Because."])),
    st.builds(Withdrawn, person),
)


def play(definition, case, company, attempts):
    """Run attempts, legal or not; returns the history and every state on the way."""
    outcome = advance(definition, case, (), company)
    history, states = outcome.new, [outcome.state]
    for attempt in attempts:
        try:
            outcome = act(definition, case, history, attempt, company)
        except Refused:
            continue
        history, states = history + outcome.new, [*states, outcome.state]
    return history, states


@settings(max_examples=150, deadline=None)
@given(definitions(), cases, companies(), st.lists(actions, max_size=14), st.booleans())
def test_given_anything_when_acted_then_a_new_state_or_a_refusal_and_the_laws_hold(
    definition, case, company, attempts, eager
):
    if eager:  # mostly legal actions, so that runs get far
        attempts = eager_actions(definition, case, company) + attempts
    history, states = play(definition, case, company, attempts)
    final = states[-1]

    opened = {entry.node_id: entry for entry in history if isinstance(entry, Opened)}
    for entry in history:
        if isinstance(entry, Decided):
            asked = {assignee.user_id for assignee in opened[entry.node_id].assignees}
            assert entry.actor_id in asked
            if entry.verdict is not Verdict.DONE:
                assert entry.actor_id != case.requester_id
    for state in states:
        pairs = [(task.node_id, task.assignee_id) for task in state.open_tasks]
        assert len(pairs) == len(set(pairs)), "two open tasks for one person and node"
        assert state.finished == (not pairs and state.blocked is None), "a run waits for someone or is over"
    if final.state in {State.APPROVED, State.DONE}:
        marks = {step.node_id: step.mark for step in final.steps}
        approvers = [node.id for node in definition.nodes if node.kind == "approve"]
        assert {marks[node_id] for node_id in approvers} <= {Mark.APPROVED, Mark.SKIPPED}
        assert any(marks[node_id] is Mark.APPROVED for node_id in approvers)
    assert not any(earlier.finished for earlier, _ in pairwise(states)), "nothing happens after the end"


@settings(max_examples=100, deadline=None)
@given(definitions(), cases, companies(), st.lists(actions, max_size=8), companies())
def test_given_a_history_when_replayed_then_the_same_state_whatever_became_of_the_company(
    definition, case, company, attempts, reorganised
):
    attempts = eager_actions(definition, case, company)[: len(attempts)] + attempts
    history, states = play(definition, case, company, attempts)

    final = states[-1]
    if final.blocked is None:
        assert fold(definition, history) == final
        assert advance(definition, case, history, Silent()) == Outcome(final, ())
    else:
        assert fold(definition, history).tasks == final.tasks
        later = advance(definition, case, history, reorganised).state
        given_before = [task for task in final.tasks if task.mark is not Mark.AHEAD]
        assert [task for task in later.tasks if task in given_before] == given_before


@settings(max_examples=80, deadline=None)
@given(definitions(modes=("all",)), cases, companies(), st.randoms())
def test_given_a_countersign_when_people_approve_in_another_order_then_the_same_state(
    definition, case, company, random
):
    outcome = advance(definition, case, (), company)
    waiting = [Decided(t.node_id, t.assignee_id, answer(definition, t)) for t in outcome.state.open_tasks]
    shuffled = random.sample(waiting, len(waiting))

    _, one = play(definition, case, company, waiting)
    _, other = play(definition, case, company, shuffled)

    assert one[-1] == other[-1]


def answer(definition, task):
    kind = next(node.kind for node in definition.nodes if node.id == task.node_id)
    return Verdict.DONE if kind == "handler" else Verdict.APPROVE


def eager_actions(definition, case, company):
    """The actions by which everyone asked agrees, until the end or a blocked step."""
    outcome = advance(definition, case, (), company)
    history, taken = outcome.new, []
    while outcome.state.open_tasks:
        task = outcome.state.open_tasks[0]
        taken.append(Decided(task.node_id, task.assignee_id, answer(definition, task)))
        outcome = act(definition, case, history, taken[-1], company)
        history += outcome.new
    return taken
