"""Moving a run: `advance` opens what is due, `act` takes one person's action, `plan` looks ahead.

All three are deterministic: the same definition, case, history and directory give the same answer.
Assignments are entries of the history: replaying needs no directory, a reorganisation rewrites nothing.
"""

from guiyan.approvals.engine.assign import open_step
from guiyan.approvals.engine.definition import FlowDefinition, Node, SelfApproval
from guiyan.approvals.engine.directory import Directory
from guiyan.approvals.engine.run import Run
from guiyan.approvals.engine.state import (
    Case,
    Copied,
    Decided,
    Entry,
    History,
    InstanceState,
    Opened,
    Outcome,
    Verdict,
    Why,
    Withdrawn,
)
from guiyan.kernel.errors import Conflict, InvalidInput, NotAllowed, Refused, gettext_noop


class AlreadyDecided(Conflict):
    """`state` says what holds now."""

    code = "already_decided"


class NotYourTask(NotAllowed):
    """The actor was not asked: reading a request gives no right to decide it."""

    code = "not_your_task"
    message = gettext_noop("This step was not given to you, so you cannot answer it.")
    fix = gettext_noop("The flow shows who is asked. Only they can answer.")


class OwnRequest(NotAllowed):
    """Nobody approves what they asked for, whatever role they hold."""

    code = "own_request"
    message = gettext_noop("You asked for this yourself, so you cannot approve it.")
    fix = gettext_noop("Wait for the person the flow names, or withdraw the request.")


class NotYourRequest(NotAllowed):
    """Only who asked may take it back or urge."""

    code = "not_your_request"
    message = gettext_noop("Only the person who asked can do this.")
    fix = gettext_noop("Ask them to do it.")


class WordsNeeded(InvalidInput):
    """A refusal without a reason helps nobody."""

    code = "words_needed"

    def __init__(self) -> None:
        super().__init__(
            field="comment",
            problem=gettext_noop("a refusal needs a reason"),
            remedy=gettext_noop("Say in a sentence why not."),
        )


class WrongAnswer(Refused):
    """An approve step is answered yes or no, a handler step is reported done."""

    code = "wrong_answer"
    message = gettext_noop("This step cannot be answered that way.")
    fix = gettext_noop("Reload the page and use the buttons of the step.")


class NobodyCanDecide(Refused):
    """`step` has no assignee and no administrator is free: starting would strand the request."""

    code = "nobody_can_decide"
    message = gettext_noop("The step “%(step)s” has nobody who can decide it.")
    fix = gettext_noop("Ask a system administrator to fill the post or to change the flow.")


def fold(definition: FlowDefinition, history: History) -> InstanceState:
    """The state a history leads to. Raises BrokenHistory when it cannot have happened."""
    return Run(definition, history).snapshot()


def advance(definition: FlowDefinition, case: Case, history: History, directory: Directory) -> Outcome:
    """Open every step that is due, until someone must answer or the run ends. Total for a sound history.

    `Outcome.new` holds the openings to append; on a run that already waits it is empty. When nobody can
    be found the state is `blocked` with its why; calling again after the organisation changed goes on.
    """
    return _advance(Run(definition, history), case, directory, [])


def act(
    definition: FlowDefinition,
    case: Case,
    history: History,
    action: Decided | Withdrawn,
    directory: Directory,
) -> Outcome:
    """Take one action, then open what is due. `Outcome.new` starts with the action.

    Raises AlreadyDecided (finished, or this task answered), NotYourTask, OwnRequest, NotYourRequest,
    WordsNeeded, WrongAnswer. A refusal changes nothing: the history is never touched in place.
    """
    run = Run(definition, history)
    if isinstance(action, Withdrawn):
        _check_withdrawal(run, case, action)
    else:
        _check_decision(run, case, action)
    run.apply(action)
    return _advance(run, case, directory, [action])


def plan(
    definition: FlowDefinition, case: Case, directory: Directory, history: History = ()
) -> tuple[Opened | Copied, ...]:
    """Who would be asked from here on if everyone agreed, with why; the organisation as it is now.

    Raises NobodyCanDecide for a step without anyone, OwnRequest when the definition refuses self-approval and
    the requester would have to approve.
    """
    run, found = Run(definition, history), []
    while not run.finished and (node := run.node) is not None:
        if run.step is None:
            entry = _opening(run, node, case, directory)
            if entry is None:
                raise NobodyCanDecide(step=node.title)
            if definition.self_approval is SelfApproval.REFUSE and _is_instead_of_self(entry):
                raise OwnRequest(step=node.title)
            if isinstance(entry, Opened | Copied):
                found.append(entry)
            run.apply(entry)
        _agree(run, node)
    return tuple(found)


def _agree(run: Run, node: Node) -> None:
    """Let everyone asked say yes, for looking ahead only."""
    verdict = Verdict.DONE if node.kind == "handler" else Verdict.APPROVE
    while (step := run.step) is not None and run.node is node and not run.finished:
        turn = next(person for person in step.people if run.turn_of(person.user_id))
        run.apply(Decided(node.id, turn.user_id, verdict))


def _advance(run: Run, case: Case, directory: Directory, new: list[Entry]) -> Outcome:
    blocked: Why | None = None
    while not run.finished and run.step is None and (node := run.node) is not None:
        entry = _opening(run, node, case, directory)
        if entry is None:
            blocked = Why("nobody", {"step": node.title})
            break
        run.apply(entry)
        new.append(entry)
    return Outcome(run.snapshot(blocked), tuple(new))


def _opening(run: Run, node: Node, case: Case, directory: Directory) -> Entry | None:
    ahead = run.definition.nodes[run.cursor + 1 :]
    last_chance = run.approvals == 0 and not any(other.kind == "approve" for other in ahead)
    may_skip = not (node.kind == "approve" and last_chance)
    return open_step(node, case, directory, may_skip=may_skip)


def _check_decision(run: Run, case: Case, action: Decided) -> None:
    if not run.was_asked(action.node_id, action.actor_id):
        raise NotYourTask()
    if run.finished or not run.turn_of(action.actor_id) or run.node is None or run.node.id != action.node_id:
        raise AlreadyDecided(state=run.state.value)
    if run.node.kind == "approve" and action.actor_id == case.requester_id:
        raise OwnRequest()
    if (action.verdict is Verdict.DONE) != (run.node.kind == "handler"):
        raise WrongAnswer()
    if action.verdict is Verdict.REJECT and not action.comment.strip():
        raise WordsNeeded()


def _check_withdrawal(run: Run, case: Case, action: Withdrawn) -> None:
    if action.actor_id is not None and action.actor_id != case.requester_id:
        raise NotYourRequest()
    if run.finished:
        raise AlreadyDecided(state=run.state.value)


def _is_instead_of_self(entry: Entry) -> bool:
    codes = {"instead_of_self", "administrator_instead_of_self"}
    return isinstance(entry, Opened) and any(person.why.code in codes for person in entry.assignees)
