"""`wecom-sandbox serve` and `wecom-sandbox reset`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

main = typer.Typer(
    help="A local WeCom server for trying and testing. Nothing leaves this machine.", no_args_is_help=True
)
DataDir = Annotated[Path, typer.Option(help="Where the one SQLite file lives.", file_okay=False)]
DEFAULT_DIR = Path("var/wecom-sandbox")


@main.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8900,
    data_dir: DataDir = DEFAULT_DIR,
    host: Annotated[
        str, typer.Option(help="Keep it on this machine: the control API has no password.")
    ] = "127.0.0.1",
) -> None:
    """Serve the protocol under /cgi-bin and the two phones under /."""
    import uvicorn

    from wecom_sandbox.app import build_app

    typer.echo(f"WeCom sandbox on http://{host}:{port}/ (data in {data_dir})")
    uvicorn.run(build_app(data_dir), host=host, port=port, log_level="warning", timeout_graceful_shutdown=3)


@main.command()
def reset(data_dir: DataDir = DEFAULT_DIR) -> None:
    """Forget everything, also the company. A running sandbox notices at once."""
    from wecom_sandbox.store import FILE_NAME, Store

    store = Store(data_dir / FILE_NAME)
    with store.transaction():
        store.wipe()
    store.close()
    typer.echo("The sandbox is empty. Set it up again with POST /sandbox/api/setup.")


if __name__ == "__main__":
    main()
