"""`guiyan worker`: runs the jobs."""

from typing import Annotated

import typer

from guiyan.config import runtime


def worker(
    concurrency: Annotated[int, typer.Option(min=1, max=32, help="Jobs run at the same time.")] = 2,
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, then end.")] = False,
) -> None:
    """Run background jobs and timers until stopped. Any number of workers may run.

    `guiyan serve` and `guiyan demo` already run one. SIGTERM lets the running jobs finish.
    """
    runtime.load_env_file()
    with runtime.django_ready():
        from procrastinate.contrib.django import app

        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # it is Django's
        with app.replace_connector(connector) as working:
            working.run_worker(concurrency=concurrency, wait=not once, shutdown_graceful_timeout=10)
