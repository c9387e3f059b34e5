"""One SQLite file and the virtual clock. No state lives in memory, so `kill -9` loses nothing acknowledged."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).with_name("schema.sql")
FILE_NAME = "wecom-sandbox.sqlite3"
Row = sqlite3.Row


class Store:
    """The only door to the file. Every request runs inside one `transaction()`."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(SCHEMA.read_text(encoding="utf-8"))

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing; committed (and on disk) when the block ends."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def undo_on_error(self) -> Iterator[None]:
        """Inside a transaction: take back what the block wrote when it raises, keep the rest."""
        self._db.execute("SAVEPOINT inner_step")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK TO inner_step")
            self._db.execute("RELEASE inner_step")
            raise
        self._db.execute("RELEASE inner_step")

    def run(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self._db.execute(sql, values)

    def many(self, sql: str, rows: list[tuple[object, ...]]) -> None:
        self._db.executemany(sql, rows)

    def one(self, sql: str, *values: object) -> Row | None:
        row: Row | None = self._db.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, *values: object) -> list[Row]:
        return self._db.execute(sql, values).fetchall()

    def number(self, sql: str, *values: object) -> int:
        """The first column of the only row, 0 when it is null."""
        row = self.one(sql, *values)
        return int(row[0] or 0) if row else 0

    # Settings: small JSON values that the administrator's console of the real product would hold.

    def get(self, key: str, default: Any = None) -> Any:
        row = self.one("SELECT value FROM settings WHERE key = ?", key)
        return json.loads(row["value"]) if row else default

    def set(self, key: str, value: Any) -> None:
        self.run(
            "INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            json.dumps(value, ensure_ascii=False),
        )

    # Clock

    def real_now(self) -> float:
        return self._clock()

    def now(self) -> int:
        """Unix seconds of the virtual clock."""
        return int(self._clock()) + int(self.get("clock_offset", 0))

    def advance(self, seconds: int) -> None:
        self.set("clock_offset", int(self.get("clock_offset", 0)) + seconds)

    def wipe(self, *, keep: tuple[str, ...] = ()) -> None:
        """Empty every table but `keep`: no company, no people, the clock at real time."""
        for row in self.all(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ):
            if row["name"] not in keep:
                self.run(f"DELETE FROM {row['name']}")  # noqa: S608 - names come from our own schema
