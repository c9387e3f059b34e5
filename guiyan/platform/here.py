"""Where we are: the company whose schema the current connection works in."""

from typing import Any

from django.db import connection


def schema() -> str:
    """The current schema; `public` outside any company."""
    here: Any = connection
    return str(here.schema_name)


def company_name() -> str:
    """The current company's short name, or nothing when only its schema is known (jobs)."""
    here: Any = connection
    return str(getattr(here.tenant, "name", "") or "")


def enter(facts: Any) -> None:
    """Work in a company from now on: anything with `schema_name`, as django-tenants wants it."""
    here: Any = connection
    here.set_tenant(facts)
