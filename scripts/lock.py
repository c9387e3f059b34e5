"""Resolve requirements/*.in into *.txt with hashes, and package-lock.json without addresses. Run by `make lock`."""

import json
import os
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).with_name("uv")


def lock_python() -> None:
    """base, dev and node; the resolver itself is a tool, not a dependency, and is installed on need."""
    if not UV.exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    options = ["--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--upgrade"]
    for name in ("base", "dev", "node"):
        command = [os.fspath(UV), "pip", "compile", *options, "--python-version", "3.11", "--quiet"]
        subprocess.run([*command, f"{name}.in", "-o", f"{name}.txt"], cwd=REPO / "requirements", check=True)


def lock_assets() -> None:
    """npm's lock; `resolved` fields would name a registry, and `npm ci` works without them."""
    path = REPO / "package-lock.json"
    subprocess.run(["npm", "install", "--package-lock-only", "--loglevel=error"], cwd=REPO, check=True)
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    lock_python()
    lock_assets()
