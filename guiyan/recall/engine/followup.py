"""When to do what next about one message: remind, call, or leave the person in peace.

Due times come from the facts and the company's working time, never from when a job happens to run:
a job that is late, or runs twice, computes the same step with the same key.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from guiyan.kernel.worktime import WorkCalendar, add_working_hours

StepKind = Literal["remind", "call"]


@dataclass(frozen=True)
class Policy:
    """Waiting times in working hours (a day has 8): remind after 1½ days, call a silent reader after one."""

    remind_unopened_after: Decimal = Decimal(12)
    call_silent_after: Decimal = Decimal(8)
    call_unopened_after: Decimal = Decimal(16)
    max_reminders: int = 1


@dataclass(frozen=True)
class MessageFacts:
    """What is known about the message. `stopped` says why nothing may follow (withdrawn, opted out)."""

    sent_at: datetime | None = None
    opened_at: datetime | None = None
    answered_at: datetime | None = None
    reminded_at: tuple[datetime, ...] = ()
    called_at: tuple[datetime, ...] = ()
    stopped: str = ""


@dataclass(frozen=True)
class Step:
    """The next thing to do. `key` is stable for the same facts; one row per message and key may exist."""

    kind: StepKind
    key: str
    due_at: datetime
    because: str  # unopened | silent | unopened_after_reminder


def next_step(policy: Policy, facts: MessageFacts, calendar: WorkCalendar) -> Step | None:
    """The one step that follows from the facts, or None when there is nothing (more) to do.

    Opened and silent leads to a call; never opened to a reminder, and after the last reminder to a call.
    An answer, a refusal, a withdrawal or a call already made ends it.
    """
    if facts.stopped or facts.answered_at is not None or facts.sent_at is None or facts.called_at:
        return None
    if facts.opened_at is not None:
        start = max([facts.opened_at, *facts.reminded_at])
        return Step(
            "call", "call:silent", add_working_hours(start, policy.call_silent_after, calendar), "silent"
        )
    done = len(facts.reminded_at)
    if done < policy.max_reminders:
        start = max([facts.sent_at, *facts.reminded_at])
        due = add_working_hours(start, policy.remind_unopened_after, calendar)
        return Step("remind", f"remind:{done + 1}", due, "unopened")
    start = max([facts.sent_at, *facts.reminded_at])
    due = add_working_hours(start, policy.call_unopened_after, calendar)
    return Step("call", "call:unopened", due, "unopened_after_reminder")


def is_due(step: Step, *, now: datetime) -> bool:
    """Whether the step's time has come; a late job sees the same step, still due."""
    return step.due_at <= now
