"""Cleaning up after tests that really commit: the company as it was made, nothing in the queue.

Django's own flush would empty the public directory and stumble over the append-only trigger.
"""

from django.db import connection, transaction
from django_tenants.utils import schema_context

QUEUE = "procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"
KEPT = {"django_migrations"}


def remember(schema: str) -> None:
    """Keep copies of the rows that migrations and the company's making put there."""
    with schema_context(schema), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}_seed")
        for table in _tables(schema):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
            if cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE {schema}_seed."{table}" AS TABLE {schema}."{table}"')


def wipe(schema: str) -> None:
    """Empty the company's tables and the queue, then put the remembered rows back."""
    with schema_context(schema), transaction.atomic(), connection.cursor() as cursor:
        every = ", ".join(f'{schema}."{table}"' for table in _tables(schema))
        append_only = _append_only(schema)
        for table in append_only:
            cursor.execute(f'ALTER TABLE {schema}."{table}" DISABLE TRIGGER USER')
        cursor.execute(f"TRUNCATE {every}, {QUEUE} CASCADE")
        for table in _tables(f"{schema}_seed"):
            cursor.execute(
                f'INSERT INTO {schema}."{table}" OVERRIDING SYSTEM VALUE SELECT * FROM {schema}_seed."{table}"'
            )
        for table in append_only:
            cursor.execute(f'ALTER TABLE {schema}."{table}" ENABLE TRIGGER USER')


def _tables(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
        return [row[0] for row in cursor.fetchall() if row[0] not in KEPT]


def _append_only(schema: str) -> list[str]:
    """Tables with triggers of ours (append-only ones); they come back on after the wipe."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND n.nspname = %s",
            [schema],
        )
        return [row[0] for row in cursor.fetchall()]
