"""What is on disk: making a cluster, and writing its settings and its door rules at every start."""

import os
import shutil
import subprocess
from pathlib import Path

from guiyan.platform.postgres.account import Account
from guiyan.platform.postgres.trouble import PostgresTrouble

ROLE = "guiyan"  # the program's role: owns its database, may make others, is no superuser
DATABASE = "guiyan"
PORT = 5432  # only names the socket file; no TCP port is opened
MAJOR = "18"
_FIRST_SQL = f"CREATE ROLE {ROLE} LOGIN CREATEDB;\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n"


def initialise(cluster: Path, *, bin_dir: Path, account: Account, throw_away: bool) -> None:
    """Make the cluster with its role and database, or leave an existing one alone.

    Made beside its place and renamed at the end, so that a kill at any moment leaves all or nothing.
    Refuses a cluster of another major version or of another owner.
    """
    if cluster.exists():
        _require_ours(cluster, account)
        return
    draft = cluster.with_name(f"{cluster.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    account.owns(draft)
    # C.UTF-8 for the character type: under plain C pg_trgm silently drops Chinese. Order stays byte order.
    options = ["--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8", "--username=postgres"]
    options += ["--auth-local=peer", "--auth-host=reject", *(["--no-sync"] if throw_away else [])]
    _run([bin_dir / "initdb", "--pgdata", draft, *options], account)
    single: list[Path | str] = [
        bin_dir / "postgres",
        "--single",
        "-D",
        draft,
        *(["-c", "fsync=off"] if throw_away else []),
    ]
    _run([*single, "postgres"], account, stdin=_FIRST_SQL)
    draft.rename(cluster)


def write_settings(cluster: Path, *, run_dir: Path, account: Account, throw_away: bool) -> None:
    """Write postgresql.conf, pg_hba.conf and pg_ident.conf anew, so that they always fit this version."""
    settings = _settings(run_dir, throw_away=throw_away)
    lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
    note = "# Written by Guiyan at each start; put your own settings into custom.conf beside this file.\n"
    users = dict.fromkeys(["root", account.name])
    idents = "".join(f"guiyan {user} {role}\n" for user in users for role in (ROLE, "postgres"))
    own = "include = 'custom.conf'\n" if (cluster / "custom.conf").exists() else ""
    _write(cluster / "postgresql.conf", f"{note}{lines}{own}", account)
    _write(cluster / "pg_hba.conf", f"{note}local all all peer map=guiyan\n", account)
    _write(cluster / "pg_ident.conf", f"{note}{idents}", account)


def _settings(run_dir: Path, *, throw_away: bool) -> dict[str, str]:
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    settings = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": os.fspath(run_dir),
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "shared_buffers": f"{min(256, max(32, memory_mb // 16))}MB",
        "effective_cache_size": f"{max(256, memory_mb // 2)}MB",
        "work_mem": "8MB",
        "maintenance_work_mem": f"{min(256, max(32, memory_mb // 16))}MB",
        "huge_pages": "off",
        "dynamic_shared_memory_type": "posix" if os.access("/dev/shm", os.W_OK) else "mmap",  # noqa: S108
        "max_locks_per_transaction": "256",  # one company is one schema of many tables
        "random_page_cost": "1.1",
        "jit": "off",
        "min_wal_size": "80MB",
        "max_wal_size": "1GB",
        "checkpoint_timeout": "15min",
        "log_checkpoints": "off",
        "log_min_duration_statement": "2000",
        "log_line_prefix": "",
        "log_timezone": "UTC",
        "timezone": "UTC",
        "datestyle": "iso, ymd",
        "lc_messages": "C",
        "lc_monetary": "C",
        "lc_numeric": "C",
        "lc_time": "C",
        "default_text_search_config": "pg_catalog.simple",
    }
    if throw_away:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        settings |= {"wal_level": "minimal", "max_wal_senders": "0", "log_min_duration_statement": "-1"}
    return settings


def _write(path: Path, text: str, account: Account) -> None:
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        if account.dropped:
            os.fchown(handle, account.uid, account.gid)
        out.write(text)
    draft.replace(path)


def _require_ours(cluster: Path, account: Account) -> None:
    owner = cluster.stat().st_uid
    if owner != account.uid:
        raise PostgresTrouble(
            f"The database in {cluster} belongs to user number {owner}, and this is {account.name}.",
            fix="Start Guiyan as the user who made it, or choose another GUIYAN_DATA_DIR.",
        )
    try:
        version = (cluster / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        version = "none"
    if version != MAJOR:
        raise PostgresTrouble(
            f"The database in {cluster} was made by PostgreSQL {version}; this Guiyan brings {MAJOR}.",
            fix="Restore a backup made with the older Guiyan into a new GUIYAN_DATA_DIR.",
        )


def _run(command: list[Path | str], account: Account, stdin: str = "") -> None:
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}
    arguments = [os.fspath(part) for part in command]
    try:
        done = subprocess.run(
            arguments, input=stdin, capture_output=True, text=True, check=False,
            cwd="/", env=environment, **account.popen_options(),
        )  # fmt: skip
    except PermissionError as error:
        raise PostgresTrouble(
            f"{arguments[0]} may not be run as {account.name}: {error}.",
            fix="Run Guiyan as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.",
        ) from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()[-800:]
        raise PostgresTrouble(f"{Path(arguments[0]).name} failed: {said}", fix="Run `guiyan doctor`.")
