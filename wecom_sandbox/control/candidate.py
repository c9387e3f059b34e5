"""Taps on the candidate's phone."""

from __future__ import annotations

import json
from typing import Any

from wecom_sandbox import callbacks, chats, journal
from wecom_sandbox.control.friends import befriend, require_relation
from wecom_sandbox.control.models import Member, Nothing, Said, Scan, Tap
from wecom_sandbox.control.phones import require_contact, require_user
from wecom_sandbox.errors import ControlRefused
from wecom_sandbox.store import Row, Store

Json = dict[str, Any]


def reply(store: Store, external_userid: str, userid: str, body: Said) -> Json:
    """Write to the member. No event and no API shows the text to the program (that is 会话存档, a paid product)."""
    contact, user = require_contact(store, external_userid), require_user(store, userid)
    require_relation(store, user["userid"], external_userid, "friends")
    chats.post(
        store,
        userid=user["userid"],
        external_userid=external_userid,
        sender="customer",
        kind="text",
        body={"content": body.text},
    )
    _note(store, contact, "reply", user["name"])
    return {}


def read(store: Store, external_userid: str, userid: str, _: Nothing) -> Json:
    """Look at the chat. Known to this phone only: WeCom has no read receipt and no call shows it."""
    require_contact(store, external_userid)
    user = require_user(store, userid)
    store.run(
        "UPDATE chat_messages SET read_at = ? WHERE userid = ? AND external_userid = ? AND sender = 'member'"
        " AND read_at IS NULL",
        store.now(),
        user["userid"],
        external_userid,
    )
    return {}


def tap_link(store: Store, external_userid: str, userid: str, body: Tap) -> Json:
    """Tap a link in the chat; the page itself opens in the browser. Not visible to any call either."""
    contact, user = require_contact(store, external_userid), require_user(store, userid)
    row = store.one(
        "SELECT * FROM chat_messages WHERE id = ? AND userid = ? AND external_userid = ? AND kind = 'link'",
        body.message_id,
        user["userid"],
        external_userid,
    )
    if row is None:
        raise ControlRefused(404, "This chat has no such link.", "Reload the phone.")
    store.run(
        "UPDATE chat_messages SET tapped_at = coalesce(tapped_at, ?) WHERE id = ?", store.now(), row["id"]
    )
    _note(store, contact, "tap_link", json.loads(row["body"]).get("title", ""))
    return {}


def delete_friend(store: Store, external_userid: str, body: Member) -> Json:
    """The customer deletes the member: del_follow_user; the member's side stays, messages fail with 2."""
    contact, user = require_contact(store, external_userid), require_user(store, body.userid)
    require_relation(store, user["userid"], external_userid, "friends")
    store.run(
        "UPDATE follows SET relation = 'left' WHERE userid = ? AND external_userid = ?",
        user["userid"],
        external_userid,
    )
    callbacks.queue_contact_change(
        store, change="del_follow_user", userid=user["userid"], external_userid=external_userid
    )
    _note(store, contact, "delete_friend", user["name"])
    return {}


def scan(store: Store, external_userid: str, body: Scan) -> Json:
    """Scan a contact way. With skip_verify both are friends at once; without, the member must accept.

    A multi way goes to the member with the fewest customers. Scanning a friend's code again changes nothing.
    """
    contact = require_contact(store, external_userid)
    row = store.one("SELECT * FROM contact_ways WHERE config_id = ?", body.config_id)
    if row is None:
        raise ControlRefused(404, "This code is no longer valid.", "Make a new one with add_contact_way.")
    way = json.loads(row["body"])
    userid = _least_busy(store, way["user"])
    known = store.one(
        "SELECT relation FROM follows WHERE userid = ? AND external_userid = ?", userid, external_userid
    )
    if known and known["relation"] in {"friends", "pending"}:
        return {"userid": userid, "relation": known["relation"]}
    if way["skip_verify"]:
        befriend(store, userid, external_userid, state=way["state"])
    else:
        _ask(store, userid, external_userid, way["state"])
    _note(store, contact, "scan", require_user(store, userid)["name"])
    return {"userid": userid, "relation": "friends" if way["skip_verify"] else "pending"}


def _least_busy(store: Store, members: list[str]) -> str:
    def load(userid: str) -> int:
        return store.number("SELECT count(*) FROM follows WHERE userid = ? AND relation = 'friends'", userid)

    return min(members, key=load)


def _ask(store: Store, userid: str, external_userid: str, state: str) -> None:
    store.run(
        "INSERT INTO follows (userid, external_userid, relation, createtime, state, add_way)"
        " VALUES (?, ?, 'pending', ?, ?, 1) ON CONFLICT (userid, external_userid) DO UPDATE SET"
        " relation = 'pending', state = excluded.state",
        userid,
        external_userid,
        store.now(),
        state,
    )


def _note(store: Store, contact: Row, action: str, note: str) -> None:
    journal.write(store, direction="person", actor=contact["name"], path=action, note=note)
