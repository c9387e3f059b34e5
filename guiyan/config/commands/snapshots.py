"""`guiyan snapshots`: the reviewed descriptions of what the system offers to whom."""

import difflib
from typing import Annotated

import typer

from guiyan.config import runtime


def snapshots(
    write: Annotated[
        bool, typer.Option("--write", help="Write the files anew; review the difference.")
    ] = False,
) -> None:
    """Compare docs/permissions.csv and docs/openapi.json with the code; exit 1 with the difference if they differ."""
    runtime.load_env_file()
    with runtime.django_ready():
        from guiyan.config import snapshots as files

        if write:
            for path in files.write_all():
                typer.echo(f"written: {path}")
            return
        changed = False
        for path, now in ((files.PERMISSIONS, files.permission_matrix()), (files.OPENAPI, files.openapi())):
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            lines = list(
                difflib.unified_diff(before.splitlines(), now.splitlines(), path.name, "now", lineterm="")
            )
            changed = changed or bool(lines)
            for line in lines:
                typer.echo(line)
    if changed:
        typer.echo("Decide, then run `guiyan snapshots --write`.", err=True)
        raise typer.Exit(1)
