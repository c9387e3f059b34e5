"""The doctor finds what is wrong, says what to do, and changes nothing."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from guiyan.config import doctor
from guiyan.config.database_checks import database_findings
from guiyan.config.runtime import Layout
from guiyan.platform.postgres import Postgres

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(tmp_path, monkeypatch):
    for name in [key for key in os.environ if re.match(r"GUIYAN_|WECOM_|DATABASE_", key)]:
        monkeypatch.delenv(name)
    return Layout(tmp_path / "data")


def finding(found, name):
    return next(each for each in found if each.name == name)


def test_given_a_fresh_machine_when_examined_then_nothing_is_missing_and_nothing_is_made(place):
    found = [
        *doctor._python(place),
        *doctor._disk(place),
        *doctor._keys(place),
        *database_findings(place),
    ]
    assert [each for each in found if not each.ok] == []
    assert not place.data_dir.exists()


def test_given_a_key_that_others_can_read_when_examined_then_the_command_to_close_it_is_given(place):
    place.make()
    (place.secrets / "kek.json").chmod(0o644)
    problem = finding(list(doctor._keys(place)), "encryption key")
    assert (problem.ok, problem.fix) == (False, f"Run: chmod 600 {place.secrets / 'kek.json'}")


def test_given_a_database_without_its_key_when_examined_then_the_loss_is_named(place):
    place.make()
    place.postgres.mkdir()
    (place.secrets / "kek.json").unlink()
    problem = finding(list(doctor._keys(place)), "encryption key")
    assert not problem.ok
    assert "without it the encrypted columns cannot be read" in problem.fix


def test_given_wecom_without_a_secret_when_examined_then_the_missing_names_are_said(place, monkeypatch):
    monkeypatch.setenv("WECOM_BASE_URL", "http://127.0.0.1:1")
    problem = finding(list(doctor._wecom(place)), "wecom")
    assert problem.says == "http://127.0.0.1:1, but no WECOM_CORPID, WECOM_AGENTID, WECOM_SECRET"


def test_given_a_wecom_that_does_not_answer_when_examined_then_that_is_said(place, monkeypatch):
    for name, value in (
        ("BASE_URL", "http://127.0.0.1:1"),
        ("CORPID", "ww1"),
        ("AGENTID", "1"),
        ("SECRET", "s"),
    ):
        monkeypatch.setenv(f"WECOM_{name}", value)
    problem = finding(list(doctor._wecom(place)), "wecom")
    assert not problem.ok
    assert problem.says.startswith("http://127.0.0.1:1 does not answer")


def test_given_a_database_that_does_not_answer_when_examined_then_the_remedy_names_the_setting(
    place, monkeypatch
):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    problem = finding(list(database_findings(place)), "database")
    assert not problem.ok
    assert problem.fix.startswith("Check DATABASE_URL")


def test_given_an_empty_database_when_the_command_runs_then_it_asks_for_migrate_and_exits_1(place):
    place.make()
    server = Postgres(place.postgres)
    server.start()
    server.stop()
    environment = {**os.environ, "GUIYAN_DATA_DIR": str(place.data_dir), "PYTHONPATH": str(REPO)}
    command = [sys.executable, "-m", "guiyan.config.cli", "doctor", "--json"]
    done = subprocess.run(command, cwd=REPO, env=environment, capture_output=True, text=True, check=False)
    server.remove()
    said = {each["name"]: each for each in json.loads(done.stdout)["checks"]}
    assert done.returncode == 1
    assert said["database text"]["says"] == "UTF8, C.UTF-8"
    assert said["pooler"]["ok"]
    assert said["migrations"]["fix"] == "Run: guiyan migrate"
