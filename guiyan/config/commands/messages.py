"""`guiyan messages`: the translations, compiled and complete."""

from typing import Annotated

import typer

from guiyan.config.runtime import REPO


def messages(
    check: Annotated[
        bool, typer.Option("--check", help="Compile nothing; fail when a text has no translation.")
    ] = False,
) -> None:
    """Compile every django.po that changed into its django.mo, or check that the translations are complete.

    Needs no GNU gettext. A text counts as translated when any room's catalogue has it.
    """
    from guiyan.platform.messages import compile_all, untranslated

    package = REPO / "guiyan"
    if not check:
        typer.echo(f"{compile_all(package)} catalogue(s) compiled.")
        return
    missing = untranslated(package)
    for path, text in missing:
        typer.echo(f"guiyan/{path}: no Chinese for {text!r}", err=True)
    typer.echo(f"{len(missing)} text(s) without a translation.")
    if missing:
        raise typer.Exit(1)
