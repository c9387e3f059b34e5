"""The front desk of `/cgi-bin`: faults, rate, source IP, token, method, JSON – then the call, then the journal."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wecom_sandbox import calls, journal
from wecom_sandbox.calls.registry import ROUTES, Call, Json, Route
from wecom_sandbox.errors import WeComError, error_body
from wecom_sandbox.store import Row, Store

assert calls  # importing it fills ROUTES  # noqa: S101

CALLS_PER_MINUTE = 10_000  # per company and path


async def answer(request: Request) -> Response:
    """Answer one `/cgi-bin` request. HTTP status is always 200; the journal line and the effect commit together."""
    store: Store = request.app.state.store
    path = request.path_params["path"]
    raw = await request.body()
    query = dict(request.query_params)
    ip = request.client.host if request.client else "127.0.0.1"
    base_url = str(request.base_url).rstrip("/")
    with store.transaction():
        body: Json = {}
        agent: Row | None = None
        try:
            with store.undo_on_error():
                route = _route(path)
                body = _json(raw) if route.method == "POST" and request.method == "POST" else {}
                _refuse_forced(store, path)
                _refuse_too_many(store, path)
                agent, secret = _who(store, route, query)
                _refuse_method(route, request.method)
                call = Call(store, path, store.now(), query, body, agent, secret, base_url, raw)
                result: Json = {"errcode": 0, "errmsg": "ok"} | route.handler(call)
        except WeComError as error:
            result = error_body(error, now=store.now(), ip=ip)
        _use_up_fault(store, path)
        _count(store, path)
        journal.write(
            store,
            direction="call",
            path=path,
            actor=_app_name(store, query),
            note=_note(path, query, body),
            errcode=int(result["errcode"]),
            request={"method": request.method, "query": query, "body": body},
            response=result,
        )
    request.app.state.wake()
    return JSONResponse(result)


def _route(path: str) -> Route:
    if path not in ROUTES:
        raise WeComError(40066, f"/cgi-bin/{path} is not served by this sandbox")
    return ROUTES[path]


def _json(raw: bytes) -> Json:
    try:
        body = json.loads(raw or b"{}")
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise WeComError(40033) from None
    except (ValueError, RecursionError):
        raise WeComError(40058, "body is not JSON") from None
    if not isinstance(body, dict):
        raise WeComError(40058, "body is not a JSON object")
    return body


def _refuse_method(route: Route, method: str) -> None:
    if route.method != method:
        raise WeComError(40063, f"require {route.method} method")


def _refuse_forced(store: Store, path: str) -> None:
    """A fault somebody asked for on this path (or on "*")."""
    fault = _fault(store, path)
    if fault:
        raise WeComError(fault["errcode"], "forced by the sandbox")


def _fault(store: Store, path: str) -> Row | None:
    return store.one(
        "SELECT * FROM faults WHERE path IN (?, '*') AND remaining > 0 ORDER BY path = '*' LIMIT 1", path
    )


def _use_up_fault(store: Store, path: str) -> None:
    fault = _fault(store, path)
    if fault:
        store.run("UPDATE faults SET remaining = remaining - 1 WHERE path = ?", fault["path"])
        store.run("DELETE FROM faults WHERE remaining <= 0")


def _refuse_too_many(store: Store, path: str) -> None:
    used = store.number(
        "SELECT count FROM call_counts WHERE path = ? AND minute = ?", path, store.now() // 60
    )
    if used >= int(store.get("calls_per_minute", CALLS_PER_MINUTE)):
        raise WeComError(45009)


def _count(store: Store, path: str) -> None:
    minute = store.now() // 60
    store.run("DELETE FROM call_counts WHERE minute < ?", minute)
    store.run(
        "INSERT INTO call_counts VALUES (?, ?, 1) ON CONFLICT (path, minute) DO UPDATE SET count = count + 1",
        path,
        minute,
    )


def _who(store: Store, route: Route, query: dict[str, str]) -> tuple[Row | None, str]:
    """The agent and the secret behind the token. Raises 41001, 40014, 42001, 60020 or 48002."""
    if not route.needs_token:
        return None, ""
    given = query.get("access_token", "")
    if not given:
        raise WeComError(41001)
    token = store.one("SELECT * FROM tokens WHERE token = ?", given)
    if token is None:
        raise WeComError(40014)
    if token["expires"] <= store.now():
        raise WeComError(42001)
    if store.get("deny_ip", False):
        raise WeComError(60020)
    agent = store.one("SELECT * FROM agents WHERE agentid = ?", token["agentid"])
    if route.customers and agent is not None and not agent["external_contact"]:
        raise WeComError(48002, "the app is not in the list of apps allowed to call this API")
    return agent, token["secret"]


def _app_name(store: Store, query: dict[str, str]) -> str:
    """Whose token came, for the journal, also when the call was refused; empty for none or a system app's."""
    row = store.one(
        "SELECT a.name FROM tokens t JOIN agents a USING (agentid) WHERE t.token = ?",
        query.get("access_token", ""),
    )
    return str(row["name"]) if row else ""


_NOTE_KEYS = ("touser", "sender", "userid", "userids", "external_userid", "config_id", "msgid")


def _note(path: str, query: dict[str, str], body: Json) -> str:
    """A few words for the journal row: what kind, and about whom."""
    given: dict[str, Any] = {**query, **body}
    kind = body.get("msgtype", "") if path == "message/send" else ""
    about = next((given[key] for key in _NOTE_KEYS if given.get(key)), "")
    if isinstance(about, list):
        about = "、".join(str(item) for item in about[:3]) + ("…" if len(about) > 3 else "")
    return " → ".join(str(part) for part in (kind, about) if part)[:120]
