from datetime import UTC, datetime, timedelta
from itertools import permutations

from guiyan.recall.engine.delivery import LINE, Delivery, note

T = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
TIMES = {stage: T + timedelta(minutes=n) for n, stage in enumerate(LINE)}


def test_any_order_of_arrival_ends_at_the_same_place():
    ends = set()
    for order in permutations(LINE):
        held = Delivery()
        for stage in order:
            held = note(held, stage, at=TIMES[stage])
        ends.add(held)
    assert len(ends) == 1
    (end,) = ends
    assert end.stage == "answered"
    assert end.opened_at == TIMES["opened"]


def test_the_first_time_of_a_stage_wins():
    held = note(note(Delivery(), "opened", at=T), "opened", at=T + timedelta(hours=1))

    assert held.opened_at == T


def test_a_stage_learnt_late_fills_its_time_but_moves_nothing_back():
    held = note(note(Delivery(), "opened", at=T), "sent", at=T)

    assert held.stage == "opened"
    assert held.sent_at == T


def test_a_failure_after_sending_is_ignored_and_before_it_stops_the_line():
    sent = note(Delivery(), "sent", at=T)
    failed = note(Delivery(), "failed", at=T, failure="not_friend")

    assert note(sent, "failed", at=T) == sent
    assert failed.stage == "failed"
    assert note(failed, "sent", at=T).stage == "failed"
    assert note(failed, "opened", at=T).stage == "opened"
