"""Replaying a history: the one place where entries become state. Needs no directory and no clock."""

from dataclasses import dataclass, field

from guiyan.approvals.engine.definition import FlowDefinition, Mode, Node
from guiyan.approvals.engine.state import (
    Assignee,
    Copied,
    Decided,
    Entry,
    History,
    InstanceState,
    Mark,
    Opened,
    Skipped,
    State,
    StepState,
    TaskState,
    Verdict,
    Why,
    Withdrawn,
)

ANSWERED = {Verdict.APPROVE: Mark.APPROVED, Verdict.REJECT: Mark.REJECTED, Verdict.DONE: Mark.DONE}


class BrokenHistory(Exception):
    """These entries cannot have happened under this definition: a stored history was tampered with."""


@dataclass(slots=True)
class _Step:
    """A node that was reached: its people in order and what each answered."""

    mark: Mark
    people: tuple[Assignee, ...] = ()
    answers: dict[int, Decided] = field(default_factory=dict)
    why: Why | None = None


class Run:
    """A run being replayed. `cursor` is the node that is open or comes next."""

    __slots__ = ("approvals", "cursor", "definition", "state", "steps", "worked")

    def __init__(self, definition: FlowDefinition, history: History = ()) -> None:
        self.definition = definition
        self.state = State.RUNNING
        self.steps: list[_Step] = []
        self.cursor = 0
        self.approvals = 0  # approve steps passed by a person's yes
        self.worked = False  # a handler finished after the approval
        for entry in history:
            self.apply(entry)

    @property
    def finished(self) -> bool:
        if self.state in {State.REJECTED, State.WITHDRAWN, State.DONE}:
            return True
        return self.state is State.APPROVED and self.cursor >= len(self.definition.nodes)

    @property
    def step(self) -> _Step | None:
        """The step that is open now, if one is."""
        return self.steps[self.cursor] if self.cursor < len(self.steps) else None

    @property
    def node(self) -> Node | None:
        """The node at the cursor; None behind the last one."""
        nodes = self.definition.nodes
        return nodes[self.cursor] if self.cursor < len(nodes) else None

    def was_asked(self, node_id: str, user_id: int) -> bool:
        """True when this person was given this step, whether or not it is still open."""
        reached = zip(self.definition.nodes, self.steps, strict=False)
        return any(
            node.id == node_id and any(person.user_id == user_id for person in step.people)
            for node, step in reached
        )

    def turn_of(self, user_id: int) -> bool:
        """True when this person may answer the open step now."""
        return self.step is not None and user_id in {person.user_id for person in self._waiting(self.step)}

    def apply(self, entry: Entry) -> None:
        """Move by one entry. Raises BrokenHistory for one that cannot follow."""
        if self.finished:
            raise BrokenHistory(f"{entry!r} after the end")
        match entry:
            case Opened(node_id, people):
                self._reach(node_id, _Step(Mark.OPEN, people))
            case Copied(node_id, people):
                self._reach(node_id, _Step(Mark.COPIED, people))
                self._pass()
            case Skipped(node_id, why):
                self._reach(node_id, _Step(Mark.SKIPPED, why=why))
                self._pass()
            case Decided():
                self._decide(entry)
            case Withdrawn():
                self._end(State.WITHDRAWN)

    def snapshot(self, blocked: Why | None = None) -> InstanceState:
        """The state as frozen data."""
        steps = tuple(
            self._seen(index, node.id) if index < len(self.steps) else self._unseen(node.id)
            for index, node in enumerate(self.definition.nodes)
        )
        return InstanceState(self.state, steps, self.finished, blocked)

    def _reach(self, node_id: str, step: _Step) -> None:
        if self.step is not None or self.node is None or self.node.id != node_id:
            raise BrokenHistory(f"step {node_id} cannot open now")
        if step.mark is Mark.OPEN and (not step.people or self.node.kind == "copy"):
            raise BrokenHistory(f"step {node_id} cannot open for these people")
        self.steps.append(step)

    def _decide(self, entry: Decided) -> None:
        step, node = self.step, self.node
        if step is None or node is None or node.id != entry.node_id or not self.turn_of(entry.actor_id):
            raise BrokenHistory(f"{entry!r} is nobody's turn")
        if (entry.verdict is Verdict.DONE) != (node.kind == "handler") or node.kind == "copy":
            raise BrokenHistory(f"{entry!r} is no answer to a {node.kind} step")
        step.answers[entry.actor_id] = entry
        if entry.verdict is Verdict.REJECT:
            step.mark, step.why = Mark.REJECTED, Why("rejected")
            self._end(State.REJECTED)
        elif node.mode is Mode.ANY or len(step.answers) == len(step.people):
            handled = node.kind == "handler"
            step.mark = Mark.DONE if handled else Mark.APPROVED
            step.why = Why("done" if handled else "one_approved" if node.mode is Mode.ANY else "all_approved")
            self.approvals += not handled
            self.worked = handled and self.state is State.APPROVED
            self._pass()

    def _pass(self) -> None:
        """Go on; APPROVED once no approve node lies ahead, DONE once the work after that is done."""
        self.cursor += 1
        ahead = self.definition.nodes[self.cursor :]
        if self.state is State.RUNNING and not any(node.kind == "approve" for node in ahead):
            self.state = State.APPROVED
        if not ahead and self.worked:
            self.state = State.DONE

    def _end(self, state: State) -> None:
        step = self.step
        if step is not None and step.mark is Mark.OPEN:
            step.mark, step.why = Mark.CANCELLED, Why("ended")
        self.state = state

    def _waiting(self, step: _Step) -> tuple[Assignee, ...]:
        if step.mark is not Mark.OPEN or self.finished:
            return ()
        left = tuple(person for person in step.people if person.user_id not in step.answers)
        return left[:1] if self.node is not None and self._mode() is Mode.IN_ORDER else left

    def _mode(self) -> Mode:
        node = self.node
        return Mode.ANY if node is None or node.kind == "copy" else node.mode

    def _seen(self, index: int, node_id: str) -> StepState:
        step = self.steps[index]
        waiting = {person.user_id for person in self._waiting(step)} if index == self.cursor else set()
        tasks = tuple(self._task(step, node_id, person, person.user_id in waiting) for person in step.people)
        return StepState(node_id, step.mark, tasks, step.why)

    def _task(self, step: _Step, node_id: str, person: Assignee, waiting: bool) -> TaskState:
        answer = step.answers.get(person.user_id)
        if answer is not None:
            return TaskState(node_id, person.user_id, ANSWERED[answer.verdict], person.why, answer.comment)
        if waiting:
            return TaskState(node_id, person.user_id, Mark.OPEN, person.why)
        left = {Mark.OPEN: Mark.AHEAD, Mark.COPIED: Mark.COPIED}.get(step.mark, Mark.CANCELLED)
        return TaskState(node_id, person.user_id, left, person.why)

    def _unseen(self, node_id: str) -> StepState:
        if self.finished:
            return StepState(node_id, Mark.CANCELLED, why=Why("ended"))
        return StepState(node_id, Mark.AHEAD)
