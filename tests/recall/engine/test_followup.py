from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from guiyan.kernel.worktime import china_calendar
from guiyan.recall.engine.followup import MessageFacts, Policy, Step, is_due, next_step

CALENDAR = china_calendar()
POLICY = Policy()


def at(text: str) -> datetime:
    """Shanghai wall time as UTC."""
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


SENT = MessageFacts(sent_at=at("2026-11-23T10:40"))  # a Monday


def step(facts: MessageFacts) -> Step | None:
    return next_step(POLICY, facts, CALENDAR)


def test_unopened_after_twelve_working_hours_becomes_a_reminder():
    assert step(SENT) == Step("remind", "remind:1", at("2026-11-24T15:40"), "unopened")


def test_a_weekend_does_not_count():
    friday = MessageFacts(sent_at=at("2026-11-27T17:00"))

    assert step(friday) == Step("remind", "remind:1", at("2026-12-01T12:00"), "unopened")


def test_opened_and_silent_becomes_a_call():
    opened = replace(SENT, opened_at=at("2026-11-23T20:00"))

    assert step(opened) == Step("call", "call:silent", at("2026-11-24T18:00"), "silent")


def test_after_the_last_reminder_comes_a_call():
    reminded = replace(SENT, reminded_at=(at("2026-11-25T09:00"),))

    assert step(reminded) == Step("call", "call:unopened", at("2026-11-26T18:00"), "unopened_after_reminder")


@pytest.mark.parametrize(
    "end",
    [
        {"answered_at": at("2026-11-23T12:00")},
        {"stopped": "withdrawn"},
        {"stopped": "do_not_contact"},
        {"called_at": (at("2026-11-25T09:00"),)},
        {"sent_at": None},
    ],
)
def test_nothing_follows_an_answer_a_stop_a_call_or_an_unsent_message(end):
    assert step(replace(SENT, **end)) is None


def test_a_late_or_second_run_gives_the_same_step():
    first = step(SENT)

    assert first is not None
    assert not is_due(first, now=first.due_at - timedelta(seconds=1))
    assert is_due(first, now=first.due_at)
    assert is_due(first, now=first.due_at + timedelta(days=9))
    assert step(SENT) == first


def test_a_reminder_given_after_the_page_was_opened_restarts_the_wait_for_the_call():
    facts = replace(SENT, opened_at=at("2026-11-23T11:00"), reminded_at=(at("2026-11-24T16:00"),))

    assert step(facts) == Step("call", "call:silent", at("2026-11-25T16:00"), "silent")
