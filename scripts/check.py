"""Everything CI checks, in one command, with a table of times at the end. Run by `make test`.

    scripts/check.py [--only STEP,STEP] [-- arguments for pytest]

The static steps run two at a time, then the tests run on two processes. Exit code 0 only if all are well.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, os.fspath(Path(__file__).parent))
from setup import apt_install, say

REPO = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SOURCES = ("guiyan", "wecom_sandbox", "scripts")
MOST_FILE_LINES, MOST_FUNCTION_LINES, MOST_LINES_SHOWN = 400, 50, 120
ENVIRONMENT = {  # enough for tools that load the settings; nothing connects anywhere
    "DJANGO_SETTINGS_MODULE": "guiyan.config.settings",
    "GUIYAN_SECRET_KEY": "only-for-tools-that-read-the-settings-0000",
    "DATABASE_URL": "postgresql://guiyan@/guiyan?host=/nonexistent",
    "GUIYAN_DB_POOL": "0",
    "PYTHONWARNINGS": "ignore",
}
# taste, or wrong for us: line breaks after headings, meta keywords, types of submit buttons, empty marks for icons
DJLINT_TASTE = "H015,H020,H030,H031,H043"


@dataclass(frozen=True)
class Result:
    """What became of a step; `said` is shown when it failed (and, for tests, always)."""

    name: str
    ok: bool
    seconds: float
    said: str = ""


def command(name: str, *argv: str, tools: bool = True) -> Result:
    """Run one tool; `tools` gives it the settings it may load."""
    started = time.monotonic()
    environment = {**os.environ, **(ENVIRONMENT if tools else {})}
    done = subprocess.run(argv, cwd=REPO, env=environment, capture_output=True, text=True, check=False)
    return Result(name, done.returncode == 0, time.monotonic() - started, done.stdout + done.stderr)


def sizes() -> Result:
    """Files at most 400 lines, functions at most 50."""
    started = time.monotonic()
    faults = [
        fault
        for top in (*SOURCES, "tests")
        for path in (REPO / top).rglob("*.py")
        for fault in _too_long(path)
    ]
    return Result("sizes", not faults, time.monotonic() - started, "\n".join(faults))


def _too_long(path: Path) -> Iterator[str]:
    if "migrations" in path.parts:
        return
    text = path.read_text(encoding="utf-8")
    where, lines = path.relative_to(REPO), text.count("\n")
    if lines > MOST_FILE_LINES:
        yield f"{where}: {lines} lines; split it by topic (at most {MOST_FILE_LINES})"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                yield f"{where}:{node.lineno}: {node.name} has {length} lines (at most {MOST_FUNCTION_LINES})"


def static(name: str) -> Result:
    """One of the steps that read the code without running it."""
    tool = {path.name: os.fspath(path) for path in BIN.iterdir()}
    python = sys.executable
    if name == "sizes":
        return sizes()
    commands = {
        "format": (tool["ruff"], "format", "--check", "."),
        "lint": (tool["ruff"], "check", "."),
        "types": (tool["mypy"], *SOURCES[:2], "scripts", "tests"),
        "contracts": (tool["lint-imports"],),
        "migrations": (python, "-m", "django", "makemigrations", "--check", "--dry-run"),
        "translations": (python, "-m", "guiyan.config.cli", "messages", "--check"),
        "templates": (
            tool["djlint"],
            "guiyan",
            "--lint",
            "--profile=django",
            f"--ignore={DJLINT_TASTE}",
            "--quiet",
        ),
    }
    return command(name, *commands[name])


STATIC = ("types", "format", "lint", "contracts", "migrations", "translations", "templates", "sizes")


def browser_is_there() -> bool:
    """A Chromium for the journeys: found, or installed when we may, or the reader is told what to run."""
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        return True
    if apt_install("chromium", "fonts-noto-cjk"):
        return True
    say("tests: no Chromium here. Run: sudo apt-get install chromium fonts-noto-cjk")
    return False


def tests(arguments: list[str]) -> Result:
    """The whole suite, printing as it goes."""
    if not browser_is_there():
        return Result("tests", ok=False, seconds=0.0, said="no Chromium")
    started = time.monotonic()
    argv = [
        sys.executable,
        "-m",
        "pytest",
        *(arguments or ["-n", "2", "--dist", "loadfile", "-q"]),
    ]
    done = subprocess.run(argv, cwd=REPO, check=False)
    return Result("tests", done.returncode == 0, time.monotonic() - started)


def table(results: list[Result]) -> None:
    """One line a step."""
    say("")
    for result in results:
        say(f"{'ok    ' if result.ok else 'FAILED'}  {result.name:<14}{result.seconds:>8.1f} s")


def main() -> int:
    """Run what was asked for, show what failed, then the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", default="", help=f"of: {', '.join((*STATIC, 'tests'))}")
    own, _, rest = " ".join(sys.argv[1:]).partition("-- ")
    asked = parser.parse_args([part for part in own.split() if part != "--"]).only.split(",")
    wanted = [name for name in (*STATIC, "tests") if asked == [""] or name in asked]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(static, [name for name in wanted if name != "tests"]))
    for result in results:
        if not result.ok:
            lines = result.said.strip().splitlines()
            say("\n".join([f"── {result.name} ──", *lines[:MOST_LINES_SHOWN], ""]))
    if "tests" in wanted:
        results.append(tests(rest.split()))
    table(results)
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
