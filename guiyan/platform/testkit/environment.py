"""Pytest plugin (`-p`): sets the environment before Django reads it, and keeps the throw-away server.

Loaded before settings; each xdist worker has a server of its own, so that workers never meet.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

import guiyan
from guiyan.platform.messages import compile_all
from guiyan.platform.postgres import Postgres

HOME = Path(tempfile.mkdtemp(prefix="guiyan-test-"))
SERVER = Postgres(HOME / "pg", test_mode=True)
EXTERNAL = os.environ.get("GUIYAN_TEST_DATABASE_URL", "")
DEVELOPMENT_KEK = '{"id": "test", "key": "dGVzdC10ZXN0LXRlc3QtdGVzdC10ZXN0LXRlc3QtMzI="}'


def _prepare() -> None:
    compile_all(Path(guiyan.__file__).parent)
    (HOME / "kek.json").write_text(DEVELOPMENT_KEK, encoding="utf-8")
    os.environ.update(
        DJANGO_SETTINGS_MODULE="guiyan.config.settings",
        GUIYAN_SECRET_KEY="a-secret-for-tests-only-" + "x" * 20,
        GUIYAN_KEK_FILE=str(HOME / "kek.json"),
        GUIYAN_DATA_DIR=str(HOME / "data"),
        GUIYAN_ALLOWED_HOSTS="127.0.0.1,localhost,testserver,.localhost",
        GUIYAN_BASE_URL="http://127.0.0.1:8000",
        GUIYAN_DB_POOL="0",
        GUIYAN_DEVELOPMENT="1",
        DJANGO_ALLOW_ASYNC_UNSAFE="1",  # Playwright keeps a loop in the thread whose tests use the database
        DATABASE_URL=EXTERNAL or SERVER.dsn,
    )
    for name in [key for key in os.environ if key.startswith("WECOM_")]:
        del os.environ[name]


_prepare()


def ensure_server() -> None:
    """Start the server the first time something needs it."""
    if not EXTERNAL and not SERVER.is_running():
        SERVER.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and leave nothing behind."""
    del config
    if not EXTERNAL:
        SERVER.remove()
    shutil.rmtree(HOME, ignore_errors=True)
