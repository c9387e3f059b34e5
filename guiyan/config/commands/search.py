"""`guiyan search`: keep the index of dossiers."""

import time

import typer

from guiyan.config import runtime

search = typer.Typer(help="Keep the index that finding people uses.", no_args_is_help=True)


@search.callback()
def _group() -> None:
    """Keeps `rebuild` a sub-command while it is the only one."""


@search.command()
def rebuild(
    company: str = typer.Option("", help="Which company, where there are several (its schema)."),
) -> None:
    """Index every dossier anew. Needed only after a restore or a change of the tokeniser; people may go on working."""
    runtime.load_env_file()
    with runtime.django_ready():
        from django_tenants.utils import schema_context

        from guiyan.search.commands import rebuild as rebuild_index

        started = time.monotonic()
        with schema_context(runtime.company(company)):
            count = rebuild_index()
    typer.echo(f"{count} dossier(s) indexed in {time.monotonic() - started:.1f} s")
