"""The page with two phones. The server draws the frame and all words; `phones.js` fills in what happens."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from wecom_sandbox import markup


async def home(request: Request) -> Response:
    """?employee=<userid>&candidate=<external_userid> choose the phones, ?lang=en the language."""
    # "<" is escaped so that no word can end the script element; the type keeps the browser from running it.
    words = json.dumps(markup.texts(request), ensure_ascii=False).replace("<", "\\u003c")
    return markup.page(request, "home.html", {"words": markup.Safe(words)})
