"""`guiyan doctor`: what is missing or misconfigured, and what to do about it."""

import json
from typing import Annotated

import typer

from guiyan.config import runtime


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of lines.")] = False,
) -> None:
    """Look at everything this installation needs and say, line by line, what is well and what is not.

    Changes nothing. The exit code is 1 when there is a problem.
    """
    from guiyan.config.doctor import examine

    runtime.load_env_file()
    findings = examine(runtime.layout())
    fine = all(finding.ok for finding in findings)
    if as_json:
        lines = [{"name": f.name, "ok": f.ok, "says": f.says, "fix": f.fix} for f in findings]
        typer.echo(json.dumps({"ok": fine, "checks": lines}, ensure_ascii=False, indent=1))
    else:
        width = max(len(finding.name) for finding in findings)
        for finding in findings:
            mark = typer.style("ok     ", "green") if finding.ok else typer.style("PROBLEM", "red")
            typer.echo(f"{mark}  {finding.name:<{width}}  {finding.says}")
            if finding.fix:
                typer.echo(f"{'':9}{'':{width}}  → {finding.fix}")
    raise typer.Exit(0 if fine else 1)
