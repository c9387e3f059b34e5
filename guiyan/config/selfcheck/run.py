"""Boots the throw-away system through the same supervisor as `guiyan demo`, runs the journey, takes it down."""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from guiyan.config import demonstration, runtime
from guiyan.config.logview import Screen
from guiyan.config.runtime import Layout
from guiyan.config.selfcheck.journey import Journey
from guiyan.config.supervisor import Plan, Supervisor, answers

Tell = Callable[[str, float, str], None]
_OF_THE_OPERATOR = (
    "DATABASE_URL",
    "GUIYAN_SECRET_KEY",
    "GUIYAN_SECRET_KEY_FILE",
    "GUIYAN_KEK_FILE",
    "GUIYAN_BASE_URL",
)


def run(tell: Tell, *, keep: bool = False, kill: bool = False) -> dict[str, Any]:
    """Do it all; returns {"ok", "total_s", "steps": [{"name", "ms", "ok"}]}. A failed step ends the journey.

    `tell(name, ms, problem)` is called after each step. With `kill`, web and worker are killed (-9) before
    each step of the journey. Nothing of the operator's own system is used or touched.
    """
    for name in [key for key in os.environ if key in _OF_THE_OPERATOR or key.startswith("WECOM_")]:
        del os.environ[name]
    top = Path(tempfile.mkdtemp(prefix="guiyan-selfcheck-"))
    top.chmod(0o755)  # the database's own account must be able to walk through it
    place = Layout(top / "data")
    web_port, sandbox_port = runtime.any_free_ports(2)
    with (top / "log.txt").open("w", encoding="utf-8") as log:
        plan = Plan(place, web_port, sandbox_port, prepare=(("prepare-demo",),))
        supervisor = Supervisor(plan, screen=Screen(log))
        started = time.monotonic()
        steps = _Steps(tell)
        try:
            _everything(supervisor, place, steps, kill=kill)
        finally:
            supervisor.stop()
    total = time.monotonic() - started
    if keep or not steps.ok:
        tell(f"kept for a look: {top}", 0.0, "")
    else:
        demonstration.forget(place)
        shutil.rmtree(top, ignore_errors=True)
    return {"ok": steps.ok, "total_s": round(total, 2), "steps": steps.done}


class _Steps:
    """Runs steps until one fails; keeps the report."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self.ok = True
        self.done: list[dict[str, Any]] = []

    def take(self, name: str, act: Callable[[], None]) -> None:
        """One step: its time, and whether it did what it must."""
        if not self.ok:
            return
        began, problem = time.monotonic(), ""
        try:
            act()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is this step's failure and is reported
            problem = f"{error or type(error).__name__}"
        ms = (time.monotonic() - began) * 1000
        self.ok = not problem
        line: dict[str, Any] = {"name": name, "ms": round(ms, 1), "ok": self.ok}
        self.done.append(line | ({"problem": problem} if problem else {}))
        self._tell(name, ms, problem)


def _everything(supervisor: Supervisor, place: Layout, steps: _Steps, *, kill: bool) -> None:
    sandbox_port = supervisor.plan.sandbox_port or 0
    passwords: dict[str, str] = {}

    def connect() -> None:
        noted = demonstration.notes(place)
        passwords.update({person["username"]: person["password"] for person in noted["guide"]["people"]})
        demonstration.connect(place, sandbox_port=sandbox_port, base_url=supervisor.url, setup=noted["setup"])

    steps.take("start database, web, worker and sandbox", supervisor.start)
    steps.take("set the sandbox up", connect)
    journey = Journey(base_url=supervisor.url, sandbox_port=sandbox_port, passwords=passwords)

    def walk() -> None:
        for name, act in journey.steps():
            if kill and steps.ok:
                _kill(supervisor)
            steps.take(name, act)

    walking = threading.Thread(target=walk, name="journey")
    walking.start()
    try:
        while walking.is_alive():  # children start from the main thread only: the kernel ties them to it
            if steps.ok:
                supervisor.look()
            walking.join(0.1)
    finally:
        journey.end()


def _kill(supervisor: Supervisor) -> None:
    """kill -9 for web and worker in the middle of whatever they do; waits until both are back."""
    before = {child.name: child.starts for child in supervisor.children}
    for child in supervisor.children:
        if child.name in {"web", "worker"} and child.process is not None:
            child.process.kill()
    while any(child.starts == before[child.name] for child in supervisor.children if child.name != "wecom"):
        for child in supervisor.children:
            child.due_at = 0.0  # we know why it died: no growing pause
        time.sleep(0.05)
    while not answers(supervisor.plan.web_port, "/healthz"):
        time.sleep(0.05)
