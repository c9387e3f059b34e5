"""Error codes as WeCom answers them: HTTP 200, `errcode`, and a text with hint, source address and a link."""

from __future__ import annotations

import secrets

OK = 0
BUSY = -1
TEXTS: dict[int, str] = {
    -1: "system busy",
    6000: "data version conflict",
    40001: "invalid credential",
    40003: "invalid userid",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40029: "invalid code",
    40033: "invalid charset",
    40035: "invalid parameter",
    40056: "invalid agentid",
    40058: "invalid Request Parameter",
    40063: "some parameters are empty",
    40066: "invalid url",
    40068: "invalid tagid",
    40071: "invalid tag name, already exists",
    40096: "invalid external userid",
    41001: "access_token missing",
    41002: "corpid missing",
    41004: "corpsecret missing",
    41009: "missing userid",
    41011: "missing agentid",
    41035: "missing external userid",
    41037: "missing contact way type",
    41038: "missing contact way scene",
    41039: "invalid contact way type",
    41040: "invalid contact way scene",
    41041: "contact way user list exceeds limit",
    41042: "invalid contact way style",
    41043: "missing contact way config_id",
    41044: "invalid contact way config_id",
    41045: "contact way quota exceeded",
    41046: "missing msgid",
    41047: "invalid msgid",
    41048: "no customer to send",
    41049: "missing welcome code",
    41050: "invalid welcome code",
    41051: "customer and member have begun chatting",
    41063: "group message is being dispatched",
    41064: "attachments count exceeds limit",
    41065: "invalid attachment",
    41093: "group message has been cancelled",
    41094: "group message reminder exceeds limit",
    42001: "access_token expired",
    42014: "invalid task_id",
    45002: "content size out of limit",
    45009: "api freq out of limit",
    45033: "api concurrent out of limit",
    46004: "user no exist",
    48002: "api forbidden",
    50001: "redirect_uri unauthorized",
    60011: "no privilege to access/modify contact/party/agent",
    60020: "not allow to access from your ip",
    60111: "userid not found",
    60123: "invalid party id",
    60136: "record not found",
    60140: "invalid response_code",
    81013: "user & party & tag all invalid",
    84014: "user_ticket expired",
    84015: "user_ticket invalid",
    84061: "not external contact",
    84074: "no permission to access external contact",
    301002: "not allow operate another agent with this accesstoken",
}


class WeComError(Exception):
    """A call is answered with this `errcode`; nothing the call did before is kept."""

    def __init__(self, errcode: int, detail: str = "") -> None:
        super().__init__(f"{errcode} {detail or TEXTS[errcode]}")
        self.errcode = errcode
        self.detail = detail


def error_body(error: WeComError, *, now: int, ip: str) -> dict[str, object]:
    """The JSON of a refused call, with the same tail as the real server's text."""
    text = TEXTS.get(error.errcode, "error")
    if error.detail:
        text = f"{text}, {error.detail}"
    hint = f"[{now}_{secrets.randbelow(400)}_{secrets.token_hex(16)}]"
    link = f"https://open.work.weixin.qq.com/devtool/query?e={error.errcode}"
    return {"errcode": error.errcode, "errmsg": f"{text}, hint: {hint}, from ip: {ip}, more info at {link}"}


class ControlRefused(Exception):
    """A human action on a phone or in the console that cannot be done; answered as HTTP `status` with words."""

    def __init__(self, status: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.fix = fix
