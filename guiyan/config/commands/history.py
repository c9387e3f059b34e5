"""`guiyan import`: recruiting history out of spreadsheets and exports."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from guiyan.config import runtime


class FilesByDefault(TyperGroup):
    """`guiyan import FILE…` means `guiyan import files FILE…`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands:
            args = ["files", *args]
        return super().resolve_command(ctx, args)


history = typer.Typer(
    cls=FilesByDefault,
    help="Take recruiting history in from Excel and CSV files: `guiyan import FILE…`",
    no_args_is_help=True,
)
Company = Annotated[str, typer.Option(help="Which company, where there are several (its schema).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a report.")]


@history.command()
def files(
    paths: Annotated[list[Path], typer.Argument(help="Workbooks (.xlsx) and exports (.csv).", exists=True)],
    company: Company = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and report; write no dossier.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read files into dossiers and report what was taken, what was refused, and why.

    The same file twice adds nothing. A refused row changes nothing and is named with file, sheet and row.
    """
    runtime.load_env_file()
    with runtime.django_ready():
        from guiyan.importing.cli import run_import

        raise typer.Exit(run_import(paths, schema=runtime.company(company), as_json=as_json, dry_run=dry_run))


@history.command()
def compare(
    truth: Annotated[
        Path, typer.Argument(help="truth.json of the sample data.", exists=True, dir_okay=False)
    ],
    company: Company = "",
    disagreements: Annotated[
        bool, typer.Option("--disagreements", help="Also list every fact that disagrees.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Compare what was imported with a file that knows the truth: rows taken, refused, facts that disagree."""
    runtime.load_env_file()
    with runtime.django_ready():
        from guiyan.importing.cli import run_compare

        schema = runtime.company(company)
        raise typer.Exit(run_compare(truth, schema=schema, as_json=as_json, disagreements=disagreements))
