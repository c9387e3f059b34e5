"""`guiyan db`: the embedded database, for operators."""

import os
import subprocess
from typing import Annotated

import typer

from guiyan.config import runtime
from guiyan.platform.postgres import Postgres

db = typer.Typer(help="Look into, save and restore the embedded database.", no_args_is_help=True)


@db.command()
def status() -> None:
    """Say where the database is and whether it runs. The exit code is 1 when it does not."""
    server = Postgres(runtime.layout().postgres)
    running = server.is_running()
    typer.echo(f"{'running' if running else 'stopped'}\n{server.home}\n{server.dsn}")
    raise typer.Exit(0 if running else 1)


@db.command()
def shell() -> None:
    """Open psql on the database (started for this session if nobody runs it)."""
    place = runtime.layout()
    with runtime.database(place) as dsn:
        psql = Postgres(place.postgres).bin_dir / "psql"
        raise typer.Exit(subprocess.run([os.fspath(psql), dsn], check=False).returncode)


@db.command()
def remove(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete the embedded database with all data. There is no way back but a dump."""
    server = Postgres(runtime.layout().postgres)
    if not yes:
        typer.confirm(f"Delete everything in {server.home}?", abort=True)
    server.remove()
    typer.echo("Deleted.")
