"""The one parent process: database, web, worker and WeCom sandbox start, are kept alive, and stop with it."""

import fcntl
import http.client
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from guiyan.config import runtime
from guiyan.config.children import MARK, Child, end_left_over
from guiyan.config.logview import Screen
from guiyan.config.runtime import Layout, RuntimeTrouble
from guiyan.platform.postgres import Postgres

_PATIENCE_S = 15.0
_LOOK_EVERY_S = 0.2


@dataclass(frozen=True)
class Plan:
    """What to run: the ports, and whether the WeCom sandbox is part of it."""

    place: Layout
    web_port: int
    sandbox_port: int | None = None
    host: str = "127.0.0.1"
    threads: int = 4
    prepare: tuple[tuple[str, ...], ...] = ()  # guiyan commands that must succeed before web starts


class Supervisor:
    """Runs a Plan in the foreground. Start, then `keep()` until a signal, then everything is stopped."""

    def __init__(self, plan: Plan, *, screen: Screen | None = None) -> None:
        self.plan, self.screen = plan, screen or Screen()
        self.children: list[Child] = []
        self._server: Postgres | None = None
        self._lock: int | None = None
        self._stopping = False

    @property
    def url(self) -> str:
        """Where people go."""
        return f"http://127.0.0.1:{self.plan.web_port}"

    def start(self) -> None:
        """Bring everything up and wait until the web answers. Raises RuntimeTrouble, leaving nothing running."""
        self.plan.place.make()
        self._take_lock()
        try:
            if cleared := end_left_over(self.plan.place.data_dir):
                self.say(f"cleared away {cleared} process(es) of a supervisor that was killed")
            settings = self._settings(self._start_database())
            for command in self.plan.prepare:
                self._run_to_the_end(command, settings)
            self.children = self._children(settings)
            for child in self.children:
                child.start(self.screen.line, now=time.monotonic())
            self._wait_until_web_answers()
        except BaseException:
            self.stop()
            raise

    def keep(self) -> None:
        """Watch over the processes until Ctrl-C or SIGTERM; start again what dies. Then stop all."""
        try:
            while not self._stopping:
                self.look()
                time.sleep(_LOOK_EVERY_S)
        finally:
            self.stop()

    def look(self) -> None:
        """One round of watching: revive the database and every child whose time has come."""
        if self._server is not None and (code := self._server.poll()) is not None:
            self.say(f"database ended (code {code}); starting it again")
            self._server.stop()
            self._server.start()
        for child in self.children:
            now = time.monotonic()
            if (ended := child.ended(now=now)) is not None:
                self.say(f"{child.name} ended (code {ended}); again in {child.due_at - now:.1f} s")
            if child.process is None and now >= child.due_at:
                child.start(self.screen.line, now=now)

    def stop(self) -> None:
        """End the children, then the database, cleanly. Safe to call twice."""
        for child in self.children:
            child.ask_to_end()
        deadline = time.monotonic() + _PATIENCE_S
        for child in self.children:
            child.end(before=deadline)
        self.children = []
        if self._server is not None:
            self._server.stop()
            self._server = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def say(self, words: str) -> None:
        """A line of the supervisor's own."""
        self.screen.line("guiyan", words)

    def stop_on_signals(self) -> None:
        """Ctrl-C, SIGTERM and a closed terminal end `keep()` (or, while starting, the start)."""
        for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sig, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._stopping:
            return  # already on the way down; a second Ctrl-C must not cut it short
        self._stopping = True
        raise KeyboardInterrupt

    def _take_lock(self) -> None:
        self._lock = os.open(self.plan.place.data_dir / "supervisor.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            known = os.read(self._lock, 500).decode() or "{}"
            os.close(self._lock)
            self._lock = None
            where = json.loads(known)
            raise RuntimeTrouble(
                f"Guiyan already runs on {self.plan.place.data_dir} ({where.get('url')}, process {where.get('pid')}). "
                "Stop it with Ctrl-C there, or set GUIYAN_DATA_DIR to run a second one."
            ) from None
        os.ftruncate(self._lock, 0)
        os.pwrite(self._lock, json.dumps({"pid": os.getpid(), "url": self.url}).encode(), 0)

    def _start_database(self) -> str:
        external = os.environ.get("DATABASE_URL", "")
        if external:
            return external
        self._server = Postgres(self.plan.place.postgres, on_line=self._on_database_line)
        return self._server.start()

    def _on_database_line(self, line: str) -> None:
        if not line.startswith("LOG:  ") or "duration:" in line:
            self.screen.line("db", line)

    def _settings(self, dsn: str) -> dict[str, str]:
        settings = {
            **os.environ,
            **runtime.environment(self.plan.place, dsn=dsn, web_port=self.plan.web_port),
        }
        if self.plan.sandbox_port is not None:
            settings |= runtime.sandbox_environment(self.plan.place, sandbox_port=self.plan.sandbox_port)
        settings |= {MARK: os.fspath(self.plan.place.data_dir), "PYTHONUNBUFFERED": "1"}
        return settings

    def _children(self, settings: dict[str, str]) -> list[Child]:
        guiyan = [sys.executable, "-m", "guiyan.config.cli"]
        web = [sys.executable, "-m", "granian", "--interface", "wsgi", "guiyan.config.wsgi:application"]
        web += ["--host", self.plan.host, "--port", str(self.plan.web_port), "--workers", "1", "--no-ws"]
        web += [
            "--blocking-threads",
            str(self.plan.threads),
            "--log-level",
            "warning",
            "--respawn-failed-workers",
        ]
        children = [Child("web", web, settings), Child("worker", [*guiyan, "worker"], settings)]
        if self.plan.sandbox_port is not None:
            sandbox = [
                sys.executable,
                "-m",
                "wecom_sandbox.cli",
                "serve",
                "--port",
                str(self.plan.sandbox_port),
            ]
            sandbox += ["--data-dir", os.fspath(self.plan.place.sandbox)]
            children.insert(0, Child("wecom", sandbox, settings))
        return children

    def _run_to_the_end(self, command: tuple[str, ...], settings: dict[str, str]) -> None:
        step = Child(command[0], [sys.executable, "-m", "guiyan.config.cli", *command], settings)
        step.start(self.screen.line, now=time.monotonic())
        self.children = [step]
        if step.process is not None and (code := step.process.wait()) != 0:
            raise RuntimeTrouble(
                f"`guiyan {' '.join(command)}` failed with code {code}; its words are above."
            )
        self.children = []

    def _wait_until_web_answers(self) -> None:
        """Until /healthz is answered, however slow the machine; children that die are started again meanwhile."""
        while not answers(self.plan.web_port, "/healthz"):
            self.look()
            if any(child.starts > 4 for child in self.children):
                raise RuntimeTrouble(
                    "A process keeps dying; its words are above. `guiyan doctor` may know why."
                )
            time.sleep(0.05)


def answers(port: int, path: str) -> bool:
    """Whether a loopback server answers this GET sensibly; 404 is sensible where no company exists yet."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def run(plan: Plan, *, when_ready: Callable[[Supervisor], None]) -> None:
    """Start the plan, call `when_ready`, keep it until a signal. Ctrl-C is a normal end."""
    supervisor = Supervisor(plan)
    supervisor.stop_on_signals()
    try:
        supervisor.start()
        when_ready(supervisor)
        supervisor.keep()
    except KeyboardInterrupt:
        supervisor.say("stopping")
        supervisor.stop()
        supervisor.say("stopped; your data stays in " + os.fspath(plan.place.data_dir))
