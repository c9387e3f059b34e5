"""The embedded server: starts, stops, and survives every kind of kill."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from guiyan.platform.postgres import Postgres, PostgresTrouble, account, binaries, processes

REPO = Path(__file__).resolve().parents[2]
KEEPER = """
import sys, signal
from pathlib import Path
from guiyan.platform.postgres import Postgres
server = Postgres(Path(sys.argv[1]))
print(server.start(), flush=True)
print(server._process.pid if server.is_keeper else 0, flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """One throw-away and one durable home for all tests here: making a cluster is what takes time."""
    top = tmp_path_factory.mktemp("homes")
    made = Postgres(top / "throw-away", test_mode=True), Postgres(top / "durable")
    yield made
    for home in made:
        home.remove()


@pytest.fixture
def server(homes):
    yield homes[0]
    homes[0].stop()


@pytest.fixture
def durable(homes):
    yield homes[1]
    homes[1].start()
    ask(homes[1], "DROP TABLE IF EXISTS kept")
    homes[1].stop()


def ask(server, sql, **names):
    with psycopg.connect(
        server.dsn_of(names.pop("database", "guiyan"), **names), autocommit=True
    ) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def keeper(home, *, python=sys.executable, prefix=()):
    """Another process that keeps a server until its standard input closes."""
    site = binaries._site_packages()
    return subprocess.Popen(
        [*prefix, python, "-c", KEEPER, os.fspath(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, cwd="/", env={"PYTHONPATH": f"{REPO}:{site}"},
    )  # fmt: skip


def postmaster_pid(server):
    return int((server.cluster / "postmaster.pid").read_text().split()[0])


def test_given_an_empty_directory_when_started_then_the_role_owns_a_utf8_database_and_is_no_superuser(server):
    assert server.start() == server.dsn
    facts = ask(
        server,
        "SELECT pg_encoding_to_char(encoding), datctype, datcollate, pg_get_userbyid(datdba),"
        " rolsuper, rolcreatedb FROM pg_database, pg_roles"
        " WHERE datname = current_database() AND rolname = current_user",
    )
    assert facts == [("UTF8", "C.UTF-8", "C", "guiyan", False, True)]


def test_given_chinese_words_when_trigrams_are_made_then_none_is_dropped(server):
    server.start()
    ask(server, "CREATE EXTENSION pg_trgm")
    assert ask(server, "SELECT cardinality(show_trgm('张三丰'))") == [(4,)]


def test_given_a_running_server_when_its_files_are_looked_at_then_nobody_else_can_reach_them(server):
    server.start()
    socket = server.run_dir / ".s.PGSQL.5432"
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (server.run_dir, socket, server.cluster)]
    assert modes == [0o700, 0o700, 0o700]
    assert ask(server, "SHOW listen_addresses") == [("",)]
    rules = (server.cluster / "pg_hba.conf").read_text().splitlines()[1:]
    assert rules == ["local all all peer map=guiyan"]


def test_given_data_when_stopped_and_started_then_the_data_is_there(durable):
    durable.start()
    ask(durable, "CREATE TABLE kept AS SELECT 7 AS n")
    durable.stop()
    assert not durable.is_running()
    assert processes.living_in(durable.cluster) == []
    durable.start()
    assert ask(durable, "SELECT n FROM kept") == [(7,)]


def test_given_a_killed_postmaster_when_started_again_then_it_recovers(durable):
    durable.start()
    ask(durable, "CREATE TABLE kept AS SELECT 7 AS n")
    os.kill(postmaster_pid(durable), signal.SIGKILL)
    durable.stop()
    durable.start()
    assert ask(durable, "SELECT n FROM kept") == [(7,)]


def test_given_a_killed_keeper_when_another_starts_then_it_takes_over_with_the_data(durable):
    other = keeper(durable.home)
    assert other.stdout.readline().strip() == durable.dsn
    ask(durable, "CREATE TABLE kept AS SELECT 7 AS n")
    other.kill()
    other.communicate()
    durable.start()
    assert durable.is_keeper
    assert ask(durable, "SELECT n FROM kept") == [(7,)]


def test_given_keeper_and_postmaster_killed_at_once_when_started_then_the_back_ends_are_cleared_away(durable):
    other = keeper(durable.home)
    other.stdout.readline()
    busy = psycopg.connect(durable.dsn)
    busy.execute("SELECT 1")
    os.kill(int(other.stdout.readline()), signal.SIGKILL)
    other.kill()
    other.communicate()
    durable.start()
    assert ask(durable, "SELECT 1") == [(1,)]


def test_given_a_stale_pid_file_naming_a_stranger_when_started_then_it_is_not_believed(server):
    server.start()
    lines = (server.cluster / "postmaster.pid").read_text().splitlines()
    server.stop()
    (server.cluster / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert not server.is_running()
    server.start()
    assert ask(server, "SELECT 1") == [(1,)]


def test_given_a_half_made_cluster_when_started_then_it_is_made_anew(server):
    shutil.rmtree(server.cluster, ignore_errors=True)
    (server.home / "cluster.new").mkdir(parents=True)
    (server.home / "cluster.new" / "PG_VERSION").write_text("18\n")
    server.start()
    assert ask(server, "SELECT 1") == [(1,)]


def test_given_a_running_server_when_another_starts_the_same_home_then_it_attaches_and_cannot_stop_it(server):
    server.start()
    second = Postgres(server.home, test_mode=True)
    assert second.start() == server.dsn
    assert not second.is_keeper
    second.stop()
    with pytest.raises(PostgresTrouble, match="in use by another Guiyan"):
        second.remove()
    assert ask(server, "SELECT 1") == [(1,)]


def test_given_two_homes_when_both_run_then_they_are_two_servers(server, durable):
    server.start()
    durable.start()
    ask(durable, "CREATE TABLE kept ()")
    assert ask(server, "SELECT to_regclass('kept') IS NULL") == [(True,)]


def test_given_a_path_too_long_for_a_socket_when_started_then_the_socket_lies_in_a_short_private_place(
    tmp_path,
):
    top = tmp_path if os.geteuid() else account.REACHABLE_ROOT
    server = Postgres(top / ("long" * 30) / "pg", test_mode=True)
    try:
        server.start()
        assert len(os.fspath(server.run_dir)) < 60
        assert stat.S_IMODE(server.run_dir.stat().st_mode) == 0o700
        assert ask(server, "SELECT 1") == [(1,)]
    finally:
        server.remove()
        shutil.rmtree(top / ("long" * 30))


def test_given_a_cluster_of_another_version_when_started_then_refused_and_nothing_changes(server):
    server.ensure_initialised()
    (server.cluster / "PG_VERSION").write_text("17\n")
    before = sorted(path.name for path in server.cluster.iterdir())
    with pytest.raises(PostgresTrouble, match=r"made by PostgreSQL 17; this Guiyan brings 18"):
        server.start()
    assert sorted(path.name for path in server.cluster.iterdir()) == before
    (server.cluster / "PG_VERSION").write_text("18\n")
    assert not server.is_running()


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can have directories that the system user cannot reach"
)
def test_given_a_closed_parent_when_root_starts_then_the_parent_stays_closed_and_the_home_lies_elsewhere(
    tmp_path,
):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = Postgres(closed / "pg", test_mode=True)
    try:
        server.start()
        assert server.home.parent == account.REACHABLE_ROOT
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert os.stat(f"/proc/{postmaster_pid(server)}").st_uid not in {0, 65534}
    finally:
        server.remove()
    assert not server.home.exists()


def run_as_nobody_python():
    """A Python ≥ 3.11 that an unprivileged user can reach, or None."""
    for python in ("/usr/bin/python3.11", "/usr/bin/python3", sys.executable):
        if Path(python).exists() and account.can_walk(Path(python)):
            return python
    return None


@pytest.mark.skipif(os.geteuid() != 0, reason="already runs as an ordinary user everywhere else")
def test_given_an_ordinary_user_when_started_then_the_server_runs_as_that_user_and_only_root_may_enter(
    tmp_path,
):
    python, setpriv = run_as_nobody_python(), shutil.which("setpriv")
    if python is None or setpriv is None or not account.can_walk(REPO / "pyproject.toml"):
        pytest.skip("needs setpriv and a checkout and a python that the user nobody can reach")
    home = Path("/tmp") / f"guiyan-test-{os.getpid()}"  # noqa: S108 - pytest's own is closed to others
    home.mkdir(mode=0o700)
    os.chown(home, 65534, 65534)
    other = keeper(home, python=python, prefix=[setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"])
    try:
        dsn = other.stdout.readline().strip()
        assert dsn, other.communicate()[1]
        assert os.stat(f"/proc/{other.stdout.readline().strip()}").st_uid == 65534
        with psycopg.connect(dsn) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("guiyan",)
    finally:
        other.communicate(input="")
        shutil.rmtree(home)
    assert other.returncode == 0
