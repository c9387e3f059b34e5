"""What approvals say on screen: reasons, marks, waits and deadlines, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiyan.approvals.engine.why import SENTENCES
from guiyan.kernel.dates import local_day
from guiyan.platform.uikit.formats import clock_time, short_date, src_date, wait

_HOLDS = {
    "APPROVED": gettext_noop("%(who)s agreed, %(at)s."),
    "REJECTED": gettext_noop("%(who)s refused, %(at)s."),
    "DONE": gettext_noop("%(who)s did the work, %(at)s."),
}
_ENDED = {
    "APPROVED": gettext_noop("the request was approved, %(at)s."),
    "REJECTED": gettext_noop("the request was refused, %(at)s."),
    "DONE": gettext_noop("the work was done, %(at)s."),
    "WITHDRAWN": gettext_noop("the request was withdrawn, %(at)s."),
}
_ANSWERED = {
    "APPROVED": (gettext_noop("Agreed"), gettext_noop("Agreed: “%(words)s”")),
    "REJECTED": (gettext_noop("Refused"), gettext_noop("Refused: “%(words)s”")),
    "DONE": (gettext_noop("Done"), gettext_noop("Done: “%(words)s”")),
    "WITHDRAWN": (gettext_noop("Withdrawn"), gettext_noop("Withdrawn: “%(words)s”")),
    "COPIED": (gettext_noop("Told"), gettext_noop("Told")),
    "CANCELLED": (gettext_noop("No longer needed"), gettext_noop("No longer needed")),
}
_DUE_SOON = timedelta(hours=4)


def title(text: str) -> str:
    """A title or question of a definition: shipped flows are translated, a company's own words stay."""
    return _(text) if text else ""


def why_words(why: Mapping[str, Any]) -> str:
    """The sentence of a stored reason; empty for one this version does not know."""
    sentence = SENTENCES.get(str(why.get("code", "")))
    return _(sentence) if sentence else ""


def answer_words(state: str, comment: str) -> str:
    """Agreed: “words”."""
    plain, quoting = _ANSWERED[state]
    return _(quoting) % {"words": comment} if comment else _(plain)


def what_holds(state: str, who: str, at: datetime | None) -> str:
    """Who was first, or how the request ended."""
    known = _HOLDS if who and state in _HOLDS else _ENDED
    return _(known.get(state, _ENDED["APPROVED"])) % {"who": who, "at": short_date(at)}


def moment_words(at: datetime | None, now: datetime) -> str:
    """09:12 today, with the day when it was another one."""
    if at is None:
        return ""
    day, today = local_day(at), local_day(now)
    if day == today:
        return clock_time(at)
    if day == today - timedelta(days=1):
        return _("yesterday %(time)s") % {"time": clock_time(at)}
    return src_date(at)


def waited_words(since: datetime, now: datetime) -> str:
    """waiting 26 minutes."""
    return _("waiting %(time)s") % {"time": wait(max(now - since, timedelta()))}


def due_words(due: datetime | None, now: datetime) -> str:
    """What is left of a deadline, as precise as it is near; empty without one."""
    if due is None:
        return ""
    if due <= now:
        return _("%(time)s overdue") % {"time": wait(now - due)}
    if due - now <= _DUE_SOON:
        return _("%(time)s left") % {"time": wait(due - now)}
    days = (local_day(due) - local_day(now)).days
    if days == 0:
        return _("by %(time)s today") % {"time": clock_time(due)}
    if days == 1:
        return _("by %(time)s tomorrow") % {"time": clock_time(due)}
    return _("by %(day)s") % {"day": src_date(due)}


def is_pressing(due: datetime | None, now: datetime) -> bool:
    """Near or past its deadline."""
    return due is not None and due - now <= _DUE_SOON
