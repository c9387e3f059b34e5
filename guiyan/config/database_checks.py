"""What the doctor asks the database: reachable, version, Chinese, pooler, schemas up to date."""

import os
from collections.abc import Iterator
from typing import Any

from guiyan.config import runtime
from guiyan.config.findings import Finding
from guiyan.config.runtime import Layout
from guiyan.platform.postgres import Postgres

_OLDEST = 160000


def database_findings(place: Layout) -> Iterator[Finding]:
    """Everything about the database. An embedded server that stands still is started for the look, then stopped."""
    external = bool(os.environ.get("DATABASE_URL"))
    if not external and not Postgres(place.postgres).cluster.exists():
        yield Finding("database", True, "embedded, made at the first start")
        return
    import psycopg

    try:
        with runtime.database(place) as dsn:
            with psycopg.connect(dsn, connect_timeout=10, autocommit=True) as connection:
                yield from _server(connection, external=external)
                yield _pooler(dsn)
            yield from _migrations(place, dsn)
    except psycopg.OperationalError as error:
        fix = "Check DATABASE_URL, the network and pg_hba.conf." if external else "Run: guiyan db status"
        yield Finding("database", False, f"cannot be reached: {error}".strip(), fix)


def _server(connection: Any, *, external: bool) -> Iterator[Finding]:
    version = connection.info.server_version
    where = "your own" if external else "embedded"
    fine = version >= _OLDEST
    yield Finding(
        "database", fine, f"{where}, PostgreSQL {version // 10000}.{version % 10000}",
        "" if fine else "Use PostgreSQL 16 or newer.",
    )  # fmt: skip
    encoding, ctype = connection.execute(
        "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    fine = encoding == "UTF8" and ctype not in {"C", "POSIX"}
    fix = (
        ""
        if fine
        else "Make the database anew: CREATE DATABASE … ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' TEMPLATE template0"
    )
    yield Finding("database text", fine, f"{encoding}, {ctype}" + ("" if fine else " (loses Chinese)"), fix)
    missing = connection.execute(
        "SELECT string_agg(name, ', ') FROM unnest(ARRAY['pg_trgm', 'btree_gist']) AS name"
        " WHERE name NOT IN (SELECT name FROM pg_available_extensions)"
    ).fetchone()[0]
    fix = "Install the package postgresql-contrib on the server." if missing else ""
    yield Finding("extensions", not missing, f"missing: {missing}" if missing else "available", fix)


def _pooler(dsn: str) -> Finding:
    """A transaction pooler gives consecutive transactions of one client to different server processes.

    Two clients take turns: each keeps a setting of its session. Behind a transaction pooler the settings
    meet or get lost, which is exactly how rows leaked across companies (see docs, tenancy).
    """
    import psycopg

    with (
        psycopg.connect(dsn, autocommit=True, prepare_threshold=None) as one,
        psycopg.connect(dsn, autocommit=True, prepare_threshold=None) as other,
    ):
        kept = True
        for turn in range(5):
            for name, client in (("one", one), ("other", other)):
                client.execute(f"SET application_name TO 'guiyan-doctor-{name}-{turn}'")
            for name, client in (("one", one), ("other", other)):
                row = client.execute(
                    "SELECT current_setting('application_name'), pg_backend_pid()"
                ).fetchone()
                assert row is not None  # noqa: S101 - a SELECT without FROM has one row
                kept = kept and row[0] == f"guiyan-doctor-{name}-{turn}"
                kept = kept and row[1] == client.info.backend_pid
    fix = "" if kept else "Connect DATABASE_URL to PostgreSQL itself, or set the pooler to session mode."
    return Finding(
        "pooler", kept, "none in between" if kept else "a transaction pooler: it would mix companies", fix
    )


def _migrations(place: Layout, dsn: str) -> Iterator[Finding]:
    """Pending migrations of every schema, by Django's own account of them."""
    runtime.use(runtime.environment(place, dsn=dsn))
    import django

    django.setup()
    from django.db import connection, connections
    from django.db.migrations.executor import MigrationExecutor
    from django_tenants.utils import schema_context

    from guiyan.platform.jobs import company_schemas

    def pending(schema: str) -> int:
        with schema_context(schema):
            executor = MigrationExecutor(connection)
            return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    try:
        behind = {"public": pending("public")}
        if not behind["public"]:
            behind |= {schema: pending(schema) for schema in company_schemas()}
    finally:
        connections.close_all()
    late = [f"{schema} ({count})" for schema, count in behind.items() if count]
    says = f"{len(behind)} schema(s) up to date" if not late else f"behind: {', '.join(late)}"
    yield Finding("migrations", not late, says, "Run: guiyan migrate" if late else "")
