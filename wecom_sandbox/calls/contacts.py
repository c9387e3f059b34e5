"""Address book: user/* and department/*. Sensitive fields are absent, as for apps made after 2022-06-20."""

from __future__ import annotations

import json

from wecom_sandbox.calls import params
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError
from wecom_sandbox.store import Row, Store


def find_user(store: Store, userid: str) -> Row | None:
    """The member, found without regard to case."""
    return store.one("SELECT * FROM users WHERE userid = ?", userid)


def in_scope(agent: Row | None, userid: str) -> bool:
    """Whether the app may see the member. A system-app token and an app without a scope see everybody."""
    if agent is None or agent["scope"] is None:
        return True
    return userid.lower() in {name.lower() for name in json.loads(agent["scope"])}


def user_json(row: Row) -> Json:
    departments = json.loads(row["departments"])
    return {
        "userid": row["userid"],
        "name": row["name"],
        "department": departments,
        "order": [0] * len(departments),
        "position": row["position"],
        "is_leader_in_dept": [0] * len(departments),
        "direct_leader": [],
        "main_department": departments[0] if departments else 1,
        "alias": "",
        "telephone": "",
        "status": row["status"],
        "extattr": {"attrs": []},
        "external_position": "",
    }


@answers("GET", "user/get")
def user_get(call: Call) -> Json:
    """Raises 41009, 60111 (nobody of that id) or 60011 (outside the app's scope)."""
    user = find_user(call.store, params.text(call.query, "userid", missing=41009))
    if user is None:
        raise WeComError(60111)
    if not in_scope(call.agent, user["userid"]):
        raise WeComError(60011)
    return user_json(user)


@answers("GET", "user/list")
def user_list(call: Call) -> Json:
    return {"userlist": [user_json(user) for user in _members(call)]}


@answers("GET", "user/simplelist")
def user_simplelist(call: Call) -> Json:
    members = [user_json(user) for user in _members(call)]
    return {"userlist": [{key: user[key] for key in ("userid", "name", "department")} for user in members]}


@answers("POST", "user/getuserid")
def user_getuserid(call: Call) -> Json:
    """By mobile. Raises 40058 for a number of odd length and 46004 when no visible member has it."""
    mobile = params.text(call.body, "mobile")
    if not 5 <= params.size(mobile) <= 32:
        raise WeComError(40058, "invalid mobile")
    user = call.store.one("SELECT userid FROM users WHERE mobile = ?", mobile)
    if user is None or not in_scope(call.agent, user["userid"]):
        raise WeComError(46004)
    return {"userid": user["userid"]}


def _members(call: Call) -> list[Row]:
    """Direct members of one department, within scope. Children are not walked (`fetch_child` is retired)."""
    department = params.integer(call.query, "department_id", missing=60123)
    if call.store.one("SELECT 1 FROM departments WHERE id = ?", department) is None:
        raise WeComError(60123)
    rows = call.store.all("SELECT * FROM users ORDER BY rowid")
    return [
        row
        for row in rows
        if department in json.loads(row["departments"]) and in_scope(call.agent, row["userid"])
    ]


@answers("GET", "department/list")
def department_list(call: Call) -> Json:
    keys = ("id", "name", "parentid")
    return {
        "department": [
            {key: row[key] for key in keys} | {"name_en": "", "department_leader": [], "order": row["ord"]}
            for row in _departments(call)
        ]
    }


@answers("GET", "department/simplelist")
def department_simplelist(call: Call) -> Json:
    return {
        "department_id": [
            {"id": row["id"], "parentid": row["parentid"], "order": row["ord"]} for row in _departments(call)
        ]
    }


def _departments(call: Call) -> list[Row]:
    """All departments, or one and everything below it. Raises 60123."""
    rows = call.store.all("SELECT * FROM departments ORDER BY id")
    if not call.query.get("id"):
        return rows
    top = params.integer(call.query, "id")
    if all(row["id"] != top for row in rows):
        raise WeComError(60123)
    wanted, grew = {top}, True
    while grew:
        below = {row["id"] for row in rows if row["parentid"] in wanted} - wanted
        wanted, grew = wanted | below, bool(below)
    return [row for row in rows if row["id"] in wanted]
