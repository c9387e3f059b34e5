"""Taps on the employee's phone."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from wecom_sandbox import callbacks, chats, journal
from wecom_sandbox.calls.messages import RESPONSE_CODE_LIFE
from wecom_sandbox.control.friends import befriend, require_relation
from wecom_sandbox.control.models import Click, EnterAgent, Nothing, Remark, Said
from wecom_sandbox.control.phones import require_user
from wecom_sandbox.errors import ControlRefused
from wecom_sandbox.store import Row, Store

Json = dict[str, Any]
CHINA = timezone(timedelta(hours=8))
SENT, NOT_FRIEND, QUOTA_USED_UP = 1, 2, 3


def click_card(store: Store, userid: str, card_id: str, body: Click) -> Json:
    """Tap a button: an event with a fresh response code goes out. Dead or recalled cards refuse (409)."""
    user = require_user(store, userid)
    row = store.one("SELECT * FROM app_messages WHERE id = ? AND userid = ?", card_id, user["userid"])
    if row is None or row["msgtype"] != "template_card":
        raise ControlRefused(404, "This phone shows no such card.", "Reload the phone.")
    if row["recalled"] or row["replaced"] is not None:
        raise ControlRefused(409, "The buttons of this card are dead.", "Nothing to do: somebody was first.")
    card = json.loads(row["body"])
    menu_keys = {action["key"] for action in card.get("action_menu", {}).get("action_list", [])}
    if body.key not in menu_keys | _button_keys(card):
        raise ControlRefused(404, f"This card has no button {body.key}.", "Use one of its keys.")
    is_menu = body.key in menu_keys
    code = secrets.token_urlsafe(32)
    expires = store.now() + RESPONSE_CODE_LIFE
    store.run(
        "INSERT INTO response_codes VALUES (?, ?, ?, ?, NULL)", code, row["msgid"], row["agentid"], expires
    )
    store.run("UPDATE app_messages SET clicked = ? WHERE id = ?", body.key, row["id"])
    fields: Json = {
        "EventKey": body.key,
        "TaskId": card.get("task_id", ""),
        "CardType": card["card_type"],
        "ResponseCode": code,
        "AgentID": row["agentid"],
    }
    if not is_menu and body.selected:
        fields["SelectedItems"] = _selected(card, body.selected)
    event = "template_card_menu_event" if is_menu else "template_card_event"
    callbacks.queue(store, agentid=row["agentid"], sender=user["userid"], event=event, fields=fields)
    _note(store, user, "click_card", body.key)
    return {}


def _button_keys(card: Json) -> set[str]:
    keys = {button["key"] for button in card.get("button_list", []) if button.get("key")}
    if card.get("submit_button"):
        keys.add(card["submit_button"]["key"])
    return keys


def _questions(card: Json) -> dict[str, set[str]]:
    """question_key → option ids."""
    asked = [card[name] for name in ("checkbox", "button_selection") if card.get(name)]
    asked += card.get("select_list", [])
    return {item["question_key"]: {option["id"] for option in item["option_list"]} for item in asked}


def _selected(card: Json, selected: dict[str, list[str]]) -> Json:
    known = _questions(card)
    for question, ids in selected.items():
        if not set(ids) <= known.get(question, set()):
            raise ControlRefused(422, f"{question} has no such options.", "Use option ids of the card.")
    return {
        "SelectedItem": [
            {"QuestionKey": question, "OptionIds": {"OptionId": ids}} for question, ids in selected.items()
        ]
    }


def enter_agent(store: Store, userid: str, body: EnterAgent) -> Json:
    """Open the app's conversation: the enter_agent event."""
    user = require_user(store, userid)
    if store.one("SELECT 1 FROM agents WHERE agentid = ?", body.agentid) is None:
        raise ControlRefused(404, f"There is no app {body.agentid}.", "GET /sandbox/api/state lists them.")
    callbacks.queue(
        store,
        agentid=body.agentid,
        sender=user["userid"],
        event="enter_agent",
        fields={"EventKey": "", "AgentID": body.agentid},
    )
    _note(store, user, "enter_agent", str(body.agentid))
    return {}


def confirm_groupmsg(store: Store, userid: str, msgid: str, _: Nothing) -> Json:
    """Send the task: each customer gets it, or fails with 2 (not a friend) or 3 (quota used up)."""
    user = require_user(store, userid)
    group, _task = _open_task(store, msgid, user["userid"])
    now = store.now()
    targets = store.all("SELECT * FROM group_targets WHERE msgid = ? AND userid = ?", msgid, user["userid"])
    for target in targets:
        status = _outcome(store, target)
        store.run(
            "UPDATE group_targets SET status = ?, send_time = ? WHERE msgid = ? AND userid = ?"
            " AND external_userid = ?",
            status,
            now,
            msgid,
            user["userid"],
            target["external_userid"],
        )
        if status == SENT:
            chats.post_content(
                store,
                userid=user["userid"],
                external_userid=target["external_userid"],
                text=group["text"],
                attachments=json.loads(group["attachments"]),
                origin=msgid,
            )
    store.run(
        "UPDATE group_tasks SET status = 2, send_time = ?, hidden = 0 WHERE msgid = ? AND userid = ?",
        now,
        msgid,
        user["userid"],
    )
    _note(store, user, "confirm_groupmsg", "、".join(target["external_userid"] for target in targets[:3]))
    return {}


