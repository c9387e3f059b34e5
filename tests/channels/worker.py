"""Runs the queued jobs of the test's own transaction, in order, as a worker would."""

import json
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

NEXT = """
UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = (
    SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL ORDER BY id LIMIT 1)
RETURNING task_name, args
"""


def run_jobs(most: int = 50) -> list[str]:
    """Run what waits until nothing does; returns the names of the tasks that ran."""
    ran: list[str] = []
    for _ in range(most):
        job = _take()
        if job is None:
            return ran
        name, arguments = job
        app.tasks[name].func(**arguments)
        ran.append(name)
    raise AssertionError(f"jobs never end: {ran[-5:]}")


def _take() -> tuple[str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(NEXT)
        row = cursor.fetchone()
    if row is None:
        return None
    return row[0], row[1] if isinstance(row[1], dict) else json.loads(row[1])
