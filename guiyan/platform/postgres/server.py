"""One embedded PostgreSQL server: initialise, start in the foreground of its keeper, wait, stop."""

import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Self
from urllib.parse import quote

from guiyan.platform.postgres import account as accounts
from guiyan.platform.postgres import binaries, cluster, processes
from guiyan.platform.postgres.trouble import PostgresTrouble

_SOCKET_LIMIT = 107  # bytes in a unix socket address, without the closing zero
_STILL_THERE = ("pre-existing shared memory block", 'lock file "postmaster.pid"', "lock file")


class Postgres:
    """The server of one home. The process that starts it keeps it; others attach to it.

    The keeper's death, even by kill -9, stops the server cleanly (Linux sends it a fast shutdown).
    `test_mode` gives up durability for speed and must never see real data. `on_line` receives every
    line the server logs, on a thread of ours.
    """

    def __init__(
        self, data_dir: Path, *, test_mode: bool = False, on_line: Callable[[str], None] | None = None
    ) -> None:
        self._account = accounts.current()
        self._asked, self._test_mode, self._on_line = data_dir, test_mode, on_line
        self.home = accounts.home_for(data_dir, self._account)
        self.cluster = self.home / "cluster"
        self._process: subprocess.Popen[str] | None = None
        self._lock: int | None = None
        self._said: deque[str] = deque(maxlen=40)

    @property
    def bin_dir(self) -> Path:
        """Where `pg_dump`, `psql` and the rest are, runnable by the server's account."""
        return binaries.locate(self._account)

    @property
    def dsn(self) -> str:
        """The address for the program's role, by unix socket. Stable for this home."""
        return self.dsn_of(cluster.DATABASE)

    def dsn_of(self, database: str, *, role: str = cluster.ROLE) -> str:
        """The address of another database or role (`postgres` is the superuser) of this server."""
        host = quote(os.fspath(self.run_dir), safe="")
        return f"postgresql://{role}@/{quote(database)}?host={host}&port={cluster.PORT}"

    @property
    def run_dir(self) -> Path:
        """The private directory of the socket: in the home, or a short one when that path is too long."""
        inside = self.home / "run"
        if len(os.fsencode(inside / f".s.PGSQL.{cluster.PORT}")) <= _SOCKET_LIMIT:
            return inside
        name = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path("/tmp") / f"guiyan-{os.geteuid()}-{name}"  # noqa: S108 - checked for its owner

    def ensure_initialised(self) -> None:
        """Make home and cluster when they are not there yet. Safe to call at any time."""
        self._make_directories()
        cluster.initialise(
            self.cluster, bin_dir=self.bin_dir, account=self._account, throw_away=self._test_mode
        )

    def start(self) -> str:
        """Start the server and wait until it answers, or attach to the one running. Returns the address."""
        self._make_directories()
        while not self._take_lock():
            if self.is_running():
                return self.dsn
            time.sleep(0.02)
        try:
            self.ensure_initialised()
            processes.end_all(self.cluster, patience_s=60)  # left over from a keeper that was killed
            cluster.write_settings(
                self.cluster, run_dir=self.run_dir, account=self._account, throw_away=self._test_mode
            )
            self._launch_until_ready()
        except BaseException:
            self.stop()
            raise
        return self.dsn

    def wait_ready(self) -> None:
        """Wait until the server accepts connections, however long its recovery takes.

        Raises PostgresTrouble when there is nothing to wait for: our server ended, or no keeper is left.
        """
        while not self.is_running():
            if self._process is not None and self._process.poll() is not None:
                raise self._failed(self._process.returncode)
            if self._process is None and not self._is_kept():
                raise PostgresTrouble("The database was stopped while starting.", fix="Start it again.")
            time.sleep(0.02)

    def is_running(self) -> bool:
        """Whether a server of this home is alive and says it is ready for connections."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
            ready = len(lines) >= 8 and lines[7].strip() == "ready"
            return ready and processes.is_server_of(int(lines[0]), self.cluster)
        except (OSError, ValueError):
            return False

    @property
    def is_keeper(self) -> bool:
        """Whether this object started the server (and so must stop it)."""
        return self._process is not None

    def poll(self) -> int | None:
        """The exit code of the server we keep, or None while it lives (or when we keep none)."""
        return None if self._process is None else self._process.poll()

    def stop(self) -> None:
        """Stop the server we keep, cleanly; leave somebody else's alone. Safe to call twice."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)
            processes.end_all(self.cluster, patience_s=5)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def remove(self) -> None:
        """Stop the server and delete the home with all its data."""
        self.stop()
        if self.is_running():
            raise PostgresTrouble(
                f"The database in {self.home} is in use by another Guiyan.", fix="Stop that one first."
            )
        for directory in (self.run_dir, self.home, self._asked):
            shutil.rmtree(directory, ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _make_directories(self) -> None:
        if self.home != self._asked.absolute():
            accounts.make_reachable_root()
        accounts.make_walkable(self.home, self._account)
        run = self.run_dir
        run.mkdir(mode=0o700, exist_ok=True)
        facts = run.lstat()
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid not in {self._account.uid, os.geteuid()}:
            raise PostgresTrouble(
                f"The socket directory {run} belongs to somebody else.",
                fix="Remove it, or choose a GUIYAN_DATA_DIR with a shorter path.",
            )
        self._account.owns(run)

    def _take_lock(self, *, give_back: bool = False) -> bool:
        handle = os.open(self.home / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        if give_back:
            os.close(handle)
        else:
            self._lock = handle
        return True

    def _is_kept(self) -> bool:
        """Whether some process holds the keeper's lock. (Asking may make a starter try once more.)"""
        return not self._take_lock(give_back=True)

    def _launch_until_ready(self) -> None:
        """Start `postgres`; try again while remains of a killed one are still being cleared away."""
        pause = 0.1
        while True:
            self._forget_stale_pid()
            self._process = self._launch()
            try:
                self.wait_ready()
            except PostgresTrouble:
                if pause > 20 or not any(mark in line for line in self._said for mark in _STILL_THERE):
                    raise
                time.sleep(pause)
                pause *= 2
            else:
                return

    def _forget_stale_pid(self) -> None:
        """Drop a pid file whose number now belongs to a stranger: PostgreSQL would believe it."""
        if not processes.living_in(self.cluster):
            (self.cluster / "postmaster.pid").unlink(missing_ok=True)

    def _launch(self) -> subprocess.Popen[str]:
        self._said.clear()
        process = subprocess.Popen(
            [os.fspath(self.bin_dir / "postgres"), "-D", os.fspath(self.cluster)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", cwd="/", env={"LC_ALL": "C.UTF-8", "TZ": "UTC"}, umask=0o077,
            start_new_session=True,  # Ctrl-C in the terminal must reach web and worker before the database
            preexec_fn=processes.dies_with_parent(signal.SIGINT),  # noqa: PLW1509
            **self._account.popen_options(),
        )  # fmt: skip
        threading.Thread(target=self._listen, args=(process,), name="postgres-log", daemon=True).start()
        return process

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None  # noqa: S101 - opened as a pipe above
        with process.stdout as lines:
            for line in lines:
                self._said.append(line.rstrip())
                if self._on_line is not None:
                    self._on_line(line.rstrip())

    def _failed(self, code: int) -> PostgresTrouble:
        time.sleep(0.05)  # let the last lines arrive
        said = "\n".join(self._said) or "(it said nothing)"
        return PostgresTrouble(f"PostgreSQL ended with code {code}:\n{said}\n", fix="Run `guiyan doctor`.")


def _end(process: subprocess.Popen[str]) -> None:
    """Fast shutdown; if it has not ended after a minute, immediate shutdown (recovery at next start)."""
    for sig, patience_s in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, None)):
        if process.poll() is None:
            process.send_signal(sig)
        try:
            process.wait(timeout=patience_s)
        except subprocess.TimeoutExpired:
            continue
        else:
            return
