"""`guiyan demo`: a believable company in the browser."""

from typing import Annotated

import typer

from guiyan.config import runtime


def demo(
    port: Annotated[
        int, typer.Option(envvar="GUIYAN_PORT", help="Port of the web pages; the next free one is taken.")
    ] = runtime.WEB_PORT,
    sandbox_port: Annotated[
        int, typer.Option(help="Port of the WeCom sandbox; the next free one is taken.")
    ] = runtime.SANDBOX_PORT,
    reset: Annotated[bool, typer.Option("--reset", help="Forget everything and start over.")] = False,
) -> None:
    """Start the demo company: database, web, worker and the WeCom sandbox, under one supervisor.

    Prints where to go and whom to sign in as. Ctrl-C stops everything; the data stays for next time.
    """
    from guiyan.config import demonstration
    from guiyan.config.supervisor import Plan, run

    runtime.load_env_file()
    place = runtime.layout()
    if reset:
        demonstration.forget(place)
    web_port = runtime.free_port(port)
    phones_port = runtime.free_port(sandbox_port, avoid=frozenset({web_port}))
    prepare = () if demonstration.is_prepared(place) else (("prepare-demo",),)
    run(Plan(place, web_port, phones_port, prepare=prepare), when_ready=demonstration.connect_and_tell)


def prepare_demo() -> None:
    """Bring the schemas up to date and make the demo company; writes what the supervisor tells and sends."""
    from guiyan.config import demonstration

    with runtime.django_ready() as place:
        demonstration.prepare(place, report=typer.echo)
