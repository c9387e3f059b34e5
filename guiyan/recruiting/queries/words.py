"""Small words of the dossier in the reader's language."""

from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from guiyan.kernel.dates import format_day, is_chinese
from guiyan.recruiting.models import Communication

CHANNEL_ICONS = {
    "PHONE": "phone", "WECOM": "brand-wechat", "WECHAT": "brand-wechat", "EMAIL": "mail", "SMS": "device-mobile-message",
    "MEETING": "users", "PAGE": "device-mobile-message", "NOTE": "note",
}  # fmt: skip
CHANNEL_KINDS = {"PHONE": "phone", "WECOM": "wecom", "WECHAT": "wecom", "EMAIL": "email", "SMS": "sms"}


def day_words(day: date, today: date) -> str:
    """11月2日, in another year 2025年11月2日; English 2 Nov, 2 Nov 2025."""
    whole = format_day(day, get_language() or "en")
    if day.year != today.year:
        return whole
    return whole.partition("年")[2] if is_chinese(get_language() or "en") else whole.rpartition(" ")[0]


def full_day(day: date) -> str:
    """2026年3月27日."""
    return format_day(day, get_language() or "en")


def quoted(words: str) -> str:
    """「…」, in English “…”."""
    return _("“%(words)s”") % {"words": words}


def sentence(words: str) -> str:
    """With a full stop, unless it ends in one."""
    stop = _(".")
    return words if not words or words[-1] in ".。!！?？…」”" else words + stop


def months_since(day: date, today: date) -> int:
    """Whole months that have passed."""
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)


def stale_words(day: date, today: date) -> str:
    """8 个月前，待核实."""
    months = months_since(day, today)
    return ngettext("%(n)d month ago, please check", "%(n)d months ago, please check", months) % {"n": months}


def record_words(said: Communication) -> str:
    """What the record of a conversation is: 通话记录 6 分 12 秒, 聊天记录 3 条."""
    if said.seconds:
        minutes, seconds = divmod(said.seconds, 60)
        return _("Call record %(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": seconds}
    if said.messages:
        return ngettext("Chat record, %(n)d message", "Chat record, %(n)d messages", said.messages) % {
            "n": said.messages
        }
    return said.source or str(said.get_channel_display())


def channel_title(said: Communication) -> str:
    """The heading of a conversation without one: 企业微信沟通."""
    if said.title:
        return said.title
    if said.channel == Communication.Channel.NOTE:
        return str(said.get_channel_display())
    return _("Talk by %(channel)s") % {"channel": said.get_channel_display()}


def who_words(said: Communication, name: str) -> str:
    """周敏 → 张若岚, 周敏 ↔ 张若岚, 张若岚 → 周敏; a summary names its writer only."""
    mine = said.employee_name
    if not mine:
        return name if said.direction == Communication.Direction.IN else ""
    if said.channel == Communication.Channel.NOTE or (
        not said.quoted and said.direction == Communication.Direction.BOTH
    ):
        return mine
    arrows = {"OUT": f"{mine} → {name}", "IN": f"{name} → {mine}", "BOTH": f"{mine} ↔ {name}"}
    return arrows[said.direction]
