"""One child process of the supervisor: started, listened to, ended together with all it started."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from guiyan.platform.postgres.processes import dies_with_parent

MARK = "GUIYAN_SUPERVISED_BY"  # in the environment of every process below a supervisor: its data directory
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_STEADY_S = 60.0  # a child that lived this long starts again at once


class Child:
    """A named program that is kept running. Times are seconds of the monotonic clock, passed in."""

    def __init__(self, name: str, argv: list[str], environment: Mapping[str, str]) -> None:
        self.name, self.argv, self._environment = name, argv, dict(environment)
        self.process: subprocess.Popen[str] | None = None
        self.starts = 0
        self._pause_s = _FIRST_PAUSE_S
        self._started_at = 0.0
        self.due_at = 0.0

    def start(self, on_line: Callable[[str, str], None], *, now: float) -> None:
        """Start the program in a session of its own; the kernel ends it if the supervisor dies."""
        self.process = subprocess.Popen(
            self.argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", env=self._environment, start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509
        )  # fmt: skip
        self.starts += 1
        self._started_at = now
        threading.Thread(target=self._listen, args=(self.process, on_line), daemon=True).start()

    def ended(self, *, now: float) -> int | None:
        """The exit code when the program has just ended, None while it lives. Plans the next start."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self._kill_group(self.process.pid)  # its own children may have outlived it
        self.process = None
        if now - self._started_at >= _STEADY_S:
            self._pause_s = _FIRST_PAUSE_S
        self.due_at = now + self._pause_s
        self._pause_s = min(self._pause_s * 2, _LONGEST_PAUSE_S)
        return code

    def ask_to_end(self) -> None:
        """SIGTERM: finish what is in hand and go."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, *, before: float) -> None:
        """Wait until `before` (monotonic), then kill the program and everything it started."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.0, before - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._kill_group(self.process.pid)
        self.process = None

    def _listen(self, process: subprocess.Popen[str], on_line: Callable[[str, str], None]) -> None:
        assert process.stdout is not None  # noqa: S101 - opened as a pipe above
        with process.stdout as lines:
            for line in lines:
                on_line(self.name, line.rstrip())

    @staticmethod
    def _kill_group(leader: int) -> None:
        try:
            os.killpg(leader, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


def left_over(data_dir: Path) -> list[int]:
    """Processes that an earlier supervisor of this data directory started and did not outlive itself.

    Found by the mark in their environment, so a pid used again by a stranger is never taken for one.
    """
    mark = f"{MARK}={data_dir}".encode()
    return [pid for pid in _other_pids() if mark in _environment_of(pid)]


def end_left_over(data_dir: Path) -> int:
    """Kill what `left_over` finds and wait until it is gone. Returns how many there were."""
    found = left_over(data_dir)
    for pid in found:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    while found and left_over(data_dir):
        time.sleep(0.05)
    return len(found)


def _other_pids() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]


def _environment_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:  # gone, or somebody else's
        return []
