"""Setting up the company, moving the clock, making faults, starting over, and the overview of it all."""

from __future__ import annotations

import json
import secrets
from typing import Any

from wecom_sandbox import delivery
from wecom_sandbox.control.models import Agent, Callback, Contact, Faults, Follow, Quota, Setup, User
from wecom_sandbox.errors import ControlRefused
from wecom_sandbox.store import Store

Json = dict[str, Any]
SWITCHES = (
    "deny_ip",
    "duplicate_callbacks",
    "reorder_callbacks",
    "groupmsg_dispatch_seconds",
    "calls_per_minute",
)


def apply_setup(store: Store, body: Setup) -> None:
    """Upsert everything in `body`. Raises ControlRefused when the file already holds another company."""
    corp = store.get("corp", {})
    if corp and corp["corpid"] != body.corpid:
        raise ControlRefused(
            409,
            f"This sandbox already is company {corp['corpid']}.",
            "Reset it, or start a second sandbox with another --data-dir and --port.",
        )
    secret = body.contact_secret or corp.get("contact_secret")
    store.set(
        "corp",
        {
            "corpid": body.corpid,
            "corp_name": body.corp_name,
            "corp_full_name": body.corp_full_name or body.corp_name,
            "contact_secret": secret,
        },
    )
    for agent in body.agents:
        _agent(store, agent)
    if body.callback:
        _callback(store, body.callback)
    _departments(store, body)
    for user in body.users:
        _user(store, user)
    for contact in body.contacts:
        _contact(store, contact)
    _limits(store, body)


def _agent(store: Store, agent: Agent) -> None:
    taken = store.one(
        "SELECT agentid FROM agents WHERE secret = ? AND agentid <> ?", agent.secret, agent.agentid
    )
    if taken:
        raise ControlRefused(
            409, f"Agent {taken['agentid']} has this secret.", "Give each app its own secret."
        )
    known = store.one("SELECT secret FROM agents WHERE agentid = ?", agent.agentid)
    if known and known["secret"] != agent.secret:
        store.run("DELETE FROM tokens WHERE secret = ?", known["secret"])
    store.run(
        "INSERT INTO agents VALUES (?, ?, ?, ?, ?) ON CONFLICT (agentid) DO UPDATE SET secret = excluded.secret,"
        " name = excluded.name, external_contact = excluded.external_contact, scope = excluded.scope",
        agent.agentid,
        agent.secret,
        agent.name,
        agent.external_contact,
        None if agent.scope is None else json.dumps(agent.scope),
    )


def _callback(store: Store, callback: Callback) -> None:
    """A changed address or key must prove itself again; what waits is encrypted anew."""
    if store.get("callback") == callback.model_dump():
        return
    store.set("callback", callback.model_dump())
    store.set("callback_error", None)
    store.run("UPDATE outbox SET query = NULL, body = NULL WHERE state = 'waiting'")


def _departments(store: Store, body: Setup) -> None:
    if store.one("SELECT 1 FROM departments WHERE id = 1") is None:
        store.run("INSERT INTO departments VALUES (1, ?, 0, 0)", body.corp_name)
    for row in body.departments:
        store.run(
            "INSERT INTO departments VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " name = excluded.name, parentid = excluded.parentid, ord = excluded.ord",
            row.id,
            row.name,
            row.parentid,
            row.order,
        )


def _user(store: Store, user: User) -> None:
    for department in user.department:
        if store.one("SELECT 1 FROM departments WHERE id = ?", department) is None:
            raise ControlRefused(
                422,
                f"{user.userid} is in department {department}, which does not exist.",
                "Send it in departments.",
            )
    store.run(
        "INSERT INTO users VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (userid) DO UPDATE SET name = excluded.name,"
        " position = excluded.position, mobile = excluded.mobile, departments = excluded.departments,"
        " status = excluded.status",
        user.userid,
        user.name,
        user.position,
        user.mobile,
        json.dumps(user.department),
        user.status,
    )


def _contact(store: Store, contact: Contact) -> None:
    store.run(
        "INSERT INTO contacts VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (external_userid) DO UPDATE SET"
        " name = excluded.name, corp_name = excluded.corp_name, position = excluded.position,"
        " type = excluded.type, gender = excluded.gender",
        contact.external_userid,
        contact.name,
        contact.corp_name,
        contact.position,
        contact.type,
        contact.gender,
    )
    for follow in contact.follow:
        _follow(store, contact.external_userid, follow)


