"""One action on a run: what it leads to, and every way it is refused."""

import pytest

from guiyan.approvals.engine.advance import (
    AlreadyDecided,
    NotYourRequest,
    NotYourTask,
    OwnRequest,
    WordsNeeded,
    WrongAnswer,
    act,
    advance,
    fold,
)
from guiyan.approvals.engine.definition import parse_definition
from guiyan.approvals.engine.run import BrokenHistory
from guiyan.approvals.engine.state import (
    Assignee,
    Case,
    Decided,
    Mark,
    Opened,
    Skipped,
    State,
    Verdict,
    Why,
    Withdrawn,
)
from tests.approvals.company import BOSS, HEAD, HR, HR_TWO, SPECIALIST, Company, approve, document, persons

WORK = {"kind": "handler", "id": "work", "title": "W", "question": "Do it.", "assignee": persons(SPECIALIST)}
COPY = {"kind": "copy", "id": "tell", "title": "Tell", "assignee": persons(BOSS)}
APPROVE, REJECT, DONE = Verdict.APPROVE, Verdict.REJECT, Verdict.DONE


class Running:
    """A run driven step by step, as the command layer will do it."""

    def __init__(self, *nodes, requester=BOSS):
        self.definition, self.company = parse_definition(document(*nodes)), Company()
        self.case = Case(requester)
        outcome = advance(self.definition, self.case, (), self.company)
        self.history, self.state = outcome.new, outcome.state

    def do(self, action):
        outcome = act(self.definition, self.case, self.history, action, self.company)
        self.history, self.state = self.history + outcome.new, outcome.state
        return self

    def decide(self, user, verdict=APPROVE, node="one", comment=""):
        return self.do(Decided(node, user, verdict, comment))

    @property
    def waiting(self):
        return [(task.node_id, task.assignee_id) for task in self.state.open_tasks]

    @property
    def marks(self):
        return {task.assignee_id: task.mark for task in self.state.tasks}


def test_given_any_one_when_one_approves_then_the_others_are_closed_and_the_next_step_opens():
    run = Running(approve(), approve("two", assignee=persons(HEAD))).decide(HR)

    assert run.waiting == [("two", HEAD)]
    assert run.marks == {HR: Mark.APPROVED, HR_TWO: Mark.CANCELLED, HEAD: Mark.OPEN}
    assert run.state.steps[0].why == Why("one_approved")
    assert run.state.state is State.RUNNING


def test_given_a_countersign_when_one_of_two_approves_then_it_still_waits_for_the_other():
    run = Running(approve(mode="all")).decide(HR_TWO)

    assert run.waiting == [("one", HR)]
    assert run.decide(HR).state.state is State.APPROVED
    assert run.state.finished


def test_given_in_order_when_the_second_is_early_then_refused_and_after_the_first_it_is_their_turn():
    run = Running(approve(mode="in_order"))
    assert run.waiting == [("one", HR)]
    assert run.marks[HR_TWO] is Mark.AHEAD

    before = run.history
    with pytest.raises(AlreadyDecided):
        run.decide(HR_TWO)
    assert run.history == before

    assert run.decide(HR).waiting == [("one", HR_TWO)]
    assert run.decide(HR_TWO).state.state is State.APPROVED


@pytest.mark.parametrize("mode", ["any", "all", "in_order"])
def test_given_any_mode_when_one_refuses_with_words_then_all_ends(mode):
    run = Running(approve(mode=mode), approve("two", assignee=persons(HEAD)))
    run.decide(HR, REJECT, comment="The post is closed.")

    assert run.state.state is State.REJECTED
    assert run.state.finished
    assert run.waiting == []
    assert run.state.steps[0].why == Why("rejected")
    assert run.state.steps[1].mark is Mark.CANCELLED
    assert run.marks == {HR: Mark.REJECTED, HR_TWO: Mark.CANCELLED}


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_given_no_words_when_refusing_then_words_are_asked_for(words):
    run = Running(approve())

    with pytest.raises(WordsNeeded, match="needs a reason"):
        run.decide(HR, REJECT, comment=words)
    assert run.state == fold(run.definition, run.history)


def test_given_work_after_the_approval_when_approved_then_approved_but_not_finished_until_done():
    run = Running(approve(), WORK).decide(HR)
    assert (run.state.state, run.state.finished, run.waiting) == (
        State.APPROVED,
        False,
        [("work", SPECIALIST)],
    )

    run.decide(SPECIALIST, DONE, "work")
    assert (run.state.state, run.state.finished) == (State.DONE, True)


