"""The command line. Each command is one small file in `commands/`; the work happens in the rooms."""

import sys

import typer

from guiyan.config.commands import (
    admin,
    bench,
    db,
    db_copies,
    demo,
    doctor,
    history,
    messages,
    migrate,
    search,
    selfcheck,
    serve,
    snapshots,
    worker,
)

cli = typer.Typer(
    name="guiyan",
    help="Guiyan 归雁: the HR system that brings back people a company already met.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
cli.command("serve")(serve.serve)
cli.command("worker")(worker.worker)
cli.command("migrate")(migrate.migrate)
cli.command("createadmin")(admin.createadmin)
cli.command("demo")(demo.demo)
cli.command("prepare-demo", hidden=True)(demo.prepare_demo)
cli.command("selfcheck")(selfcheck.selfcheck)
cli.command("doctor")(doctor.doctor)
cli.add_typer(history.history, name="import")
cli.add_typer(search.search, name="search")
cli.add_typer(bench.bench, name="bench")
cli.command("snapshots")(snapshots.snapshots)
cli.command("messages")(messages.messages)
db.db.command("dump")(db_copies.dump)
db.db.command("restore")(db_copies.restore)
cli.add_typer(db.db, name="db")


def app() -> None:
    """Entry point: a refusal or a broken installation is said in words, a bug keeps its traceback."""
    from guiyan.config.runtime import RuntimeTrouble
    from guiyan.kernel.errors import Refused
    from guiyan.platform.postgres import PostgresTrouble

    try:
        cli()
    except (RuntimeTrouble, PostgresTrouble, Refused) as trouble:
        print(f"guiyan: {trouble}", file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    app()
