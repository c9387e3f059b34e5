"""The text and attachments shared by welcome messages and group messages."""

from __future__ import annotations

from wecom_sandbox.calls import params
from wecom_sandbox.calls.registry import Json
from wecom_sandbox.errors import WeComError

TEXT_BYTES = 4000
MOST = 9
_LINK_BYTES = {"title": 128, "picurl": 2048, "desc": 512, "url": 2048}


def check(body: Json) -> tuple[str, list[Json]]:
    """(text, attachments), not both empty. Raises 40063, 45002, 41064 or 41065.

    There is no media upload in the sandbox, so an attachment that needs a media_id is 40007.
    """
    content = params.text(params.obj(body, "text", required=False), "content", missing=None)
    if params.size(content) > TEXT_BYTES:
        raise WeComError(45002, f"text.content exceeds {TEXT_BYTES} bytes")
    attachments = params.objects(body, "attachments", most=1000)
    if len(attachments) > MOST:
        raise WeComError(41064)
    if not content and not attachments:
        raise WeComError(40063, "text and attachments are both empty")
    for attachment in attachments:
        _check_one(attachment)
    return content, attachments


def _check_one(attachment: Json) -> None:
    kind = params.text(attachment, "msgtype", missing=41065)
    if kind not in {"image", "link", "miniprogram", "video", "file"}:
        raise WeComError(41065, "invalid msgtype")
    item = params.obj(attachment, kind)
    if kind == "link":
        _check_link(item)
    elif kind != "image" or not item.get("pic_url"):
        raise WeComError(40007)


def _check_link(link: Json) -> None:
    params.text(link, "title", missing=41065)
    if not params.text(link, "url", missing=41065).startswith(("http://", "https://")):
        raise WeComError(41065, "invalid link.url")
    for key, most in _LINK_BYTES.items():
        if params.size(params.text(link, key, missing=None)) > most:
            raise WeComError(41065, f"link.{key} exceeds {most} bytes")
