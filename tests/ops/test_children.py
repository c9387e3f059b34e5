"""A supervised process: revived with patience, ended with all it started, never outliving its supervisor."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guiyan.config.children import MARK, Child, end_left_over, left_over

REPO = Path(__file__).resolve().parents[2]
SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
WITH_GRANDCHILD = [
    sys.executable, "-c",
    "import subprocess, sys, time\n"
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).pid, flush=True)\n"
    "time.sleep(60)",
]  # fmt: skip
SUPERVISOR = """
import os, sys, time
from guiyan.config.children import Child
child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], os.environ)
child.start(lambda name, line: None, now=0.0)
print(child.process.pid, flush=True)
time.sleep(60)
"""


def wait_until(condition):
    """Waits for another process, at most ten seconds; the only clock here is the machine's own."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def lines():
    return []


@pytest.fixture
def start(lines):
    started = []

    def begin(argv, now=0.0, **environment):
        child = Child("child", argv, {**os.environ, **environment})
        child.start(lambda _name, line: lines.append(line), now=now)
        started.append(child)
        return child

    yield begin
    for child in started:
        child.end(before=0.0)


def test_given_a_child_that_keeps_dying_when_looked_at_then_each_pause_is_twice_the_last_up_to_30_s(start):
    child = start([sys.executable, "-c", "raise SystemExit(3)"])
    pauses: list[float] = []
    for _ in range(8):
        wait_until(lambda: child.process.poll() is not None)
        assert child.ended(now=100.0) == 3 if pauses else child.ended(now=10.0) == 3
        pauses.append(child.due_at - (100.0 if pauses else 10.0))
        child.start(lambda _name, _line: None, now=100.0)
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


def test_given_a_child_that_lived_a_minute_when_it_dies_then_it_starts_again_at_once(start):
    child = start([sys.executable, "-c", "raise SystemExit(3)"], now=0.0)
    wait_until(lambda: child.process.poll() is not None)
    child.ended(now=1.0)
    child.start(lambda _name, _line: None, now=2.0)
    wait_until(lambda: child.process.poll() is not None)
    child.ended(now=70.0)
    assert child.due_at == 70.5


def test_given_a_living_child_when_looked_at_then_it_has_not_ended(start):
    assert start(SLEEPER).ended(now=1.0) is None


def test_given_a_child_killed_at_once_when_looked_at_then_what_it_started_is_gone_too(start, lines):
    child = start(WITH_GRANDCHILD)
    wait_until(lambda: lines)
    child.process.kill()
    wait_until(lambda: child.process.poll() is not None)
    assert child.ended(now=1.0) == -signal.SIGKILL
    wait_until(lambda: not is_alive(int(lines[0])))


def test_given_a_child_deaf_to_sigterm_when_time_is_up_then_it_is_killed(start, lines):
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    child = start([sys.executable, "-c", deaf])
    wait_until(lambda: lines)
    pid = child.process.pid
    child.ask_to_end()
    child.end(before=time.monotonic() + 0.1)
    assert child.process is None
    assert not is_alive(pid)


def test_given_a_supervisor_killed_with_9_when_it_dies_then_its_child_dies():
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR],
        cwd=REPO,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": "."},
    )
    assert supervisor.stdout
    pid = int(supervisor.stdout.readline())
    assert is_alive(pid)
    supervisor.kill()
    supervisor.communicate()
    wait_until(lambda: not is_alive(pid))


def test_given_marked_processes_when_cleared_then_only_those_of_this_data_directory_end(
    start, lines, tmp_path
):
    mine, other = start(SLEEPER, **{MARK: f"{tmp_path}/a"}), start(SLEEPER, **{MARK: f"{tmp_path}/ab"})
    wait_until(lambda: len(lines) == 2)
    assert left_over(tmp_path / "a") == [mine.process.pid]
    reap = mine.process
    os.kill(reap.pid, signal.SIGKILL)
    reap.wait()
    assert end_left_over(tmp_path / "a") == 0
    assert is_alive(other.process.pid)
