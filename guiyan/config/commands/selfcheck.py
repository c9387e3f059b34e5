"""`guiyan selfcheck`: the main job on a throw-away system, over public HTTP only."""

import json
from typing import Annotated

import typer


def selfcheck(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
    kill: Annotated[
        bool, typer.Option("--kill", help="Kill web and worker (-9) before every step; takes some minutes.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the throw-away data directory for a look.")
    ] = False,
) -> None:
    """Boot everything on a throw-away data directory and free ports, and bring a past candidate back through it.

    Uses web pages and the sandbox's control API only. The exit code is 0 when every step did what it must.
    """
    from guiyan.config.selfcheck import run

    def tell(name: str, ms: float, problem: str) -> None:
        if not as_json:
            mark = typer.style("failed", "red") if problem else typer.style("ok", "green")
            typer.echo(f"{ms:>8.0f} ms  {mark:<6}  {name}{f'  – {problem}' if problem else ''}")

    result = run(tell, keep=keep, kill=kill)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False))
    else:
        typer.echo(f"{'all well' if result['ok'] else 'FAILED'} in {result['total_s']:.1f} s")
    raise typer.Exit(0 if result["ok"] else 1)
