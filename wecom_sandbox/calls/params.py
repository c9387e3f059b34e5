"""Reading parameters with WeCom's own refusals. Lengths are in characters or, where said, in UTF-8 bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wecom_sandbox.errors import WeComError

LARGEST = 2**53  # beyond it JSON numbers are not exact


def size(text: str) -> int:
    """Length in UTF-8 bytes, the unit of most limits."""
    return len(text.encode())


def cut_bytes(text: str, limit: int) -> str:
    """The longest beginning that fits `limit` bytes without splitting a character."""
    return text.encode()[:limit].decode(errors="ignore")


def text(body: Mapping[str, Any], key: str, *, missing: int | None = 40063, most: int | None = None) -> str:
    """A string, "" when absent and `missing` is None. Raises `missing` or 40058 (type or length)."""
    value = body.get(key)
    if value is None or value == "":
        if missing is not None:
            raise WeComError(missing, f"missing {key}")
        return ""
    if not isinstance(value, str):
        raise WeComError(40058, f"{key} must be a string")
    if most is not None and len(value) > most:
        raise WeComError(40058, f"{key} exceeds max length {most}")
    return value


def integer(body: Mapping[str, Any], key: str, default: int | None = None, *, missing: int = 40063) -> int:
    """An int, also when it came as digits in a string."""
    value = body.get(key, default)
    if value is None or value == "":
        raise WeComError(missing, f"missing {key}")
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise WeComError(40058, f"{key} must be an integer")
    try:
        number = int(value)
    except ValueError:
        raise WeComError(40058, f"{key} must be an integer") from None
    if abs(number) > LARGEST:
        raise WeComError(40058, f"{key} is out of range")
    return number


def flag(body: Mapping[str, Any], key: str, *, default: bool) -> bool:
    value = body.get(key, default)
    if isinstance(value, int) and value in (0, 1):
        return bool(value)
    raise WeComError(40058, f"{key} must be a boolean")


def strings(body: Mapping[str, Any], key: str, *, most: int) -> list[str]:
    """A list of strings, [] when absent. Raises 40058 when longer than `most` or not strings."""
    value = body.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise WeComError(40058, f"{key} must be an array of strings")
    if len(value) > most:
        raise WeComError(40058, f"{key} exceeds max size {most}")
    return list(value)


def integers(body: Mapping[str, Any], key: str, *, most: int) -> set[int]:
    """A list of ints as a set, empty when absent."""
    value = body.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, int) for item in value) or len(value) > most:
        raise WeComError(40058, f"{key} must be an array of at most {most} integers")
    return set(value)


def obj(body: Mapping[str, Any], key: str, *, required: bool = True) -> dict[str, Any]:
    """A JSON object, {} when absent and not required."""
    value = body.get(key)
    if value is None and not required:
        return {}
    if value is None:
        raise WeComError(40063, f"missing {key}")
    if not isinstance(value, dict):
        raise WeComError(40058, f"{key} must be an object")
    return value


def objects(body: Mapping[str, Any], key: str, *, least: int = 0, most: int) -> list[dict[str, Any]]:
    """A list of JSON objects of `least` to `most` items."""
    value = body.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise WeComError(40058, f"{key} must be an array of objects")
    if not least <= len(value) <= most:
        raise WeComError(40058, f"{key} must have {least} to {most} items")
    return list(value)


def page(body: Mapping[str, Any], *, default: int, most: int) -> tuple[int, int]:
    """(offset, limit) of a paged call; the cursor this sandbox hands out is the offset."""
    limit = integer(body, "limit", default) or default
    cursor = text(body, "cursor", missing=None) or "0"
    if not 1 <= limit <= most:
        raise WeComError(40058, f"limit must be 1 to {most}")
    if not cursor.isdecimal():
        raise WeComError(40058, "invalid cursor")
    return int(cursor), limit


def next_cursor(*, offset: int, limit: int, total: int) -> str:
    return str(offset + limit) if offset + limit < total else ""
