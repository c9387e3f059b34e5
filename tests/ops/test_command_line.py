"""Every command explains itself, fast, and a broken installation is said in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guiyan.config import logview
from guiyan.config.cli import cli

REPO = Path(__file__).resolve().parents[2]
COMMANDS = (
    ["serve"], ["worker"], ["migrate"], ["createadmin"], ["demo"], ["selfcheck"], ["doctor"], ["snapshots"], ["messages"],
    ["import"], ["import", "files"], ["import", "compare"], ["search"], ["search", "status"], ["search", "rebuild"], ["bench"],
    ["bench", "pages"], ["db"], ["db", "status"], ["db", "shell"], ["db", "dump"], ["db", "restore"], ["db", "remove"],
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_given_a_command_when_help_is_asked_then_it_says_what_it_does_and_each_option_is_explained(command):
    result = CliRunner().invoke(cli, [*command, "--help"], env={"COLUMNS": "200", "TERM": "dumb"})
    assert result.exit_code == 0
    options = [line.strip("│ ") for line in result.output.splitlines() if line.lstrip("│ ").startswith("--")]
    assert all(len(line.split("  ")[-1]) > 8 for line in options), options


def test_given_no_command_when_called_then_all_of_them_are_listed():
    output = CliRunner().invoke(cli, ["--help"], env={"COLUMNS": "200"}).output
    for name in {command[0] for command in COMMANDS}:
        assert f" {name} " in output


def test_given_help_when_asked_then_django_is_not_loaded():
    code = "import sys; from guiyan.config.cli import cli; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_given_a_file_name_when_importing_then_files_is_meant(tmp_path):
    result = CliRunner().invoke(cli, ["import", str(tmp_path / "none.xlsx")])
    assert result.exit_code == 2
    assert "does not exist" in " ".join(result.output.split())


def test_given_a_broken_env_value_when_run_then_the_problem_is_said_without_a_traceback(tmp_path):
    environment = {**os.environ, "GUIYAN_DATA_DIR": str(tmp_path), "GUIYAN_PORT": "1", "COLUMNS": "200"}
    with_port_taken = [sys.executable, "-m", "guiyan.config.cli", "db", "restore", str(tmp_path / "nothing")]
    done = subprocess.run(
        with_port_taken, cwd=REPO, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_given_a_json_log_line_when_shown_then_it_reads_as_a_sentence_in_shanghai_time():
    line = (
        '{"at": "2026-11-23T04:00:01.5+00:00", "level": "warning", "log": "x", "message": "late", "job": 7}'
    )
    assert logview.readable(line) == ("12:00:01 WARNING late job=7", "33")


@pytest.mark.parametrize("line", ["plain words", "{not json", '["a list"]'])
def test_given_any_other_line_when_shown_then_it_stays_as_it_is(line):
    assert logview.readable(line) == (line, "")
