"""Becoming friends, from either phone."""

from __future__ import annotations

import secrets

from wecom_sandbox import callbacks, chats
from wecom_sandbox.errors import ControlRefused
from wecom_sandbox.store import Row, Store

WELCOME_LIFE = 20  # seconds
BY_CODE = 1  # add_way


def require_relation(store: Store, userid: str, external_userid: str, *wanted: str) -> Row:
    """The relation in one of the wanted states, else ControlRefused in words a person understands."""
    row = store.one("SELECT * FROM follows WHERE userid = ? AND external_userid = ?", userid, external_userid)
    if row is None or row["relation"] not in wanted:
        state = row["relation"] if row else "strangers"
        raise ControlRefused(
            409, f"The two are {state}; this needs {' or '.join(wanted)}.", "Add the friend first."
        )
    return row


def befriend(store: Store, userid: str, external_userid: str, *, state: str) -> None:
    """Two-way friendship and its event. A welcome code comes along unless they already talked or it is a
    WeCom (not WeChat) user."""
    store.run(
        "INSERT INTO follows (userid, external_userid, relation, createtime, state, add_way)"
        " VALUES (?, ?, 'friends', ?, ?, ?) ON CONFLICT (userid, external_userid) DO UPDATE SET"
        " relation = 'friends', createtime = excluded.createtime, state = excluded.state, add_way = excluded.add_way",
        userid,
        external_userid,
        store.now(),
        state,
        BY_CODE,
    )
    callbacks.queue_contact_change(
        store,
        change="add_external_contact",
        userid=userid,
        external_userid=external_userid,
        State=state,
        WelcomeCode=_welcome_code(store, userid, external_userid),
    )


def _welcome_code(store: Store, userid: str, external_userid: str) -> str:
    contact = store.one("SELECT type FROM contacts WHERE external_userid = ?", external_userid)
    if contact is None or contact["type"] != 1 or chats.has_begun(store, userid, external_userid):
        return ""
    code = secrets.token_urlsafe(24)
    store.run(
        "INSERT INTO welcome_codes VALUES (?, ?, ?, ?, NULL)",
        code,
        userid,
        external_userid,
        store.now() + WELCOME_LIFE,
    )
    return code
