"""E-mail addresses: one spelling for comparing, one mask for showing."""

import re
import unicodedata

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")


def normalise_email(raw: str | None) -> str | None:
    """Lower-case address, or None. Full-width signs, spaces, "mailto:" and 。 are repaired."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", raw or "")).replace("。", ".")
    text = text.strip("<>;,，；、").removeprefix("mailto:").lower()
    local = text.partition("@")[0]
    if len(text) > 254 or not _ADDRESS.fullmatch(text):
        return None
    if ".." in text or local.startswith(".") or local.endswith("."):
        return None
    return text


def mask_email(address: str | None) -> str:
    """z***n@example.com; a local part of one or two signs shows its first only."""
    local, at, domain = (address or "").partition("@")
    if not at:
        return ""
    tail = local[-1] if len(local) > 2 else ""
    return f"{local[:1]}***{tail}@{domain}"
