"""`guiyan search`: keep the index of dossiers."""

import time
from typing import Annotated

import typer

from guiyan.config import runtime

Company = Annotated[str, typer.Option(help="Which company, where there are several (its schema).")]
search = typer.Typer(help="Keep the index that finding people uses.", no_args_is_help=True)


@search.command()
def status(company: Company = "") -> None:
    """Say how many dossiers there are and how many of them can be found. The exit code is 1 when some cannot."""
    runtime.load_env_file()
    with runtime.django_ready():
        from django_tenants.utils import schema_context

        from guiyan.search.queries import status as index_status

        with schema_context(runtime.company(company)):
            known = index_status()
    typer.echo(f"{known.candidates} dossier(s), {known.indexed} indexed")
    if known.indexed < known.candidates:
        typer.echo("Run: guiyan search rebuild", err=True)
        raise typer.Exit(1)


@search.command()
def rebuild(company: Company = "") -> None:
    """Index every dossier anew. Needed only after a restore or a change of the tokeniser; people may go on working."""
    runtime.load_env_file()
    with runtime.django_ready():
        from django_tenants.utils import schema_context

        from guiyan.search.commands import rebuild as rebuild_index

        started = time.monotonic()
        with schema_context(runtime.company(company)):
            count = rebuild_index()
    typer.echo(f"{count} dossier(s) indexed in {time.monotonic() - started:.1f} s")