def ignore_groupmsg(store: Store, userid: str, msgid: str, _: Nothing) -> Json:
    """Put the task aside; it stays unsent and a reminder brings it back."""
    user = require_user(store, userid)
    _open_task(store, msgid, user["userid"])
    store.run("UPDATE group_tasks SET hidden = 1 WHERE msgid = ? AND userid = ?", msgid, user["userid"])
    _note(store, user, "ignore_groupmsg", "")
    return {}


def _open_task(store: Store, msgid: str, userid: str) -> tuple[Row, Row]:
    group = store.one("SELECT * FROM group_messages WHERE msgid = ?", msgid)
    task = store.one("SELECT * FROM group_tasks WHERE msgid = ? AND userid = ?", msgid, userid)
    if group is None or task is None:
        raise ControlRefused(404, "This phone has no such task.", "Reload the phone.")
    if task["status"] == 2:
        raise ControlRefused(409, "This task was already sent.", "Nothing to do.")
    if group["cancelled"]:
        raise ControlRefused(409, "The company cancelled this task.", "Nothing to do.")
    return group, task


def _outcome(store: Store, target: Row) -> int:
    relation = store.one(
        "SELECT relation FROM follows WHERE userid = ? AND external_userid = ?",
        target["userid"],
        target["external_userid"],
    )
    if relation is None or relation["relation"] != "friends":
        return NOT_FRIEND
    most, since = quota_window(store.get("group_send_quota"), store.now())
    got = store.number(
        "SELECT count(*) FROM group_targets WHERE external_userid = ? AND status = ? AND send_time >= ?",
        target["external_userid"],
        SENT,
        since,
    )
    return QUOTA_USED_UP if got >= most else SENT


def quota_window(quota: Json | None, now: int) -> tuple[int, int]:
    """(most messages, counted since). Days, weeks from Monday and months are those of China's clock."""
    day = (
        datetime.fromtimestamp(now, UTC).astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    )
    month = day.replace(day=1)
    if quota is None:
        next_month = (month + timedelta(days=32)).replace(day=1)
        return (next_month - month).days, int(month.timestamp())
    starts = {"day": day, "week": day - timedelta(days=day.weekday()), "month": month}
    return int(quota["count"]), int(starts[quota["per"]].timestamp())


def send_chat(store: Store, userid: str, external_userid: str, body: Said) -> Json:
    """Write to a customer by hand."""
    user = require_user(store, userid)
    require_relation(store, user["userid"], external_userid, "friends")
    chats.post(
        store,
        userid=user["userid"],
        external_userid=external_userid,
        sender="member",
        kind="text",
        body={"content": body.text},
    )
    _note(store, user, "send_chat", external_userid)
    return {}


def change_remark(store: Store, userid: str, external_userid: str, body: Remark) -> Json:
    """Edit the remark in the client; unlike the API call this fires edit_external_contact."""
    user = require_user(store, userid)
    relation = require_relation(store, user["userid"], external_userid, "friends", "left")
    store.run(
        "UPDATE follows SET remark = ? WHERE userid = ? AND external_userid = ?",
        body.remark,
        user["userid"],
        external_userid,
    )
    callbacks.queue_contact_change(
        store,
        change="edit_external_contact",
        userid=user["userid"],
        external_userid=external_userid,
        State=relation["state"],
    )
    _note(store, user, "change_remark", external_userid)
    return {}


def delete_contact(store: Store, userid: str, external_userid: str, _: Nothing) -> Json:
    """The member deletes the customer: del_external_contact; API calls then answer 84061."""
    user = require_user(store, userid)
    require_relation(store, user["userid"], external_userid, "friends", "left")
    store.run(
        "UPDATE follows SET relation = 'dropped' WHERE userid = ? AND external_userid = ?",
        user["userid"],
        external_userid,
    )
    callbacks.queue_contact_change(
        store, change="del_external_contact", userid=user["userid"], external_userid=external_userid
    )
    _note(store, user, "delete_contact", external_userid)
    return {}


def accept_request(store: Store, userid: str, external_userid: str, _: Nothing) -> Json:
    """Accept a friend request of a customer who scanned a code without skip_verify."""
    user = require_user(store, userid)
    relation = require_relation(store, user["userid"], external_userid, "pending")
    befriend(store, user["userid"], external_userid, state=relation["state"])
    _note(store, user, "accept_request", external_userid)
    return {}


def _note(store: Store, user: Row, action: str, note: str) -> None:
    journal.write(store, direction="person", actor=user["name"], path=action, note=note)
