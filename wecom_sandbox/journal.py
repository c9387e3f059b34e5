"""What happened, for people and tests to read: calls in, callbacks out, taps on phones. Secrets are taken out."""

from __future__ import annotations

import json
import re
from typing import Any

from wecom_sandbox.store import Row, Store

SECRET_KEYS = frozenset(
    {
        "access_token",
        "corpsecret",
        "response_code",
        "welcome_code",
        "code",
        "user_ticket",
        "ticket",
        "aes_key",
    }
)
HIDDEN = "***"
KEEP = 5000
_SECRET_TAGS = re.compile(r"<(ResponseCode|WelcomeCode|Token)>.*?</\1>", re.DOTALL)


def without_secrets(value: Any) -> Any:
    """The same JSON with every value under a secret name replaced."""
    if isinstance(value, dict):
        return {
            key: HIDDEN if key in SECRET_KEYS and item else without_secrets(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    return value


def without_secret_tags(xml: str) -> str:
    return _SECRET_TAGS.sub(rf"<\1>{HIDDEN}</\1>", xml)


def write(
    store: Store,
    *,
    direction: str,
    path: str,
    actor: str = "",
    note: str = "",
    errcode: int = 0,
    request: Any = None,
    response: Any = None,
) -> int:
    """Add a line and drop the oldest beyond KEEP; returns its id. Must run inside a transaction."""
    cursor = store.run(
        "INSERT INTO journal (at, direction, actor, path, note, errcode, request, response)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        store.now(),
        direction,
        actor,
        path,
        note,
        errcode,
        json.dumps(without_secrets(request), ensure_ascii=False),
        json.dumps(without_secrets(response), ensure_ascii=False),
    )
    line_id = int(cursor.lastrowid or 0)
    store.run("DELETE FROM journal WHERE id <= ?", line_id - KEEP)
    return line_id


def read(store: Store, *, after: int = 0, limit: int = 100) -> list[dict[str, Any]]:
    """Lines newer than `after`, newest first, at most `limit`."""
    rows = store.all("SELECT * FROM journal WHERE id > ? ORDER BY id DESC LIMIT ?", after, limit)
    return [_line(row) for row in rows]


def _line(row: Row) -> dict[str, Any]:
    line = dict(row)
    line["request"] = json.loads(row["request"])
    line["response"] = json.loads(row["response"])
    return line
