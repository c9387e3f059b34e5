"""A dump is a whole copy: it restores into an empty database, and only into an empty one."""

import os
import re

import psycopg
import pytest
from typer.testing import CliRunner

from guiyan.config.cli import cli
from guiyan.platform.postgres import Postgres


@pytest.fixture
def run(tmp_path, monkeypatch):
    for name in [key for key in os.environ if re.match(r"GUIYAN_|DATABASE_", key)]:
        monkeypatch.delenv(name)

    def command(home, *words):
        return CliRunner().invoke(cli, ["db", *words], env={"GUIYAN_DATA_DIR": str(tmp_path / home)})

    yield command
    for home in ("old", "new"):
        Postgres(tmp_path / home / "postgres").remove()


def test_given_a_dump_when_restored_elsewhere_then_every_row_is_there_and_a_full_database_is_refused(
    run, tmp_path
):
    with Postgres(tmp_path / "old" / "postgres") as server, psycopg.connect(server.dsn) as connection:
        connection.execute(
            "CREATE TABLE kept AS SELECT n, '张若岚' AS name FROM generate_series(1, 1000) AS n"
        )
    file = str(tmp_path / "copy.dump")

    assert run("old", "dump", file).exit_code == 0
    assert oct(os.stat(file).st_mode & 0o777) == "0o600"
    assert "exists already" in str(run("old", "dump", file).exception)
    assert run("new", "restore", file).exit_code == 0
    assert "not empty" in str(run("new", "restore", file).exception)

    with Postgres(tmp_path / "new" / "postgres") as server, psycopg.connect(server.dsn) as connection:
        assert connection.execute("SELECT count(*), min(name) FROM kept").fetchone() == (1000, "张若岚")
    assert run("new", "status").output.startswith("stopped")
    assert run("new", "remove", "--yes").exit_code == 0
    assert not (tmp_path / "new" / "postgres").exists()
