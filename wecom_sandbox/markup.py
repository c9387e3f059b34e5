"""HTML without a template engine: files with `$name` holes; every value is escaped on the way in."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse

from wecom_sandbox.texts import TEXTS

TEMPLATES = Path(__file__).with_name("templates")


class Safe(str):
    """HTML that is already escaped."""

    __slots__ = ()


def fill(name: str, values: dict[str, str]) -> Safe:
    """The template with its holes filled; a hole without a value is a bug and raises KeyError."""
    template = Template((TEMPLATES / name).read_text(encoding="utf-8"))
    return Safe(template.substitute({key: _escaped(value) for key, value in values.items()}))


def _escaped(value: str) -> str:
    return value if isinstance(value, Safe) else escape(value)


def language(request: Request) -> str:
    return "en" if request.query_params.get("lang") == "en" else "zh"


def texts(request: Request) -> dict[str, str]:
    """The words of the page: Simplified Chinese, or English with ?lang=en."""
    return TEXTS[language(request)]


def page(request: Request, name: str, values: dict[str, str], *, status: int = 200) -> HTMLResponse:
    """A whole page: `values` and all words, in the frame of `frame.html`."""
    words = texts(request)
    body = fill(name, words | values)
    lang = "en" if language(request) == "en" else "zh-CN"
    return HTMLResponse(fill("frame.html", words | {"lang": lang, "body": body}), status_code=status)
