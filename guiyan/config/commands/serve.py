"""`guiyan serve`: the system for real use, without demo data."""

from typing import Annotated

import typer

from guiyan.config import runtime


def serve(
    port: Annotated[
        int, typer.Option(envvar="GUIYAN_PORT", help="Port of the web pages and the API.")
    ] = runtime.WEB_PORT,
    host: Annotated[
        str,
        typer.Option(
            envvar="GUIYAN_HOST", help="Address to listen on; put a TLS proxy in front of anything else."
        ),
    ] = "127.0.0.1",
    threads: Annotated[int, typer.Option(min=1, max=64, help="Requests answered at the same time.")] = 4,
    sandbox: Annotated[
        bool, typer.Option("--sandbox/--no-sandbox", help="Also run the WeCom sandbox and talk to it.")
    ] = False,
) -> None:
    """Start database, web and worker under one supervisor, in the foreground.

    Migrations run first. DATABASE_URL switches to a PostgreSQL of your own; GUIYAN_DATA_DIR says where
    everything else lives. Ctrl-C stops all of it cleanly.
    """
    from guiyan.config.supervisor import Plan, Supervisor, run

    runtime.load_env_file()
    if not runtime.is_free(port):
        raise runtime.RuntimeTrouble(f"Port {port} is in use. Choose another with --port.")
    sandbox_port = runtime.free_port(runtime.SANDBOX_PORT, avoid=frozenset({port})) if sandbox else None
    plan = Plan(runtime.layout(), port, sandbox_port, host=host, threads=threads, prepare=(("migrate",),))

    def tell(supervisor: Supervisor) -> None:
        supervisor.say(f"Guiyan is ready at {supervisor.url}")
        supervisor.say("No account yet? Run: guiyan createadmin --help")

    run(plan, when_ready=tell)
