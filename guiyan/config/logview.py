"""Logs of several processes on one screen: a coloured name, a time, the words of JSON lines."""

import json
import sys
import threading
from datetime import datetime
from typing import IO
from zoneinfo import ZoneInfo

_COLOURS = ("36", "32", "35", "33", "34")
_LOUD = {"warning": "33", "error": "31", "critical": "31"}
_KNOWN = {"at", "timestamp", "level", "log", "logger", "message", "event", "trace", "exception"}
_WIDTH = 8
_SHANGHAI = ZoneInfo("Asia/Shanghai")


class Screen:
    """Prints lines of named processes, whole lines at a time, with colour when somebody is watching."""

    def __init__(self, out: IO[str] | None = None) -> None:
        self._out = out or sys.stdout
        self._colour = self._out.isatty()
        self._lock = threading.Lock()
        self._names: dict[str, str] = {}

    def line(self, name: str, text: str) -> None:
        """Print one line of process `name`; JSON log lines are unfolded into words."""
        colour = self._names.setdefault(name, _COLOURS[len(self._names) % len(_COLOURS)])
        words, loud = readable(text)
        prefix = self._paint(f"{name:<{_WIDTH}}│", colour)
        body = "\n".join(f"{prefix} {self._paint(part, loud)}" for part in words.splitlines() or [""])
        with self._lock:
            print(body, file=self._out, flush=True)

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colour and colour else text


def readable(text: str) -> tuple[str, str]:
    """A log line for people and the colour it deserves ("" = none). Text that is no JSON stays as it is."""
    try:
        record = json.loads(text) if text.startswith("{") else None
    except ValueError:
        record = None
    if not isinstance(record, dict):
        return text, ""
    level = str(record.get("level", "info"))
    said = str(record.get("message") or record.get("event") or "")
    facts = " ".join(f"{name}={value}" for name, value in record.items() if name not in _KNOWN)
    trace = record.get("trace") or record.get("exception") or ""
    head = " ".join(
        part for part in (_clock(record), "" if level == "info" else level.upper(), said, facts) if part
    )
    return f"{head}\n{trace}".rstrip(), _LOUD.get(level, "")


def _clock(record: dict[str, object]) -> str:
    try:
        moment = datetime.fromisoformat(str(record.get("at") or record.get("timestamp")))
    except ValueError:
        return ""
    return moment.astimezone(_SHANGHAI).strftime("%H:%M:%S") if moment.tzinfo else ""
