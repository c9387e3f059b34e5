"""How much memory a running installation takes, shared pages counted once (PSS)."""

from pathlib import Path

from guiyan.config.children import left_over
from guiyan.config.runtime import Layout
from guiyan.platform.postgres import Postgres, processes

_PARTS = {"granian": "web", "worker": "worker", "wecom_sandbox": "sandbox"}


def in_use(place: Layout) -> dict[str, float]:
    """MB of web, worker, sandbox and embedded database of this installation; empty when nothing runs."""
    found: dict[str, float] = {}
    for pid in left_over(place.data_dir):
        name = next((part for word, part in _PARTS.items() if word in _command(pid)), "other")
        found[name] = found.get(name, 0.0) + _megabytes(pid)
    servers = processes.living_in(Postgres(place.postgres).cluster)
    if servers:
        found["database"] = sum(map(_megabytes, servers))
    return {name: round(size, 1) for name, size in found.items()}


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:  # it has just ended
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
