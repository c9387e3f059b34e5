"""企业群发: making a task. Nothing reaches a customer before the member confirms on the phone."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from wecom_sandbox.calls import attachments, params
from wecom_sandbox.calls.customers import find_follow, require_member
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError
from wecom_sandbox.store import Row, Store

MOST_CUSTOMERS = 10_000
REMINDERS, REMINDER_SPAN = 3, 24 * 3600


@dataclass(frozen=True)
class Target:
    userid: str
    external_userid: str


@answers("POST", "externalcontact/add_msg_template", customers=True)
def add_msg_template(call: Call) -> Json:
    """Make one task per member and answer `msgid` and the ids that cannot be sent to.

    With `sender`, only that member's customers count; without, each customer goes to the member who last
    talked with them. Raises 41048 when nobody is left, and the content errors. Group chats are not served.
    """
    if (call.body.get("chat_type") or "single") != "single":
        raise WeComError(40058, "the sandbox serves chat_type single only")
    text, items = attachments.check(call.body)
    wanted = params.strings(call.body, "external_userid", most=MOST_CUSTOMERS)
    sender = params.text(call.body, "sender", missing=None)
    if not wanted and not sender:
        raise WeComError(40063, "external_userid and sender are both empty")
    targets, failed = _targets(call, wanted, sender)
    if not targets:
        raise WeComError(41048)
    msgid = "msg" + secrets.token_urlsafe(32)
    call.store.run(
        "INSERT INTO group_messages VALUES (?, ?, ?, ?, ?, 0)",
        msgid,
        call.agentid,
        call.now,
        text,
        json.dumps(items, ensure_ascii=False),
    )
    _add_targets(call.store, msgid, targets)
    return {"fail_list": failed, "msgid": msgid}


@answers("POST", "externalcontact/remind_groupmsg_send", customers=True)
def remind_groupmsg_send(call: Call) -> Json:
    """Nudge the members who have not confirmed; 3 times per 24 hours and task, then 41094."""
    row = require_group_message(call)
    if row["cancelled"]:
        raise WeComError(41093)
    recent = call.store.number(
        "SELECT count(*) FROM group_reminders WHERE msgid = ? AND at > ?",
        row["msgid"],
        call.now - REMINDER_SPAN,
    )
    if recent >= REMINDERS:
        raise WeComError(41094)
    call.store.run("INSERT INTO group_reminders VALUES (?, ?)", row["msgid"], call.now)
    call.store.run("UPDATE group_tasks SET hidden = 0 WHERE msgid = ? AND status = 0", row["msgid"])
    return {}


@answers("POST", "externalcontact/cancel_groupmsg_send", customers=True)
def cancel_groupmsg_send(call: Call) -> Json:
    """Stop what is not sent yet. What a member already confirmed cannot be taken back. Raises 41093 twice."""
    row = require_group_message(call)
    if row["cancelled"]:
        raise WeComError(41093)
    call.store.run("UPDATE group_messages SET cancelled = 1 WHERE msgid = ?", row["msgid"])
    return {}


def require_group_message(call: Call) -> Row:
    """Raises 41046 (missing) or 41047 (unknown)."""
    msgid = params.text(call.body, "msgid", missing=41046)
    row = call.store.one("SELECT * FROM group_messages WHERE msgid = ?", msgid)
    if row is None:
        raise WeComError(41047)
    return row


def _targets(call: Call, wanted: list[str], sender: str) -> tuple[list[Target], list[str]]:
    """(whom to send to, ids that fail). Order and doubles of the request do not matter."""
    if sender:
        member = require_member(call, sender)["userid"]
        ids = wanted or [row["external_userid"] for row in _customers_of(call.store, member)]
        routes = {external: member for external in ids if find_follow(call.store, member, external)}
    else:
        ids = wanted
        routes = {external: member for external in ids if (member := _last_talker(call.store, external))}
    chosen = {external: member for external, member in routes.items() if _has_tags(call, member, external)}
    failed = [external for external in dict.fromkeys(wanted) if external not in routes]
    return [Target(member, external) for external, member in chosen.items()], failed


def _customers_of(store: Store, userid: str) -> list[Row]:
    return store.all("SELECT external_userid FROM follows WHERE userid = ? AND relation = 'friends'", userid)


def _last_talker(store: Store, external_userid: str) -> str:
    """The member who last talked with the customer, else who has known them longest; "" for nobody."""
    row = store.one(
        "SELECT userid FROM follows WHERE external_userid = ? AND relation IN ('friends', 'left')"
        " ORDER BY last_chat_at DESC, createtime, rowid LIMIT 1",
        external_userid,
    )
    return str(row["userid"]) if row else ""


def _has_tags(call: Call, userid: str, external_userid: str) -> bool:
    """`tag_filter`: OR inside a group, AND between groups."""
    groups = params.objects(params.obj(call.body, "tag_filter", required=False), "group_list", most=100)
    rows = call.store.all(
        "SELECT tag_id FROM follow_tags WHERE userid = ? AND external_userid = ?", userid, external_userid
    )
    have = {row["tag_id"] for row in rows}
    return all(have & set(params.strings(group, "tag_list", most=100)) for group in groups)


def _add_targets(store: Store, msgid: str, targets: list[Target]) -> None:
    members = dict.fromkeys(target.userid for target in targets)
    store.many(
        "INSERT INTO group_tasks (msgid, userid) VALUES (?, ?)", [(msgid, userid) for userid in members]
    )
    store.many(
        "INSERT INTO group_targets (msgid, userid, external_userid) VALUES (?, ?, ?)",
        [(msgid, target.userid, target.external_userid) for target in targets],
    )
