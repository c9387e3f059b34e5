"""What the two phones show. Only reads; the taps are in `employee` and `candidate`."""

from __future__ import annotations

import json
from typing import Any

from wecom_sandbox import chats
from wecom_sandbox.errors import ControlRefused
from wecom_sandbox.store import Row, Store

Json = dict[str, Any]


def require_user(store: Store, userid: str) -> Row:
    user = store.one("SELECT * FROM users WHERE userid = ?", userid)
    if user is None:
        raise ControlRefused(404, f"There is no member {userid}.", "GET /sandbox/api/state lists them.")
    return user


def require_contact(store: Store, external_userid: str) -> Row:
    contact = store.one("SELECT * FROM contacts WHERE external_userid = ?", external_userid)
    if contact is None:
        raise ControlRefused(
            404, f"There is no customer {external_userid}.", "GET /sandbox/api/state lists them."
        )
    return contact


def employee_phone(store: Store, userid: str) -> Json:
    """App messages (latest 50), group-send tasks, friend requests and chats of one member."""
    user = require_user(store, userid)
    return {
        "userid": user["userid"],
        "name": user["name"],
        "position": user["position"],
        "messages": _app_messages(store, user["userid"]),
        "tasks": _tasks(store, user["userid"]),
        "requests": _requests(store, user["userid"]),
        "chats": [_member_chat(store, row) for row in _relations(store, "userid", user["userid"])],
    }


def _app_messages(store: Store, userid: str) -> list[Json]:
    rows = store.all(
        "SELECT m.*, a.name AS agent_name FROM app_messages m JOIN agents a USING (agentid)"
        " WHERE m.userid = ? ORDER BY m.id DESC LIMIT 50",
        userid,
    )
    return [_app_message(row) for row in rows[::-1]]


def _app_message(row: Row) -> Json:
    keys = ("id", "msgid", "agentid", "agent_name", "msgtype", "sent_at", "replaced", "clicked")
    recalled = bool(row["recalled"])
    return {key: row[key] for key in keys} | {
        "recalled": recalled,
        "body": {} if recalled else json.loads(row["body"]),
        "live": not recalled and row["replaced"] is None,
    }


def _tasks(store: Store, userid: str) -> list[Json]:
    """state: waiting, ignored, sent or cancelled."""
    rows = store.all(
        "SELECT t.*, g.text, g.attachments, g.create_time, g.cancelled FROM group_tasks t"
        " JOIN group_messages g USING (msgid) WHERE t.userid = ? ORDER BY g.rowid DESC LIMIT 50",
        userid,
    )
    return [_task(store, row) for row in rows]


def _task(store: Store, row: Row) -> Json:
    if row["status"] == 2:
        state = "sent"
    elif row["cancelled"]:
        state = "cancelled"
    else:
        state = "ignored" if row["hidden"] else "waiting"
    targets = store.all(
        "SELECT t.external_userid, c.name, t.status FROM group_targets t JOIN contacts c USING (external_userid)"
        " WHERE t.msgid = ? AND t.userid = ? ORDER BY t.rowid",
        row["msgid"],
        row["userid"],
    )
    return {
        "msgid": row["msgid"],
        "state": state,
        "create_time": row["create_time"],
        "send_time": row["send_time"],
        "text": row["text"],
        "attachments": json.loads(row["attachments"]),
        "customers": [dict(target) for target in targets],
        "reminders": store.number("SELECT count(*) FROM group_reminders WHERE msgid = ?", row["msgid"]),
    }


def _requests(store: Store, userid: str) -> list[Json]:
    rows = store.all(
        "SELECT c.external_userid, c.name FROM follows f JOIN contacts c USING (external_userid)"
        " WHERE f.userid = ? AND f.relation = 'pending' ORDER BY f.rowid",
        userid,
    )
    return [dict(row) for row in rows]


def _relations(store: Store, column: str, value: str) -> list[Row]:
    """Relations of a member or a customer, latest talk first."""
    return store.all(
        f"SELECT * FROM follows WHERE {column} = ? AND relation <> 'pending'"  # noqa: S608 - fixed names
        " ORDER BY last_chat_at DESC, rowid",
        value,
    )


def _member_chat(store: Store, row: Row) -> Json:
    contact = require_contact(store, row["external_userid"])
    said = chats.messages(store, row["userid"], row["external_userid"])
    return {
        "external_userid": row["external_userid"],
        "name": contact["name"],
        "remark": row["remark"],
        "corp_name": contact["corp_name"],
        "relation": row["relation"],
        "messages": [_said(message) for message in said],  # no read mark: members do not see one either
    }


def _said(row: Row) -> Json:
    return {key: row[key] for key in ("id", "sender", "kind", "sent_at", "origin")} | {
        "body": json.loads(row["body"])
    }


def candidate_phone(store: Store, external_userid: str) -> Json:
    """The customer's chats, each with the members' company and the five steps of the last group message."""
    contact = require_contact(store, external_userid)
    return {
        "external_userid": contact["external_userid"],
        "name": contact["name"],
        "corp": store.get("corp", {}).get("corp_name", ""),
        "chats": [
            _customer_chat(store, row) for row in _relations(store, "external_userid", external_userid)
        ],
    }


def _customer_chat(store: Store, row: Row) -> Json:
    user = require_user(store, row["userid"])
    said = chats.messages(store, row["userid"], row["external_userid"])
    return {
        "userid": user["userid"],
        "name": user["name"],
        "position": user["position"],
        "relation": row["relation"],
        "messages": [
            _said(message) | {"read": message["read_at"] is not None, "tapped_at": message["tapped_at"]}
            for message in said
        ],
        "line": _line(store, row["userid"], row["external_userid"]),
    }


def _line(store: Store, userid: str, external_userid: str) -> Json | None:
    """Times of: made, confirmed, sent, link tapped, answered – for the latest task to this customer."""
    task = store.one(
        "SELECT x.msgid, x.status, x.send_time, g.create_time, g.cancelled FROM group_targets x"
        " JOIN group_messages g USING (msgid) WHERE x.userid = ? AND x.external_userid = ?"
        " ORDER BY g.rowid DESC LIMIT 1",
        userid,
        external_userid,
    )
    if task is None:
        return None
    pair = (userid, external_userid)
    tapped = store.one(
        "SELECT min(tapped_at) AS at FROM chat_messages WHERE userid = ? AND external_userid = ? AND origin = ?",
        *pair,
        task["msgid"],
    )
    answered = store.one(
        "SELECT min(sent_at) AS at FROM chat_messages WHERE userid = ? AND external_userid = ?"
        " AND sender = 'customer' AND sent_at >= ?",
        *pair,
        task["send_time"],
    )
    sent = task["status"] == 1
    return {
        "msgid": task["msgid"],
        "made": task["create_time"],
        "confirmed": task["send_time"] or None,
        "sent": task["send_time"] if sent else None,
        "failed": task["status"] if task["status"] > 1 else None,
        "cancelled": bool(task["cancelled"]) and not task["send_time"],
        "tapped": tapped["at"] if sent and tapped else None,
        "answered": answered["at"] if sent and answered else None,
    }
