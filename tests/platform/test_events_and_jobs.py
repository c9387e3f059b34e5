"""Events are append-only and atomic with their jobs; lost jobs come back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django_tenants.utils import schema_context

from guiyan.accounts.events import SignedIn
from guiyan.platform.events import emit, rebuild
from guiyan.platform.jobs import job, reap
from guiyan.platform.models import EventRow
from guiyan.platform.sequences import take_number, take_numbers
from guiyan.platform.testkit.people import MOMENT, make_actor

pytestmark = pytest.mark.django_db


def jobs(where: str = "true") -> list[tuple[int, str]]:
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(f"SELECT id, status::text FROM procrastinate_jobs WHERE {where} ORDER BY id")
        answer: list[tuple[int, str]] = cursor.fetchall()
        return answer


def undone(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()
        raise ValueError("undo")


@job("tests.nothing")
def nothing(**_: object) -> None:
    """A job for these tests."""


@pytest.mark.parametrize("sql", ["UPDATE platform_eventrow SET name = 'x'", "DELETE FROM platform_eventrow"])
def test_given_an_event_when_changed_by_sql_then_the_database_refuses(sql):
    emit(SignedIn(user_id=1, at=MOMENT))

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert EventRow.objects.get().name == "accounts.signed_in"


def test_given_an_event_when_emitted_then_row_says_who_what_when():
    actor = make_actor("boss", "王建国")
    row = emit(SignedIn(user_id=7, at=MOMENT), actor=actor)

    assert (row.by, row.by_name, row.at, row.subjects, row.facts) == (
        actor.id,
        "王建国",
        MOMENT,
        ["user:7"],
        {"user_id": 7},
    )


def test_given_a_row_when_rebuilt_then_the_same_event():
    event = SignedIn(user_id=7, at=MOMENT, by=3, by_name="x")

    assert rebuild(SignedIn, emit(event)) == event


@pytest.mark.django_db(transaction=True)
def test_given_no_transaction_when_emitting_then_it_is_a_bug():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        emit(SignedIn(user_id=1, at=MOMENT))


def test_given_a_rollback_when_a_job_was_enqueued_then_it_never_existed():
    before = jobs()
    with pytest.raises(ValueError, match="undo"):
        undone(lambda: nothing.later(note="x"))

    assert jobs() == before


def test_given_a_job_of_a_dead_worker_when_reaped_then_it_waits_again_and_others_stay():
    ids = [nothing.later(note=str(n)) for n in range(3)]
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
        alive = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 min') RETURNING id"
        )
        silent = cursor.fetchone()[0]
        for pk, worker in zip(ids, (None, silent, alive), strict=True):
            cursor.execute(
                "UPDATE procrastinate_jobs SET status='doing', worker_id=%s WHERE id=%s", [worker, pk]
            )

    assert sorted(reap()) == ids[:2]
    assert [status for pk, status in jobs() if pk in ids] == ["todo", "todo", "doing"]


def test_given_a_delayed_job_then_it_is_scheduled_for_that_moment():
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    pk = nothing.later(at=at)
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute("SELECT scheduled_at, args->>'schema' FROM procrastinate_jobs WHERE id=%s", [pk])
        assert cursor.fetchone() == (at, "test_company")


def test_given_numbers_taken_when_one_is_rolled_back_then_there_is_no_gap():
    assert take_number("MS", 2026) == "MS-2026-000001"
    with pytest.raises(ValueError, match="undo"):
        undone(lambda: take_number("MS", 2026))

    assert take_number("MS", 2026) == "MS-2026-000002"
    assert take_numbers("MS", 2026, 2) == ["MS-2026-000003", "MS-2026-000004"]
    assert take_number("MS", 2027) == "MS-2027-000001"
