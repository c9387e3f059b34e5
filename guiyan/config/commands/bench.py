"""`guiyan bench`: measurements with figures that can be compared."""

import json
from typing import Annotated

import typer

from guiyan.config import runtime

bench = typer.Typer(help="Measure this machine with believable data.", no_args_is_help=True)


@bench.callback()
def _group() -> None:
    """Keeps `pages` a sub-command while it is the only one."""


@bench.command()
def pages(
    candidates: Annotated[int, typer.Option(min=100, help="How many candidates to generate.")] = 100_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Server time, SQL statements and size of the four main pages, with many candidates loaded.

    The candidates are made the same way each time, in a company of their own schema, and kept for the next run.
    """
    runtime.load_env_file()
    with runtime.django_ready():
        from guiyan.config.bench.pages import run
        from guiyan.platform.tenants.commands import migrate_all

        migrate_all()
        result = run(candidates, lambda words: typer.echo(words, err=True))
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
        return
    typer.echo(f"{result['candidates']} candidates")
    typer.echo(f"{'page':<12}{'p50 ms':>10}{'p95 ms':>10}{'SQL':>6}{'kB':>8}")
    for name, row in result["pages"].items():
        typer.echo(f"{name:<12}{row['p50_ms']:>10.1f}{row['p95_ms']:>10.1f}{row['sql']:>6}{row['kb']:>8.1f}")
