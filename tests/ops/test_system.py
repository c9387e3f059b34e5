"""The whole system as processes: it survives kills, refuses a twin, ends cleanly, and does its main job."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guiyan.config import runtime
from guiyan.config.children import left_over
from guiyan.config.supervisor import answers
from guiyan.platform.postgres import Postgres, processes

REPO = Path(__file__).resolve().parents[2]
GUIYAN = [sys.executable, "-m", "guiyan.config.cli"]
pytestmark = pytest.mark.system


def wait_until(condition, *, at_most_s=120):
    deadline = time.monotonic() + at_most_s
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def environment_for(data_dir):
    """A clean environment: the test run's own settings must not reach the system under test."""
    mine = {
        key: value
        for key, value in os.environ.items()
        if not re.match(r"GUIYAN_|WECOM_|DATABASE_|DJANGO_", key)
    }
    return {**mine, "GUIYAN_DATA_DIR": str(data_dir), "PYTHONPATH": str(REPO)}


class System:
    """A `guiyan serve` of its own."""

    def __init__(self, data_dir):
        self.data_dir, self.environment = data_dir, environment_for(data_dir)
        self.port = runtime.any_free_ports(1)[0]
        self.log = data_dir.parent / "serve.log"

    def start(self):
        with self.log.open("w") as log:
            command = [*GUIYAN, "serve", "--port", str(self.port)]
            self.process = subprocess.Popen(command, cwd=REPO, env=self.environment, stdout=log, stderr=log)
        wait_until(lambda: "is ready at" in self.said() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()

    def said(self):
        return self.log.read_text()

    def child(self, words):
        """The process id of the supervisor's child whose command line has `words`."""
        for pid in left_over(self.data_dir):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            parent = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1]
            if words in command and int(parent) == self.process.pid:
                return pid
        return None


@pytest.fixture
def system(tmp_path_factory):
    made = System(tmp_path_factory.mktemp("system") / "data")
    yield made
    if made.process.poll() is None:
        made.process.kill()
        made.process.wait()
    wait_until(lambda: not left_over(made.data_dir))
    Postgres(made.data_dir / "postgres").remove()


def test_given_a_running_system_when_its_parts_are_killed_then_each_comes_back_and_all_ends_cleanly(system):
    system.start()
    server = Postgres(system.data_dir / "postgres")
    web, worker = system.child("granian"), system.child("worker")
    database = int((server.cluster / "postmaster.pid").read_text().split()[0])

    for pid in (web, worker, database):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: system.child("granian") not in {None, web})
    wait_until(lambda: system.child("worker") not in {None, worker})
    wait_until(lambda: answers(system.port, "/healthz"))

    twin = subprocess.run(
        [*GUIYAN, "serve", "--port", str(runtime.any_free_ports(1)[0])],
        cwd=REPO, env=system.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert twin.returncode == 1
    assert "already runs on" in twin.stderr
    assert answers(system.port, "/healthz")

    system.process.kill()
    system.process.wait()
    system.start()
    assert answers(system.port, "/healthz")

    system.process.send_signal(signal.SIGTERM)
    assert system.process.wait(timeout=60) == 0
    assert left_over(system.data_dir) == []
    assert processes.living_in(server.cluster) == []
    assert "Traceback" not in system.said()


def test_given_a_fresh_machine_when_the_self_check_runs_then_every_step_does_what_it_must(tmp_path):
    done = subprocess.run(
        [*GUIYAN, "selfcheck", "--json"],
        cwd=REPO,
        env=environment_for(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    result = json.loads(done.stdout)
    assert [step for step in result["steps"] if not step["ok"]] == []
    assert done.returncode == 0
    assert len(result["steps"]) >= 15
