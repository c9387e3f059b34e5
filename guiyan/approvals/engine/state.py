"""The words of an instance: what happened (entries) and what follows from it (state)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """RUNNING: a step waits. APPROVED: all is approved, work may remain. DONE: that work is done."""

    RUNNING = "RUNNING"
    APPROVED = "APPROVED"
    DONE = "DONE"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


class Mark(StrEnum):
    """Where one step or one person's task stands."""

    AHEAD = "AHEAD"
    OPEN = "OPEN"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    DONE = "DONE"
    COPIED = "COPIED"
    SKIPPED = "SKIPPED"
    CANCELLED = "CANCELLED"


class Verdict(StrEnum):
    """What a person can answer: yes or no to an approve step, finished to a handler step."""

    APPROVE = "approve"
    REJECT = "reject"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Why:
    """A reason as data: `code` names a sentence in `why.SENTENCES`, `facts` fill it."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assignee:
    """One person who received a step, and why this person."""

    user_id: int
    why: Why


@dataclass(frozen=True, slots=True)
class Opened:
    """A step was given to people. Recorded, so that a later change of the organisation rewrites nothing."""

    node_id: str
    assignees: tuple[Assignee, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """People were told."""

    node_id: str
    readers: tuple[Assignee, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A step was passed over by the definition's own rule."""

    node_id: str
    why: Why


@dataclass(frozen=True, slots=True)
class Decided:
    """One person answered their task."""

    node_id: str
    actor_id: int
    verdict: Verdict
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The requester took it back, or the subject's owner voided it (`actor_id` None: the system)."""

    actor_id: int | None
    comment: str = ""


Entry = Opened | Copied | Skipped | Decided | Withdrawn
History = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What an instance is about, as far as the engine cares: who asked, and checked facts."""

    requester_id: int
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskState:
    """One person's part of a step. AHEAD: their turn has not come (in-order steps)."""

    node_id: str
    assignee_id: int
    mark: Mark
    why: Why
    comment: str = ""


@dataclass(frozen=True, slots=True)
class StepState:
    """One node of the definition in this run. `why` explains a skipped, blocked or closed step."""

    node_id: str
    mark: Mark
    tasks: tuple[TaskState, ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class InstanceState:
    """The whole truth about a run. `blocked` says why nobody could be found for the next step."""

    state: State
    steps: tuple[StepState, ...]
    finished: bool
    blocked: Why | None = None

    @property
    def tasks(self) -> tuple[TaskState, ...]:
        return tuple(task for step in self.steps for task in step.tasks)

    @property
    def open_tasks(self) -> tuple[TaskState, ...]:
        return tuple(task for task in self.tasks if task.mark is Mark.OPEN)

    @property
    def closed_tasks(self) -> tuple[TaskState, ...]:
        return tuple(task for task in self.tasks if task.mark not in {Mark.OPEN, Mark.AHEAD})


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of one action: the state after it and the entries to append to the history."""

    state: InstanceState
    new: History
