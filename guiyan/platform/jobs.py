"""Jobs on Procrastinate: enqueued in the data's own transaction, run inside the company they came from."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from django.db import connection
from django.utils.module_loading import import_string
from django_tenants.utils import get_tenant_model, schema_context
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from guiyan.platform import here

RETRY = RetryStrategy(max_attempts=8, exponential_wait=3)
DEAD_AFTER = timedelta(seconds=60)  # a worker beats every 10 s; six missed beats mean it is gone


class Job:
    """A function that runs later in the current company. `.later(**arguments)` enqueues it."""

    def __init__(self, task: Any) -> None:
        self.task = task

    def later(self, *, at: datetime | None = None, lock: str | None = None, **arguments: Any) -> int:
        """Enqueue in this transaction; `at` delays it, `lock` serialises jobs of the same name."""
        options: dict[str, Any] = {"schedule_at": at} if at else {}
        if lock:
            options["lock"] = f"{here.schema()}:{lock}"
        return int(self.task.configure(**options).defer(schema=here.schema(), **arguments))


def job(name: str, *, queue: str = "default", retry: Any = RETRY) -> Callable[[Callable[..., None]], Job]:
    """Declare a job. Arguments are JSON; it must be safe to run twice and late."""

    def declare(run: Callable[..., None]) -> Job:
        @wraps(run)
        def inside_company(*, schema: str, **arguments: Any) -> None:
            try:
                with schema_context(schema):
                    run(**arguments)
            finally:
                _give_back()

        return Job(app.task(name=name, queue=queue, retry=retry)(inside_company))

    return declare


def every(cron: str, name: str, *, queue: str = "default") -> Callable[[Callable[..., None]], Job]:
    """Declare a job that runs for each company on a timer (cron in UTC); it gets `now` as ISO text."""

    def declare(run: Callable[..., None]) -> Job:
        each = job(name, queue=queue)(run)

        def fan_out(timestamp: int) -> None:
            moment = datetime.fromtimestamp(timestamp, UTC).isoformat()
            try:
                for schema in company_schemas():
                    with schema_context(schema):
                        each.later(now=moment)
            finally:
                _give_back()

        app.periodic(cron=cron)(
            app.task(name=f"{name}.fan_out", queue=queue, queueing_lock=f"{name}.fan_out")(fan_out)
        )
        return each

    return declare


def _give_back() -> None:
    """Return this thread's connection to the pool, unless a caller's transaction still needs it."""
    if not connection.in_atomic_block:
        connection.close()


def company_schemas() -> list[str]:
    """Every company's schema, from the public directory."""
    with schema_context("public"):
        found = get_tenant_model().objects.exclude(schema_name="public").order_by("pk")
        return list(found.values_list("schema_name", flat=True))


@job("platform.run_handler")
def run_handler(*, handler: str, event: str, row_id: int) -> None:
    """Give an event to a LATER handler, from its row."""
    from guiyan.platform.events import rebuild
    from guiyan.platform.models import EventRow

    import_string(handler)(rebuild(import_string(event), EventRow.objects.get(pk=row_id)))


REAP = """
UPDATE procrastinate_jobs j SET status = 'todo', worker_id = NULL, scheduled_at = now(), attempts = attempts + 1
WHERE j.status = 'doing' AND NOT EXISTS (
    SELECT 1 FROM procrastinate_workers w WHERE w.id = j.worker_id AND w.last_heartbeat > now() - make_interval(secs => %s))
RETURNING j.id
"""


def reap() -> list[int]:
    """Put jobs of dead workers back in the queue; returns their ids.

    Procrastinate prunes dead workers but leaves their jobs in `doing` for ever (its issue #1518).
    """
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(REAP, [DEAD_AFTER.total_seconds()])
        return [row[0] for row in cursor.fetchall()]


@app.periodic(cron="* * * * *")
@app.task(name="platform.reap", queueing_lock="platform.reap")
def reap_every_minute(timestamp: int) -> None:
    """Bring lost jobs back each minute."""
    try:
        reap()
    finally:
        _give_back()
