"""gettoken: one token per (company, secret), the same one until it expires."""

from __future__ import annotations

import secrets

from wecom_sandbox.calls import params
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError
from wecom_sandbox.store import Store

LIFE = 7200  # seconds of the virtual clock


@answers("GET", "gettoken", needs_token=False)
def gettoken(call: Call) -> Json:
    """Raises 41002/41004 (missing), 40013 (not this company) or 40001 (not a secret of it)."""
    corpid = params.text(call.query, "corpid", missing=41002)
    secret = params.text(call.query, "corpsecret", missing=41004)
    corp = call.store.get("corp", {})
    if corpid != corp.get("corpid"):
        raise WeComError(40013)
    agent = call.store.one("SELECT agentid FROM agents WHERE secret = ?", secret)
    if agent is None and secret != corp.get("contact_secret"):
        raise WeComError(40001)
    token, expires = _current(call.store, secret, call.now) or _issue(
        call.store, secret, agent["agentid"] if agent else None, call.now
    )
    return {"access_token": token, "expires_in": expires - call.now}


def _current(store: Store, secret: str, now: int) -> tuple[str, int] | None:
    row = store.one("SELECT token, expires FROM tokens WHERE secret = ? AND expires > ?", secret, now)
    return (row["token"], row["expires"]) if row else None


def _issue(store: Store, secret: str, agentid: int | None, now: int) -> tuple[str, int]:
    token, expires = secrets.token_urlsafe(96), now + LIFE
    store.run("INSERT INTO tokens VALUES (?, ?, ?, ?)", token, secret, agentid, expires)
    return token, expires
