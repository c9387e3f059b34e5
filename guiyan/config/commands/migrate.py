"""`guiyan migrate`: brings every schema up to date."""

from typing import Annotated

import typer

from guiyan.config import runtime


def migrate(
    quiet: Annotated[bool, typer.Option("--quiet", help="Print failures only.")] = False,
) -> None:
    """Bring the shared schema, then each company's schema, up to date.

    One company's failure is printed and never stops the others; the exit code is then 1.
    """
    runtime.load_env_file()
    with runtime.django_ready():
        from guiyan.platform.tenants.commands import Migrated, migrate_all

        def tell(done: Migrated) -> None:
            if not done.ok:
                typer.echo(f"{done.schema}: FAILED – {done.error}", err=True)
            elif not quiet:
                typer.echo(f"{done.schema}: up to date")

        results = migrate_all(tell)
    if not all(done.ok for done in results):
        raise typer.Exit(1)
