"""send_welcome_msg: the only message that reaches a customer without a member's tap."""

from __future__ import annotations

from wecom_sandbox import chats
from wecom_sandbox.calls import attachments, params
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError


@answers("POST", "externalcontact/send_welcome_msg", customers=True)
def send_welcome_msg(call: Call) -> Json:
    """One use within 20 seconds. Raises 41049, 41050 (unknown or late) or 41051 (used, or they already talk)."""
    code = params.text(call.body, "welcome_code", missing=41049)
    row = call.store.one("SELECT * FROM welcome_codes WHERE code = ?", code)
    if row is None:
        raise WeComError(41050)
    if row["used_at"] is not None:
        raise WeComError(41051)
    if row["expires"] <= call.now:
        raise WeComError(41050)
    if chats.has_begun(call.store, row["userid"], row["external_userid"]):
        raise WeComError(41051)
    text, items = attachments.check(call.body)
    chats.post_content(
        call.store,
        userid=row["userid"],
        external_userid=row["external_userid"],
        text=text,
        attachments=items,
        origin="welcome",
    )
    call.store.run("UPDATE welcome_codes SET used_at = ? WHERE code = ?", call.now, code)
    return {}
