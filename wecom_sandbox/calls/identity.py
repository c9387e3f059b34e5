"""OAuth: a code becomes an identity. The pages that hand out codes are in `oauth_pages`."""

from __future__ import annotations

import hashlib
import secrets

from wecom_sandbox.calls import params
from wecom_sandbox.calls.contacts import in_scope
from wecom_sandbox.calls.customers import VISIBLE
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError

CODE_LIFE = 300
TICKET_LIFE = 1800


@answers("GET", "auth/getuserinfo")
def getuserinfo(call: Call) -> Json:
    """A member, or an outsider (with external_userid only when a follower is in the app's scope).

    Raises 40029 for a code that is unknown, used or older than 5 minutes.
    """
    code = params.text(call.query, "code", missing=40029)
    row = call.store.one("SELECT * FROM oauth_codes WHERE code = ?", code)
    if row is None or row["used_at"] is not None or row["expires"] <= call.now:
        raise WeComError(40029)
    call.store.run("UPDATE oauth_codes SET used_at = ? WHERE code = ?", call.now, code)
    if row["userid"]:
        return {"userid": row["userid"]} | _ticket(call, row["userid"], row["scope"])
    openid = "o" + hashlib.sha256(row["external_userid"].encode()).hexdigest()[:27]
    followers = call.store.all(
        f"SELECT userid FROM follows WHERE external_userid = ? AND {VISIBLE}",  # noqa: S608
        row["external_userid"],
    )
    known = any(in_scope(call.agent, follower["userid"]) for follower in followers)
    return {"openid": openid} | ({"external_userid": row["external_userid"]} if known else {})


@answers("POST", "auth/getuserdetail")
def getuserdetail(call: Call) -> Json:
    """Sensitive fields of a member who consented. Raises 84015 (unknown ticket) or 84014 (older than 1800 s)."""
    ticket = call.store.one(
        "SELECT * FROM user_tickets WHERE ticket = ?", params.text(call.body, "user_ticket", missing=84015)
    )
    if ticket is None:
        raise WeComError(84015)
    if ticket["expires"] <= call.now:
        raise WeComError(84014)
    user = call.store.one("SELECT userid, mobile FROM users WHERE userid = ?", ticket["userid"])
    if user is None:
        raise WeComError(60111)
    return {"userid": user["userid"], "gender": "0", "avatar": "", "mobile": user["mobile"], "email": ""}


def _ticket(call: Call, userid: str, scope: str) -> Json:
    if scope != "snsapi_privateinfo":
        return {}
    ticket = secrets.token_urlsafe(48)
    call.store.run("INSERT INTO user_tickets VALUES (?, ?, ?)", ticket, userid, call.now + TICKET_LIFE)
    return {"user_ticket": ticket}
