"""One whole system for all journeys: database, web, worker and sandbox as processes, the demo company, real Chromium."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from guiyan.config.runtime import any_free_ports

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 240
PATIENCE_MS = 40_000  # a busy machine with two cores; nothing waits longer than it must
expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class System:
    """A running demo: where it is, and who may come in."""

    url: str
    sandbox: str
    password: str
    data_dir: Path
    process: subprocess.Popen[str]


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """`guiyan demo` on a throw-away data directory and free ports, as a person starts it."""
    data_dir = Path(tempfile.mkdtemp(prefix="guiyan-journey-"))
    web, phones = any_free_ports(2)
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("GUIYAN_", "WECOM_", "DATABASE_", "DJANGO_"))
    }
    command = [
        sys.executable,
        "-m",
        "guiyan.config.cli",
        "demo",
        "--port",
        str(web),
        "--sandbox-port",
        str(phones),
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**kept, "GUIYAN_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    said: list[str] = []
    try:
        _wait_until_ready(process, said)
        password = json.loads((data_dir / "secrets" / "demo.json").read_text(encoding="utf-8"))["password"]
        yield System(f"http://127.0.0.1:{web}", f"http://127.0.0.1:{phones}", password, data_dir, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=40)
        except subprocess.TimeoutExpired:
            process.kill()
        _remove(data_dir)


def _wait_until_ready(process: subprocess.Popen[str], said: list[str]) -> None:
    watchdog = _Watchdog(process)
    for line in process.stdout or ():
        said.append(line)
        if "Ctrl-C stops everything" in line:
            watchdog.calm()
            _drain(process)
            return
    pytest.fail("The demo did not start:\n" + "".join(said[-40:]))


class _Watchdog:
    """Ends a start that takes for ever, so that the reader above comes to an end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        import threading

        self._timer = threading.Timer(READY_SECONDS, process.kill)
        self._timer.daemon = True
        self._timer.start()

    def calm(self) -> None:
        self._timer.cancel()


def _drain(process: subprocess.Popen[str]) -> None:
    """Keep reading what the system says, or it would stop at a full pipe."""
    import threading

    stream = process.stdout
    if stream is not None:
        threading.Thread(target=lambda: [None for _ in stream], daemon=True).start()


def _remove(data_dir: Path) -> None:
    from guiyan.platform.postgres import Postgres

    Postgres(data_dir / "postgres").remove()
    shutil.rmtree(data_dir, ignore_errors=True)


@dataclass
class Visitor:
    """A person at a browser window of their own."""

    context: BrowserContext
    page: Page
    system: System

    def sign_in(self, login: str) -> "Visitor":
        """Come in through the sign-in page."""
        self.page.goto(f"{self.system.url}/sign-in")
        self.page.fill("#id_username", login)
        self.page.fill("#id_password", self.system.password)
        self.page.click("form:has(#id_password) button.btn-primary")
        self.page.wait_for_url(f"{self.system.url}/")
        return self

    def go(self, path: str) -> Page:
        """Open a path of ours and wait until it is quiet."""
        self.page.goto(self.system.url + path, wait_until="networkidle")
        return self.page


@pytest.fixture
def visit(browser: Browser, system: System) -> Iterator[object]:
    """`visit("zhoumin", width=390)` – a signed-in person at a window; "" for somebody without an account."""
    opened: list[BrowserContext] = []

    def make(
        login: str = "", *, width: int = 1440, height: int = 900, language: str = "zh-CN", **options: object
    ) -> Visitor:
        context = browser.new_context(viewport={"width": width, "height": height}, locale=language, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        visitor = Visitor(context, context.new_page(), system)
        return visitor.sign_in(login) if login else visitor

    yield make
    for context in opened:
        context.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one story keep the order of their names, however the rest is shuffled."""
    places = [n for n, item in enumerate(items) if "TestBringZhangBack" in item.nodeid]
    for place, item in zip(
        places, sorted((items[n] for n in places), key=lambda item: item.name), strict=True
    ):
        items[place] = item
