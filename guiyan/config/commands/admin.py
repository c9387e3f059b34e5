"""`guiyan createadmin`: the way in on a fresh installation, where no account exists."""

from typing import Annotated

import typer

from guiyan.config import runtime


def createadmin(
    username: Annotated[str, typer.Argument(help="The name the administrator signs in with.")],
    name: Annotated[str, typer.Option(help="How the person is called on screen.")] = "",
    company: Annotated[
        str, typer.Option(help="Name of the company to create when the installation has none yet.")
    ] = "",
    schema: Annotated[str, typer.Option(help="Which company, where there are several, by its schema.")] = "",
) -> None:
    """Print a one-time link, valid 24 hours, with which an administrator chooses a password."""
    runtime.load_env_file()
    with runtime.django_ready():
        from django.conf import settings
        from django.urls import reverse
        from django_tenants.utils import schema_context

        from guiyan.accounts.commands import issue_admin_invite
        from guiyan.platform import clock
        from guiyan.platform.jobs import company_schemas
        from guiyan.platform.tenants.commands import create_company, migrate_all

        migrate_all()
        if company and not company_schemas():
            create_company(schema=schema or "company", name=company)
        schema = runtime.company(schema)
        with schema_context(schema):
            token = issue_admin_invite(username=username, name=name or username, now=clock.now())
        link = settings.BASE_URL + reverse("accounts:invite", args=[token])
    typer.echo(f"Open this link within 24 hours and choose a password. It works once.\n{link}")
