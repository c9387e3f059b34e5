"""`guiyan db dump` and `guiyan db restore`: the database as one file."""

import os
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from guiyan.config import runtime
from guiyan.platform.postgres import Postgres


def dump(
    file: Annotated[Path, typer.Argument(help="The file to write; must not exist yet.", dir_okay=False)],
) -> None:
    """Save the whole database into one file (PostgreSQL's custom format), while it runs."""
    if file.exists():
        raise runtime.RuntimeTrouble(f"{file} exists already. Name a new file.")
    place = runtime.layout()
    with runtime.database(place) as dsn:
        draft = file.with_name(f"{file.name}.part")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            pg_dump = Postgres(place.postgres).bin_dir / "pg_dump"
            subprocess.run([os.fspath(pg_dump), "--format=custom", dsn], stdout=out, check=True)
        draft.rename(file)
    typer.echo(
        f"Saved to {file}. The keys in {place.secrets} are not part of it; keep a copy of them elsewhere."
    )


def restore(
    file: Annotated[
        Path, typer.Argument(help="A file written by `guiyan db dump`.", exists=True, dir_okay=False)
    ],
) -> None:
    """Fill an EMPTY database from a dump. Refused when the database has tables."""
    import psycopg

    place = runtime.layout()
    place.make()
    with runtime.database(place) as dsn:
        with psycopg.connect(dsn) as connection:
            found = connection.execute("SELECT count(*) FROM pg_stat_user_tables").fetchone()
        if found and found[0]:
            raise runtime.RuntimeTrouble("The database is not empty. Choose a fresh GUIYAN_DATA_DIR.")
        command: list[Path | str] = [
            Postgres(place.postgres).bin_dir / "pg_restore",
            "--no-owner",
            "--exit-on-error",
            "--dbname",
            dsn,
        ]
        with file.open("rb") as dumped:
            subprocess.run([os.fspath(part) for part in command], stdin=dumped, check=True)
    typer.echo("Restored. The keys of the old installation must lie in " + os.fspath(place.secrets))