def _follow(store: Store, external_userid: str, follow: Follow) -> None:
    """A new friendship, or new notes on an old one; a friendship that somebody ended stays ended."""
    user = store.one("SELECT userid FROM users WHERE userid = ?", follow.userid)
    if user is None:
        raise ControlRefused(
            422,
            f"{external_userid} is followed by {follow.userid}, who does not exist.",
            "Send them in users.",
        )
    store.run(
        "INSERT INTO follows (userid, external_userid, relation, createtime, add_way) VALUES (?, ?, 'friends', ?, ?)"
        " ON CONFLICT DO NOTHING",
        user["userid"],
        external_userid,
        store.now(),
        follow.add_way,
    )
    for column in ("remark", "description", "state"):
        value = getattr(follow, column)
        if value is not None:
            store.run(
                f"UPDATE follows SET {column} = ? WHERE userid = ? AND external_userid = ?",  # noqa: S608
                value,
                user["userid"],
                external_userid,
            )
    for name in follow.tags:
        store.run(
            "INSERT OR IGNORE INTO follow_tags VALUES (?, ?, ?)",
            user["userid"],
            external_userid,
            _tag(store, name),
        )


def _tag(store: Store, name: str) -> str:
    """The id of the tag in the administrator's own group, made when new."""
    store.run("INSERT OR IGNORE INTO tag_groups VALUES ('etconsole', '标签', 0, ?)", store.now())
    store.run(
        "INSERT OR IGNORE INTO tags VALUES (?, 'etconsole', ?, 0, ?, '')",
        f"et{secrets.token_hex(15)}",
        name,
        store.now(),
    )
    row = store.one("SELECT tag_id FROM tags WHERE group_id = 'etconsole' AND name = ?", name)
    return str(row["tag_id"]) if row else ""


def _limits(store: Store, body: Setup) -> None:
    if "group_send_quota" in body.model_fields_set:
        quota = body.group_send_quota
        value = quota.model_dump() if isinstance(quota, Quota) else quota
        store.set("group_send_quota", {"count": value, "per": "month"} if isinstance(value, int) else value)
    if "trusted_domains" in body.model_fields_set:
        store.set("trusted_domains", body.trusted_domains)


def apply_faults(store: Store, body: Faults) -> Json:
    """Turn the asked faults on or off and answer what is on."""
    if body.clear:
        store.run("DELETE FROM faults")
        for name in SWITCHES:
            store.run("DELETE FROM settings WHERE key = ?", name)
    if body.expire_tokens:
        store.run("UPDATE tokens SET expires = ? WHERE expires > ?", store.now(), store.now())
    if body.revoke_tokens:
        store.run("DELETE FROM tokens")
    if body.fail:
        store.run("DELETE FROM faults WHERE path = ?", body.fail.path)
        if body.fail.times:
            store.run(
                "INSERT INTO faults VALUES (?, ?, ?)", body.fail.path, body.fail.errcode, body.fail.times
            )
    for name in SWITCHES:
        value = getattr(body, name)
        if value is not None:
            store.set(name, value)
    return faults(store)


def faults(store: Store) -> Json:
    rows = store.all("SELECT path, errcode, remaining FROM faults ORDER BY path")
    return {"fail": [dict(row) for row in rows]} | {name: store.get(name) for name in SWITCHES}


def state(store: Store) -> Json:
    """The whole sandbox at a glance; secrets stay out."""
    corp = dict(store.get("corp", {}))
    corp.pop("contact_secret", None)
    callback, error = store.get("callback"), store.get("callback_error")
    return {
        "corp": corp,
        "clock": {"now": store.now(), "offset_seconds": int(store.get("clock_offset", 0))},
        "agents": [dict(row) for row in store.all("SELECT agentid, name, external_contact FROM agents")],
        "users": [
            dict(row) for row in store.all("SELECT userid, name, position, status FROM users ORDER BY rowid")
        ],
        "contacts": [
            _contact_line(store, dict(row)) for row in store.all("SELECT * FROM contacts ORDER BY rowid")
        ],
        "contact_ways": [
            {"config_id": row["config_id"]} | json.loads(row["body"])
            for row in store.all("SELECT * FROM contact_ways ORDER BY rowid DESC LIMIT 50")
        ],
        "callback": {
            "url": callback["url"] if callback else None,
            "verified": error == "",
            "error": error or None,
            "queue": delivery.waiting(store),
        },
        "group_send_quota": store.get("group_send_quota"),
        "faults": faults(store),
        "counts": {
            name: store.number(f"SELECT count(*) FROM {name}")  # noqa: S608 - fixed names
            for name in ("users", "contacts", "app_messages", "chat_messages", "group_messages", "journal")
        },
    }


def _contact_line(store: Store, contact: Json) -> Json:
    rows = store.all(
        "SELECT userid, relation FROM follows WHERE external_userid = ? ORDER BY rowid",
        contact["external_userid"],
    )
    return contact | {"follow": [dict(row) for row in rows]}
