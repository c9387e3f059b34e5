"""Set-up: a step is done once per cause, again when its cause or its result changes, and never half."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture
def setup(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("guiyan_setup", REPO / "scripts" / "setup.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "STAMPS", tmp_path / "stamps")
    return module


@pytest.fixture
def done():
    return []


def test_given_a_step_when_run_twice_then_it_works_once(setup, done):
    assert setup.step("packages", "key", lambda: done.append(1))
    assert not setup.step("packages", "key", lambda: done.append(2))
    assert done == [1]


def test_given_another_cause_when_run_then_it_works_again(setup, done):
    setup.step("packages", "lock one", lambda: done.append(1))
    setup.step("packages", "lock two", lambda: done.append(2))
    assert done == [1, 2]


def test_given_a_result_that_vanished_when_run_then_it_works_again(setup, done):
    setup.step("assets", "key", lambda: done.append(1))
    setup.step("assets", "key", lambda: done.append(2), present=False)
    assert done == [1, 2]


def test_given_a_step_that_fails_when_run_then_no_stamp_says_that_it_was_done(setup, done):
    with pytest.raises(SystemExit, match="`false` failed"):
        setup.step("packages", "key", lambda: setup.run("false"))
    assert setup.step("packages", "key", lambda: done.append(1))


def test_given_files_when_digested_then_each_content_counts(setup, tmp_path):
    (tmp_path / "a").write_text("1")
    before = setup.digest(tmp_path / "a", "word")
    (tmp_path / "a").write_text("2")
    assert setup.digest(tmp_path / "a", "word") != before


def test_given_an_environment_that_was_moved_when_looked_at_then_it_is_not_usable(
    setup, tmp_path, monkeypatch
):
    binaries = tmp_path / ".venv" / "bin"
    binaries.mkdir(parents=True)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "PYTHON", binaries / "python")
    assert not setup.environment_is_usable()
    (binaries / "python").touch()
    (binaries / "pip").write_text(f"#!{binaries}/python3\n")
    assert setup.environment_is_usable()
    (binaries / "pip").write_text("#!/somewhere/else/.venv/bin/python3\n")
    assert not setup.environment_is_usable()


def test_given_this_checkout_when_set_up_again_then_nothing_is_done():
    if not (REPO / ".venv" / ".stamps" / "packages").exists():
        pytest.skip("this environment was not made by scripts/setup.py")
    run = subprocess.run(
        [sys.executable, REPO / "scripts" / "setup.py"], capture_output=True, text=True, check=False
    )
    again = subprocess.run(
        [sys.executable, REPO / "scripts" / "setup.py"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, again.returncode, again.stdout) == (0, 0, "")


@pytest.mark.parametrize("name", ["requirements/base.txt", "requirements/dev.txt", "package-lock.json"])
def test_given_a_lock_file_when_read_then_it_has_hashes_and_no_addresses(name):
    text = (REPO / name).read_text(encoding="utf-8")
    assert "sha256:" in text or "sha512-" in text
    assert not re.search(r"--(extra-)?index-url|--find-links|\"resolved\"|file://", text)
    if name.endswith(".txt"):
        unhashed = re.findall(r"^([a-z0-9._\[\]-]+==\S+)$", text, re.MULTILINE)
        assert unhashed == []


def test_given_the_make_file_when_its_commands_are_listed_then_each_exists():
    said = subprocess.run(["make", "help"], cwd=REPO, capture_output=True, text=True, check=True).stdout
    named = set(re.findall(r"^make (\w+)", said, re.MULTILINE))
    assert named == {"setup", "demo", "test", "lint", "lock", "clean"}
    for name in named:
        planned = subprocess.run(["make", "-n", name], cwd=REPO, capture_output=True, text=True, check=False)
        assert planned.returncode == 0, planned.stderr


def test_given_the_ci_entry_when_looked_at_then_it_runs_make_test_and_is_executable():
    entry = REPO / ".ci" / "run"
    assert os.access(entry, os.X_OK)
    assert "exec make test" in entry.read_text(encoding="utf-8")
