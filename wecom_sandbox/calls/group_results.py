"""企业群发: reading what became of a task. There is no event for it, only these polls."""

from __future__ import annotations

import json

from wecom_sandbox.calls import params
from wecom_sandbox.calls.customers import require_member
from wecom_sandbox.calls.group_send import require_group_message
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError
from wecom_sandbox.store import Row

LONGEST_SPAN = 31 * 24 * 3600


@answers("POST", "externalcontact/get_groupmsg_list_v2", customers=True)
def get_groupmsg_list(call: Call) -> Json:
    """Tasks made in [start_time, end_time], span at most a month; all were made by the API (create_type 0)."""
    start = params.integer(call.body, "start_time")
    end = params.integer(call.body, "end_time")
    if not start <= end <= start + LONGEST_SPAN:
        raise WeComError(40058, "start_time and end_time must span at most one month")
    offset, limit = params.page(call.body, default=50, most=100)
    if call.body.get("creator") or params.integer(call.body, "filter_type", 2) == 1:
        return {"group_msg_list": [], "next_cursor": ""}
    rows = call.store.all(
        "SELECT * FROM group_messages WHERE create_time BETWEEN ? AND ? ORDER BY rowid DESC", start, end
    )
    return {
        "group_msg_list": [_message_json(row) for row in rows[offset : offset + limit]],
        "next_cursor": params.next_cursor(offset=offset, limit=limit, total=len(rows)),
    }


@answers("POST", "externalcontact/get_groupmsg_task", customers=True)
def get_groupmsg_task(call: Call) -> Json:
    """One row per member: status 0 not confirmed, 2 sent. Raises 41063 while being dispatched."""
    row = _ready(call)
    offset, limit = params.page(call.body, default=500, most=1000)
    tasks = call.store.all("SELECT * FROM group_tasks WHERE msgid = ? ORDER BY rowid", row["msgid"])
    return {
        "task_list": [
            {"userid": task["userid"], "status": task["status"]} | _when(task)
            for task in tasks[offset : offset + limit]
        ],
        "next_cursor": params.next_cursor(offset=offset, limit=limit, total=len(tasks)),
    }


@answers("POST", "externalcontact/get_groupmsg_send_result", customers=True)
def get_groupmsg_send_result(call: Call) -> Json:
    """One row per customer of the member: 0 unsent, 1 sent, 2 not a friend, 3 quota used up."""
    row = _ready(call)
    member = require_member(call, params.text(call.body, "userid", missing=41009))
    offset, limit = params.page(call.body, default=500, most=1000)
    targets = call.store.all(
        "SELECT * FROM group_targets WHERE msgid = ? AND userid = ? ORDER BY rowid",
        row["msgid"],
        member["userid"],
    )
    return {
        "send_list": [
            {
                "external_userid": target["external_userid"],
                "userid": target["userid"],
                "status": target["status"],
            }
            | _when(target)
            for target in targets[offset : offset + limit]
        ],
        "next_cursor": params.next_cursor(offset=offset, limit=limit, total=len(targets)),
    }


def _ready(call: Call) -> Row:
    row = require_group_message(call)
    if call.now - row["create_time"] < int(call.store.get("groupmsg_dispatch_seconds", 0)):
        raise WeComError(41063)
    return row


def _when(row: Row) -> Json:
    return {"send_time": row["send_time"]} if row["send_time"] else {}


def _message_json(row: Row) -> Json:
    return {
        "msgid": row["msgid"],
        "create_time": row["create_time"],
        "create_type": 0,
        "text": {"content": row["text"]},
        "attachments": json.loads(row["attachments"]),
    }