def test_given_work_then_copy_when_done_then_the_run_is_done():
    run = Running(approve(), WORK, COPY).decide(HR).decide(SPECIALIST, DONE, "work")

    assert (run.state.state, run.state.finished) == (State.DONE, True)
    assert run.marks[BOSS] is Mark.COPIED


def test_given_work_before_the_approval_when_all_is_over_then_the_run_is_approved():
    run = Running(WORK, approve(assignee=persons(HR))).decide(SPECIALIST, DONE, "work")
    assert run.state.state is State.RUNNING

    assert run.decide(HR).state.state is State.APPROVED


def test_given_a_step_ahead_when_its_person_decides_it_early_then_refused():
    run = Running(approve(), approve("two", assignee=persons(HEAD)))

    with pytest.raises(NotYourTask):
        run.decide(HEAD, node="two")
    assert run.waiting == [("one", HR), ("one", HR_TWO)]


def test_given_a_stranger_when_they_decide_then_refused():
    with pytest.raises(NotYourTask):
        Running(approve()).decide(SPECIALIST)


def test_given_an_unknown_step_when_decided_then_refused():
    with pytest.raises(NotYourTask):
        Running(approve()).decide(HR, node="three")


@pytest.mark.parametrize(("node", "verdict", "person"), [("one", DONE, HR), ("work", APPROVE, SPECIALIST)])
def test_given_the_wrong_kind_of_answer_when_given_then_refused(node, verdict, person):
    run = Running(approve(assignee=persons(HR)), WORK)
    if node == "work":
        run.decide(HR)

    with pytest.raises(WrongAnswer):
        run.decide(person, verdict, node)


@pytest.mark.parametrize("again", [APPROVE, REJECT])
def test_given_a_decided_task_when_decided_again_then_conflict_with_the_current_state(again):
    run = Running(approve(), approve("two", assignee=persons(HEAD))).decide(HR)
    before = run.history

    for late in (HR, HR_TWO):
        with pytest.raises(AlreadyDecided) as refusal:
            run.decide(late, again, comment="No.")
        assert refusal.value.status == 409
        assert refusal.value.facts == {"state": "RUNNING"}
    assert run.history == before


def test_given_the_requester_when_they_withdraw_then_all_open_tasks_close():
    run = Running(approve()).do(Withdrawn(BOSS, "Found somebody."))

    assert (run.state.state, run.state.finished, run.waiting) == (State.WITHDRAWN, True, [])
    assert set(run.marks.values()) == {Mark.CANCELLED}


def test_given_somebody_else_when_they_withdraw_then_refused():
    run = Running(approve())

    with pytest.raises(NotYourRequest):
        run.do(Withdrawn(HR))
    assert run.waiting == [("one", HR), ("one", HR_TWO)]


def test_given_a_finished_run_when_anything_is_done_then_conflict():
    run = Running(approve()).decide(HR)

    for action in (Withdrawn(BOSS), Decided("one", HR, APPROVE)):
        with pytest.raises(AlreadyDecided) as refusal:
            run.do(action)
        assert refusal.value.facts == {"state": "APPROVED"}


def test_given_a_history_that_names_the_requester_when_they_approve_then_still_refused():
    """Defence in depth: even an opening that should not exist lets nobody approve their own request."""
    definition = parse_definition(document(approve()))
    history = (Opened("one", (Assignee(BOSS, Why("person")),)),)

    with pytest.raises(OwnRequest):
        act(definition, Case(BOSS), history, Decided("one", BOSS, APPROVE), Company())


@pytest.mark.parametrize(
    "entries",
    [
        (Decided("one", HR, APPROVE),),
        (Opened("two", (Assignee(HR, Why("person")),)),),
        (Opened("one", ()),),
        (Opened("one", (Assignee(HR, Why("person")),)), Skipped("two", Why("vacant_skipped"))),
        (Withdrawn(BOSS), Opened("one", (Assignee(HR, Why("person")),))),
        (Opened("one", (Assignee(HR, Why("person")),)), Decided("one", HEAD, APPROVE)),
        (Opened("one", (Assignee(HR, Why("person")),)), Decided("one", HR, DONE)),
    ],
)
def test_given_a_history_that_cannot_have_happened_when_folded_then_it_is_called_broken(entries):
    definition = parse_definition(document(approve(), approve("two")))

    with pytest.raises(BrokenHistory):
        fold(definition, entries)
