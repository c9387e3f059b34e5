"""「联系我」: links and codes by which a customer adds a member."""

from __future__ import annotations

import json
import secrets

from wecom_sandbox.calls import params
from wecom_sandbox.calls.customers import require_member
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError
from wecom_sandbox.store import Row, Store

MOST = 500_000  # per company
MOST_USERS = 100
NINETY_DAYS = 90 * 24 * 3600
_CHANGEABLE = ("remark", "skip_verify", "style", "state", "user", "party")


@answers("POST", "externalcontact/add_contact_way", customers=True)
def add_contact_way(call: Call) -> Json:
    """`qr_code` (scene 2 only) is an SVG of this sandbox; scanning it leads to a page that picks the person.

    Raises 41037–41042, 41045. Temporary sessions are refused: only medical companies may make them.
    """
    kind = params.integer(call.body, "type", missing=41037)
    scene = params.integer(call.body, "scene", missing=41038)
    if kind not in {1, 2}:
        raise WeComError(41039)
    if scene not in {1, 2}:
        raise WeComError(41040)
    if call.body.get("is_temp"):
        raise WeComError(48002, "temporary sessions are open to medical companies only")
    if call.store.number("SELECT count(*) FROM contact_ways") >= MOST:
        raise WeComError(41045)
    way: Json = {"type": kind, "scene": scene} | _checked(call, call.body, kind)
    config_id = secrets.token_hex(16)
    if scene == 2:
        way["qr_code"] = f"{call.base_url}/sandbox/qr/{config_id}.svg"
    _save(call.store, config_id, way, call.now)
    return {"config_id": config_id} | ({"qr_code": way["qr_code"]} if scene == 2 else {})


@answers("POST", "externalcontact/get_contact_way", customers=True)
def get_contact_way(call: Call) -> Json:
    row = _require(call)
    return {"contact_way": {"config_id": row["config_id"], **json.loads(row["body"])}}


@answers("POST", "externalcontact/list_contact_way", customers=True)
def list_contact_way(call: Call) -> Json:
    """Those made in [start_time, end_time]; without them, in the last 90 days."""
    end = params.integer(call.body, "end_time", call.now)
    start = params.integer(call.body, "start_time", end - NINETY_DAYS)
    offset, limit = params.page(call.body, default=100, most=1000)
    rows = call.store.all(
        "SELECT config_id FROM contact_ways WHERE create_time BETWEEN ? AND ? ORDER BY rowid", start, end
    )
    shown = [{"config_id": row["config_id"]} for row in rows[offset : offset + limit]]
    cursor = params.next_cursor(offset=offset, limit=limit, total=len(rows))
    return {"contact_way": shown} | ({"next_cursor": cursor} if cursor else {})


@answers("POST", "externalcontact/update_contact_way", customers=True)
def update_contact_way(call: Call) -> Json:
    """Type and scene stay; what is not given stays."""
    row = _require(call)
    way = json.loads(row["body"])
    given = {key: call.body[key] for key in _CHANGEABLE if key in call.body}
    fresh = way | _checked(call, way | given, way["type"])
    call.store.run(
        "UPDATE contact_ways SET body = ? WHERE config_id = ?",
        json.dumps(fresh, ensure_ascii=False),
        row["config_id"],
    )
    return {}


@answers("POST", "externalcontact/del_contact_way", customers=True)
def del_contact_way(call: Call) -> Json:
    call.store.run("DELETE FROM contact_ways WHERE config_id = ?", _require(call)["config_id"])
    return {}


def _require(call: Call) -> Row:
    config_id = params.text(call.body, "config_id", missing=41043)
    row = call.store.one("SELECT * FROM contact_ways WHERE config_id = ?", config_id)
    if row is None:
        raise WeComError(41044)
    return row


def _checked(call: Call, body: Json, kind: int) -> Json:
    """The fields a contact way keeps, checked."""
    users = params.strings(body, "user", most=10_000)
    if len(users) > MOST_USERS:
        raise WeComError(41041)
    if kind == 1 and len(users) != 1:
        raise WeComError(40058, "a single contact way needs exactly one user")
    if kind == 2 and not users:
        raise WeComError(40058, "a multi contact way needs users")
    if params.integer(body, "style", 1) not in {1, 2, 3}:
        raise WeComError(41042)
    return {
        "user": [require_member(call, name)["userid"] for name in users],
        "party": sorted(params.integers(body, "party", most=MOST_USERS)),
        "style": params.integer(body, "style", 1),
        "remark": params.text(body, "remark", missing=None, most=30),
        "skip_verify": params.flag(body, "skip_verify", default=True),
        "state": params.text(body, "state", missing=None, most=30),
    }


def _save(store: Store, config_id: str, way: Json, now: int) -> None:
    store.run(
        "INSERT INTO contact_ways VALUES (?, ?, ?)", config_id, json.dumps(way, ensure_ascii=False), now
    )
