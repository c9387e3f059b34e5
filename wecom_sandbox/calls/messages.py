"""App messages to members: message/send and message/recall."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable

from wecom_sandbox.calls import card_rules, params
from wecom_sandbox.calls.contacts import find_user, in_scope
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError

TEXT_BYTES, TITLE_BYTES, DESCRIPTION_BYTES, URL_BYTES = 2048, 128, 512, 2048
PER_MINUTE, PER_HOUR = 30, 1000  # app messages to one member; more are dropped without a word
RECALL_LIFE = 24 * 3600
RESPONSE_CODE_LIFE = 72 * 3600


@answers("POST", "message/send")
def message_send(call: Call) -> Json:
    """Deliver to every valid recipient. Raises 41011, 301002, 40008, 81013 and the content errors.

    Partly wrong recipients answer 0 with `invaliduser` lists. An identical request inside the duplicate
    interval answers as the first one did and delivers nothing.
    """
    check_agent(call)
    msgtype = params.text(call.body, "msgtype", missing=40008)
    if msgtype not in _CONTENT:
        raise WeComError(40008)
    content = _CONTENT[msgtype](params.obj(call.body, msgtype))
    earlier = _same_request(call)
    if earlier is not None:
        return earlier
    people, invalid = _recipients(call)
    if not people:
        raise WeComError(81013)
    msgid = secrets.token_urlsafe(48)
    if msgtype == "template_card" and content.get("task_id"):
        _take_task_id(call, content["task_id"], msgid)
    for userid in people:
        _deliver(call, msgid, userid, msgtype, content)
    response: Json = invalid | {"msgid": msgid}
    if msgtype == "template_card" and content["card_type"] in card_rules.INTERACTIVE:
        response["response_code"] = new_response_code(call, msgid)
    _remember_request(call, response)
    return response


@answers("POST", "message/recall")
def message_recall(call: Call) -> Json:
    """Take an app message back within 24 hours. Raises 40058 for an unknown or too old msgid."""
    msgid = params.text(call.body, "msgid")
    sent = call.store.one("SELECT agentid, sent_at FROM app_messages WHERE msgid = ? LIMIT 1", msgid)
    if sent is None or sent["agentid"] != call.agentid:
        raise WeComError(40058, "invalid msgid")
    if call.now - sent["sent_at"] > RECALL_LIFE:
        raise WeComError(40058, "message is older than 24 hours")
    call.store.run("UPDATE app_messages SET recalled = 1 WHERE msgid = ?", msgid)
    return {}


def new_response_code(call: Call, msgid: str) -> str:
    """A fresh code for one card update, good for 72 hours."""
    code = secrets.token_urlsafe(32)
    call.store.run(
        "INSERT INTO response_codes VALUES (?, ?, ?, ?, NULL)",
        code,
        msgid,
        call.agentid,
        call.now + RESPONSE_CODE_LIFE,
    )
    return code


def check_agent(call: Call) -> None:
    agentid = params.integer(call.body, "agentid", missing=41011)
    if call.store.one("SELECT 1 FROM agents WHERE agentid = ?", agentid) is None:
        raise WeComError(40056)
    if agentid != call.agentid:
        raise WeComError(301002)


# Content: each function checks one msgtype and returns what the phone will show.


def _text(body: Json) -> Json:
    return {"content": params.cut_bytes(params.text(body, "content"), TEXT_BYTES)}


def _markdown(body: Json) -> Json:
    content = params.text(body, "content")
    if params.size(content) > TEXT_BYTES:
        raise WeComError(45002, f"markdown.content exceeds {TEXT_BYTES} bytes")
    return {"content": content}


def _textcard(body: Json) -> Json:
    url = params.text(body, "url")
    if params.size(url) > URL_BYTES:
        raise WeComError(40058, f"textcard.url exceeds {URL_BYTES} bytes")
    return {
        "title": params.cut_bytes(params.text(body, "title"), TITLE_BYTES),
        "description": params.cut_bytes(params.text(body, "description"), DESCRIPTION_BYTES),
        "url": url,
        "btntxt": params.text(body, "btntxt", missing=None, most=4) or "详情",
    }


def _template_card(body: Json) -> Json:
    card_rules.check(body)
    return body


_CONTENT: dict[str, Callable[[Json], Json]] = {
    "text": _text,
    "markdown": _markdown,
    "textcard": _textcard,
    "template_card": _template_card,
}

# Recipients


def _recipients(call: Call) -> tuple[list[str], Json]:
    """(userids to deliver to, the three lists of invalid ones). @all means everybody in scope."""
    wanted = [name for name in params.text(call.body, "touser", missing=None).split("|") if name]
    parties = [name for name in params.text(call.body, "toparty", missing=None).split("|") if name]
    labels = [name for name in params.text(call.body, "totag", missing=None).split("|") if name]
    if len(wanted) > 1000 or len(parties) > 100 or len(labels) > 100:
        raise WeComError(40058, "too many recipients")
    everybody = call.store.all("SELECT userid, departments FROM users WHERE status = 1 ORDER BY rowid")
    seen = [row for row in everybody if in_scope(call.agent, row["userid"])]
    if wanted == ["@all"]:
        return [row["userid"] for row in seen], _invalid([], [], [])
    known = {row["userid"].lower(): row["userid"] for row in seen}
    people = {known[name.lower()]: None for name in wanted if name.lower() in known}
    bad_parties = []
    for party in parties:
        members = [
            row["userid"]
            for row in seen
            if party.isdecimal() and int(party) in json.loads(row["departments"])
        ]
        people.update(dict.fromkeys(members))
        if not members:
            bad_parties.append(party)
    bad_users = [name.lower() for name in wanted if name.lower() not in known]
    return list(people), _invalid(bad_users, bad_parties, labels)


def _invalid(users: list[str], parties: list[str], labels: list[str]) -> Json:
    """Contact tags (`totag`) do not exist in the sandbox, so every one given is invalid."""
    return {
        "invaliduser": "|".join(users),
        "invalidparty": "|".join(parties),
        "invalidtag": "|".join(labels),
        "unlicenseduser": "",
    }


def _deliver(call: Call, msgid: str, userid: str, msgtype: str, content: Json) -> None:
    """Put the message on the phone, unless the member already got too many (dropped, nobody is told)."""
    count = "SELECT count(*) FROM app_messages WHERE userid = ? AND agentid = ? AND sent_at > ?"
    for limit, span in ((PER_MINUTE, 60), (PER_HOUR, 3600)):
        if call.store.number(count, userid, call.agentid, call.now - span) >= limit:
            return
    user = find_user(call.store, userid)
    call.store.run(
        "INSERT INTO app_messages (msgid, agentid, userid, msgtype, body, sent_at) VALUES (?, ?, ?, ?, ?, ?)",
        msgid,
        call.agentid,
        user["userid"] if user else userid,
        msgtype,
        json.dumps(content, ensure_ascii=False),
        call.now,
    )


def _take_task_id(call: Call, task_id: str, msgid: str) -> None:
    if call.store.one("SELECT 1 FROM card_tasks WHERE agentid = ? AND task_id = ?", call.agentid, task_id):
        raise WeComError(42014, "task_id has been used by this app")
    call.store.run("INSERT INTO card_tasks VALUES (?, ?, ?)", call.agentid, task_id, msgid)


# Duplicate check


def _interval(call: Call) -> int:
    """Seconds, 0 when the caller did not ask for the check."""
    if not params.flag(call.body, "enable_duplicate_check", default=False):
        return 0
    interval = params.integer(call.body, "duplicate_check_interval", 1800)
    if not 1 <= interval <= 14400:
        raise WeComError(40058, "duplicate_check_interval must be 1 to 14400")
    return interval


def _digest(call: Call) -> str:
    return hashlib.sha256(json.dumps(call.body, sort_keys=True).encode()).hexdigest()


def _same_request(call: Call) -> Json | None:
    interval = _interval(call)
    if not interval:
        return None
    row = call.store.one(
        "SELECT response FROM sent_requests WHERE agentid = ? AND digest = ? AND sent_at > ?",
        call.agentid,
        _digest(call),
        call.now - interval,
    )
    return dict(json.loads(row["response"])) if row else None


def _remember_request(call: Call, response: Json) -> None:
    if _interval(call):
        call.store.run(
            "INSERT OR REPLACE INTO sent_requests VALUES (?, ?, ?, ?)",
            call.agentid,
            _digest(call),
            call.now,
            json.dumps(response),
        )
