"""Read a file in a child process with little memory and time, so that no file can hurt the others.

`python -m guiyan.importing.apart NAME TODAY` reads bytes from standard input and answers JSON (never pickle: the
child may have been talked into anything). It needs no Django, no database and no secrets, and gets none.
"""

import json
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

from guiyan.importing.engine.model import FileResult, ImportIssue, Place
from guiyan.importing.engine.reading import read_file
from guiyan.importing.engine.wire import result_from, result_to

MEMORY = 900 * 1024 * 1024  # address space, of which the interpreter itself takes about a third
CPU_SECONDS = 60
WALL_SECONDS = 120
MAX_FILE = 64 * 1024 * 1024


def read_apart(name: str, data: bytes, *, today: date) -> FileResult:
    """As `engine.reading.read_file`, in a child. A child that dies or takes too long is one issue, not an error."""
    if len(data) > MAX_FILE:
        return _failed(name, "too_large")
    command = [sys.executable, "-m", "guiyan.importing.apart", name, today.isoformat()]
    root = str(Path(__file__).resolve().parents[2])
    environment = {
        "PYTHONPATH": root,
        "PYTHONIOENCODING": "utf-8",
        "PATH": "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            env=environment,
            cwd=root,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _failed(name, "took_too_long")
    if done.returncode != 0:
        return _failed(
            name, "took_too_long" if done.returncode < 0 or done.returncode == 3 else "reading_failed"
        )
    try:
        return result_from(json.loads(done.stdout))
    except (ValueError, TypeError, KeyError):
        return _failed(name, "reading_failed")


def _failed(name: str, code: str) -> FileResult:
    return FileResult(name, "", issues=(ImportIssue(Place(name), code, "file", "", refused="file"),))


def main() -> int:
    """The child. Exit 0: JSON on standard output; 3: out of memory."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    name, today = sys.argv[1], date.fromisoformat(sys.argv[2])
    try:
        result = read_file(name, sys.stdin.buffer.read(), today=today)
        answer = json.dumps(result_to(result), ensure_ascii=False).encode("utf-8", errors="replace")
    except MemoryError:
        return 3
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
