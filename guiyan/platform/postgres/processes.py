"""Looking at processes: who still lives in a cluster, and making a child follow its parent."""

import ctypes
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)  # loaded here: nothing may be loaded between fork and exec


def dies_with_parent(sig: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` that makes Linux send `sig` to the child when the thread that started it dies.

    Must be the last step before exec: changing the user id clears the setting. Start children from a
    thread that lives as long as they should (the main thread).
    """
    parent, number = os.getpid(), int(sig)

    def before_exec() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:  # the parent died before prctl took hold
            os._exit(1)

    return before_exec


def living_in(cluster: Path) -> list[int]:
    """Process ids of every `postgres` whose working directory is `cluster` (server and back ends).

    Zombies and processes that merely got an old pid are not counted: they have no such directory.
    """
    wanted = os.fspath(cluster.resolve())
    return [pid for pid in _all_pids() if _working_directory(pid) == wanted and _is_postgres(pid)]


def is_server_of(pid: int, cluster: Path) -> bool:
    """Whether `pid` is alive and a `postgres` working in `cluster`."""
    return _working_directory(pid) == os.fspath(cluster.resolve()) and _is_postgres(pid)


def end_all(cluster: Path, *, patience_s: float) -> None:
    """Stop whatever still lives in `cluster`: ask (SIGINT, then SIGQUIT), and after `patience_s` kill.

    Safe for the data: PostgreSQL recovers from its log. Returns when nobody is left.
    """
    started = time.monotonic()
    steps = [(0.0, signal.SIGINT), (patience_s * 0.6, signal.SIGQUIT), (patience_s, signal.SIGKILL)]
    while pids := living_in(cluster):
        waited = time.monotonic() - started
        while steps and waited >= steps[0][0]:
            _signal_all(pids, steps.pop(0)[1])
        time.sleep(0.05)


def _signal_all(pids: list[int], sig: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, sig)
        except ProcessLookupError:
            continue


def _all_pids() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _working_directory(pid: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:  # gone, a zombie, or somebody else's
        return ""


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        return False
