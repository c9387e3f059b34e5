"""Creating companies and bringing every schema up to date."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.functions import Now
from django_tenants.utils import schema_context

from guiyan.kernel.errors import Conflict
from guiyan.platform.crypto.keys import create_data_key
from guiyan.platform.models import WrappedKey
from guiyan.platform.tenants.models import Company, Domain


@dataclass(frozen=True, slots=True)
class Migrated:
    """What became of one schema: ok, or the error that stopped it. Others went on."""

    schema: str
    ok: bool
    error: str = ""


def create_company(*, schema: str, name: str, full_name: str = "", domain: str = "") -> Company:
    """A new company: directory row, schema with all tables, its data key. Raises Conflict if the schema is taken."""
    with schema_context("public"):
        if Company.objects.filter(schema_name=schema).exists():
            raise Conflict(state=f"schema {schema} exists")
        with transaction.atomic():
            company: Company = Company.objects.create(schema_name=schema, name=name, full_name=full_name)
            Domain.objects.create(domain=domain or f"{schema}.localhost", tenant=company, is_primary=True)
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {connection.ops.quote_name(schema)}")
    _migrate_schema(schema)
    return company


def ensure_data_key() -> None:
    """The current company's first data key, once."""
    with transaction.atomic():
        if not WrappedKey.objects.exists():
            create_data_key()


def _migrate_schema(schema: str) -> None:
    with schema_context("public"):  # the command leaves the connection elsewhere; the context brings it back
        call_command("migrate_schemas", schema_name=schema, interactive=False, verbosity=0, stdout=StringIO())
    with schema_context(schema):
        ensure_data_key()


def migrate_all(report: Callable[[Migrated], None] = lambda _: None) -> list[Migrated]:
    """Bring the shared schema and then each company up to date; one company's failure never stops the rest."""
    with schema_context("public"):
        call_command("migrate_schemas", shared=True, interactive=False, verbosity=0, stdout=StringIO())
        companies = list(Company.objects.exclude(schema_name="public").order_by("pk"))
    done = [Migrated("public", ok=True)]
    report(done[0])
    for company in companies:
        result = _migrate_one(company)
        done.append(result)
        report(result)
    return done


def _migrate_one(company: Company) -> Migrated:
    error = ""
    try:
        _migrate_schema(company.schema_name)
    except Exception as problem:  # noqa: BLE001 - recorded per company and reported; the loop must go on
        error = f"{type(problem).__name__}: {problem}"
    with schema_context("public"):
        Company.objects.filter(pk=company.pk).update(
            migration_error=error, **({} if error else {"migrated_at": Now()})
        )
    return Migrated(company.schema_name, ok=not error, error=error)
