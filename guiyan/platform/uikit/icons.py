"""Icons of Tabler, from the sprite built at set-up, and style sheets drawn in place for one-request pages."""

import re
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SPRITE = "vendor/icons/sprite.svg"
_SYMBOL = re.compile(r'<symbol id="i-(?P<name>[a-z0-9-]+)"[^>]*>(?P<drawing>.*?)</symbol>', re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")

# What a record looks like wherever it is named as the source of a fact.
SOURCE_ICONS = {
    "application": "hash",
    "approval": "checkup-list",
    "budget": "coin-yuan",
    "call": "phone",
    "chat": "messages",
    "condition": "flag",
    "consent": "signature",
    "contact_rule": "shield-check",
    "disposition": "clipboard-x",
    "email": "mail",
    "employee": "id-badge-2",
    "evaluation": "message-2",
    "import": "file-import",
    "interview": "calendar-event",
    "organisation": "sitemap",
    "person": "user-check",
    "phone": "phone",
    "recall": "arrow-back-up",
    "requisition": "briefcase",
    "resume": "file-text",
    "screening": "phone-check",
    "setting": "history",
    "sms": "device-mobile-message",
    "sync": "refresh",
    "wecom": "brand-wechat",
}


def icon(name: str, size: str = "") -> SafeString:
    """A decorative drawing `name` of the sprite; `size` is sm, lg, xl or empty (16 px). Hidden from readers."""
    return format_html(
        '<svg class="gy-i{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>',
        f" gy-i-{size}" if size else "",
        _sprite_url(),
        name,
    )


def icon_inline(name: str) -> SafeString:
    """The drawing itself, for pages that may load nothing else; empty when set-up has not built the sprite."""
    drawing = _drawings().get(name, "")
    return format_html(
        '<svg class="gy-i" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        mark_safe(drawing),  # noqa: S308 - our own static file
    )


def source_icon(kind: object) -> str:
    """The icon of a record kind such as `evaluation`; upper case is fine, unknown kinds get a sheet of paper."""
    return SOURCE_ICONS.get(str(kind or "").lower(), "file-text")


def inline_css(context: Context, *paths: str) -> SafeString:
    """The static style sheets `paths` in one `<style>` carrying the request's CSP nonce."""
    nonce = getattr(context.get("request"), "csp_nonce", "")
    sheets = "".join(_sheet(path) for path in paths)
    return format_html('<style nonce="{}">{}</style>', nonce, mark_safe(sheets))  # noqa: S308 - our own static files


def _sprite_url() -> str:
    return static(SPRITE)


@lru_cache(maxsize=1)
def _drawings() -> dict[str, str]:
    found = finders.find(SPRITE)
    if not found:
        return {}
    return {m["name"]: m["drawing"].strip() for m in _SYMBOL.finditer(Path(str(found)).read_text("utf-8"))}


@lru_cache(maxsize=16)
def _sheet(path: str) -> str:
    """The sheet without comments and line breaks. Raises FileNotFoundError for a path that is not ours."""
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(path)
    return _SPACE.sub("", _COMMENT.sub("", Path(str(found)).read_text("utf-8")))
