"""Chats between members and customers, as both phones show them."""

from __future__ import annotations

import json
from typing import Any

from wecom_sandbox.store import Row, Store

Json = dict[str, Any]


def post(
    store: Store, *, userid: str, external_userid: str, sender: str, kind: str, body: Json, origin: str = ""
) -> int:
    """Add one message (sender "member" or "customer") and note when the two last talked."""
    now = store.now()
    cursor = store.run(
        "INSERT INTO chat_messages (userid, external_userid, sender, kind, body, sent_at, origin)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        userid,
        external_userid,
        sender,
        kind,
        json.dumps(body, ensure_ascii=False),
        now,
        origin,
    )
    store.run(
        "UPDATE follows SET last_chat_at = ? WHERE userid = ? AND external_userid = ?",
        now,
        userid,
        external_userid,
    )
    return int(cursor.lastrowid or 0)


def post_content(
    store: Store, *, userid: str, external_userid: str, text: str, attachments: list[Json], origin: str
) -> None:
    """The text, then each attachment, as the member's messages."""
    items = [("text", {"content": text})] if text else []
    items += [(item["msgtype"], item[item["msgtype"]]) for item in attachments]
    for kind, body in items:
        post(
            store,
            userid=userid,
            external_userid=external_userid,
            sender="member",
            kind=kind,
            body=body,
            origin=origin,
        )


def has_begun(store: Store, userid: str, external_userid: str) -> bool:
    sql = "SELECT 1 FROM chat_messages WHERE userid = ? AND external_userid = ? LIMIT 1"
    return store.one(sql, userid, external_userid) is not None


def messages(store: Store, userid: str, external_userid: str) -> list[Row]:
    """Oldest first, the latest 200."""
    rows = store.all(
        "SELECT * FROM chat_messages WHERE userid = ? AND external_userid = ? ORDER BY id DESC LIMIT 200",
        userid,
        external_userid,
    )
    return rows[::-1]
