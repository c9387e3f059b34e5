"""From the records of a dossier to ordered talking points, each with its sources and its age in words."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from guiyan.recall.engine.records import (
    SAYABLE_REASONS,
    BriefDraft,
    Disposition,
    Dossier,
    Expectation,
    Lang,
    Remark,
    Source,
    TalkingPoint,
)
from guiyan.recall.engine.wording import WORDS

PHONE_STALE_DAYS = 365  # an unverified number older than a year is flagged
WISH_STALE_DAYS = 183  # availability, place and pay age faster: half a year


def build(dossier: Dossier, *, today: date, lang: Lang) -> BriefDraft:
    """The brief for one candidate in one language; the same input always gives the same points.

    Order is the order of a good call: who I am, the regard, why it did not work, what changed,
    pay, start, other wishes, then what to check about the contact itself.
    """
    say = _Say(lang, today, dossier)
    points = [
        _identity(dossier, say),
        _regard(dossier, say),
        _reason(dossier, say),
        _change(dossier, say),
        _pay(dossier, say),
        _availability(dossier, say),
        *[_wish(item, say) for item in dossier.expectations if item.kind in ("city", "role", "other")],
        _phone(dossier, say),
        _preference(dossier, say),
    ]
    kept = tuple(point for point in points if point is not None)
    return BriefDraft(lang=lang, points=kept, kept_out=kept_out(dossier.remarks))


def kept_out(remarks: Sequence[Remark]) -> int:
    """How many evaluation remarks stay inside: not shareable and not empty."""
    return sum(1 for remark in remarks if not remark.shareable and remark.words.strip())


def pay_in_k(low: Decimal | None, high: Decimal | None) -> str:
    """A monthly CNY band as people write it: 30–38K, 35K, "" when unknown."""
    ends = [_k(value) for value in (low, high) if value is not None]
    if not ends:
        return ""
    if len(ends) == 2 and ends[0] != ends[1]:
        return f"{ends[0]}–{ends[1]}K"
    return f"{ends[0]}K"


def _k(value: Decimal) -> str:
    return f"{(value / 1000).normalize():f}"


class _Say:
    """Fills the wording tables and speaks of dates relative to today."""

    def __init__(self, lang: Lang, today: date, dossier: Dossier) -> None:
        self.lang, self.today = lang, today
        self.words = WORDS[lang]
        self.who = (
            (dossier.person.pronoun or self.words["pronoun"]) if lang == "zh-hans" else dossier.person.name
        )

    def __call__(self, key: str, **places: object) -> str:
        text = self.words[key]
        for name, value in {"who": self.who, **places}.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def day(self, on: date | None) -> str:
        """9月9日 this year, 2025年9月9日 otherwise; ISO in English."""
        if on is None:
            return "" if self.lang == "en" else "之前"
        if self.lang == "en":
            return on.isoformat()
        return (
            f"{on.month}月{on.day}日" if on.year == self.today.year else f"{on.year}年{on.month}月{on.day}日"
        )

    def month(self, on: date | None) -> str:
        """9月 this year, 2025年9月 otherwise; 2026-09 in English."""
        if on is None:
            return "" if self.lang == "en" else "之前"
        if self.lang == "en":
            return f"{on:%Y-%m}"
        return f"{on.month}月" if on.year == self.today.year else f"{on.year}年{on.month}月"

    def stale(self, on: date | None, limit_days: int) -> str:
        """The flag in words when `on` is more than `limit_days` ago, or unknown; else empty."""
        if on is None:
            return self.words["stale_never"]
        days = (self.today - on).days
        if days <= limit_days:
            return ""
        if days >= 730:
            return self("stale_years", n=days // 365)
        return self("stale_months", n=_months(on, self.today))


def _months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if end.day >= start.day else months - 1


def _newest(items: Sequence[Expectation]) -> list[Expectation]:
    return sorted(items, key=lambda item: item.source.on or date.min, reverse=True)


def _identity(dossier: Dossier, say: _Say) -> TalkingPoint:
    talks = sorted(dossier.talks, key=lambda talk: talk.source.on or date.min, reverse=True)
    friend = dossier.reach.wecom_friend_of
    if friend:
        chats = [talk for talk in talks if talk.channel == "wecom"] or talks
        key = "identity_friend" if chats else "identity_friend_silent"
        on = say.day(chats[0].source.on) if chats else ""
        sources = (chats[0].source,) if chats else ()
        return TalkingPoint("identity", say("identity"), say(key, friend=friend, on=on), sources)
    if talks:
        last = talks[0]
        sentence = say("identity_known", on=say.day(last.source.on), by=last.with_name)
        return TalkingPoint("identity", say("identity"), sentence, (last.source,))
    return TalkingPoint("identity", say("identity"), say("identity_new"), ())


def _regard(dossier: Dossier, say: _Say) -> TalkingPoint | None:
    own = [remark for remark in dossier.remarks if remark.by_requester]
    boss, best = dossier.requester, told_regard(dossier)
    if best is not None and best.by_requester:
        sentence = say("regard_requester_say", boss=boss, words=_quote(best.words))
        intent = say("regard_requester", boss=boss)
        return TalkingPoint("regard", intent, sentence, (best.source,), shareable=True)
    if best is not None:
        sentence = say("regard_other_say", by=best.source.person, words=_quote(best.words))
        return TalkingPoint("regard", say("regard_other"), sentence, (best.source,), shareable=True)
    if own:
        sentence = say("regard_requester_closed", boss=boss)
        intent = say("regard_requester", boss=boss)
        return TalkingPoint("regard", intent, sentence, (own[0].source,), shareable=False)
    return _recommended(dossier, say)


def _recommended(dossier: Dossier, say: _Say) -> TalkingPoint | None:
    rounds = {remark.source.id: remark for remark in dossier.remarks}
    yes = [remark for remark in rounds.values() if remark.recommended]
    if not yes:
        return None
    sentence = say("regard_recommended", n=len(rounds), k=len(yes))
    sources = tuple(remark.source for remark in yes)
    return TalkingPoint("regard", say("regard_other"), sentence, sources, shareable=False)


def _quote(words: str) -> str:
    return " ".join(words.split()).rstrip("。.！!")


def _reason(dossier: Dossier, say: _Say) -> TalkingPoint:
    end = dossier.disposition
    if end is None:
        return TalkingPoint("reason", say("reason_unknown"), say("reason_unknown_say"), ())
    told = sayable_reason(end)
    if told:
        key = "reason_company" if end.reason in SAYABLE_REASONS else "reason_told"
        sentence = say(key, words=told)
        return TalkingPoint("reason", say("reason"), sentence, (end.source,), shareable=True)
    known = f"reason_{end.reason}" if f"reason_{end.reason}" in say.words else "reason_OTHER"
    return TalkingPoint("reason", say("reason_closed"), say(known), (end.source,), shareable=False)


def sayable_reason(end: Disposition) -> str:
    """The reason in words the candidate may hear: those released, or ours when the cause lay with us."""
    if end.shareable_words.strip():
        return _quote(end.shareable_words)
    return _quote(end.words) if end.reason in SAYABLE_REASONS else ""


def _change(dossier: Dossier, say: _Say) -> TalkingPoint:
    opening = dossier.opening
    if not opening.is_open:
        sentence = say("change_none_say", title=opening.title)
        return TalkingPoint("change", say("change_none"), sentence, (opening.source,))
    parts = [_quote(change.text) for change in dossier.changes]
    key = "change_open"
    if opening.opened_on is not None:
        key = "change_reopened" if opening.reopened else "change_opened"
    parts.append(say(key, title=opening.title, on=say.day(opening.opened_on), n=opening.vacancies))
    sentence = say.words["and"].join(parts)
    if dossier.disposition is not None and dossier.disposition.condition.strip():
        sentence += say("condition", words=_quote(dossier.disposition.condition))
    sources = (*[change.source for change in dossier.changes], opening.source)
    return TalkingPoint("change", say("change"), sentence, sources)


def told_change(dossier: Dossier, *, today: date, lang: Lang) -> str:
    """What has changed, in words for the candidate: without vacancies and without our own conditions."""
    opening, say = dossier.opening, _Say(lang, today, dossier)
    if not opening.is_open:
        return ""
    parts = [_quote(change.text) for change in dossier.changes]
    key = "told_open"
    if opening.opened_on is not None:
        key = "told_reopened" if opening.reopened else "told_opened"
    parts.append(say(key, title=opening.title, on=say.day(opening.opened_on)))
    return say.words["and"].join(parts).strip()


def told_month(on: date | None, *, today: date, dossier: Dossier, lang: Lang) -> str:
    """3月 this year, 2025年3月 otherwise; "" when unknown."""
    return _Say(lang, today, dossier).month(on) if on is not None else ""


def told_regard(dossier: Dossier) -> Remark | None:
    """The remark that may be passed on: the requester's own first, else the newest recommendation."""
    free = [remark for remark in dossier.remarks if remark.shareable and remark.words.strip()]
    own = [remark for remark in free if remark.by_requester]
    ranked = own or sorted(
        free, key=lambda each: (bool(each.recommended), each.source.on or date.min), reverse=True
    )
    return ranked[0] if ranked else None


def quote(words: str) -> str:
    """Words on one line without their closing mark, to be put inside a sentence."""
    return _quote(words)


def pay_conflict(expectations: Sequence[Expectation]) -> bool:
    """Whether two statements about pay name different figures; wording alone is no conflict."""
    said = {
        (item.pay_low or item.pay_high, item.pay_high or item.pay_low)
        for item in expectations
        if item.kind == "pay" and (item.pay_low is not None or item.pay_high is not None)
    }
    return len(said) > 1


def pay_statements(expectations: Sequence[Expectation]) -> list[Expectation]:
    """Statements about pay, newest first, one per figure: both sides of a contradiction stay visible."""
    seen: set[object] = set()
    kept = []
    for item in _newest([each for each in expectations if each.kind == "pay"]):
        figure: object = (item.pay_low, item.pay_high) if item.pay_low or item.pay_high else item.text
        if figure not in seen:
            seen.add(figure)
            kept.append(item)
    return kept


def _pay(dossier: Dossier, say: _Say) -> TalkingPoint:
    said = pay_statements(dossier.expectations)
    band = pay_in_k(dossier.opening.pay_low, dossier.opening.pay_high)
    parts = [say("pay_said", on=say.month(item.source.on), text=item.text) for item in said]
    sentence = say.words["and"].join(parts) + say.words["end"] if parts else say("pay_none")
    if parts and say.lang == "zh-hans":
        sentence = say.who + (" " if parts[0][:1].isdigit() else "") + sentence
    if band:
        sentence += say("pay_band", band=band)
    conflict = say.words["conflict"] if pay_conflict(dossier.expectations) else ""
    stale = say.stale(said[0].source.on, WISH_STALE_DAYS) if said else ""
    return TalkingPoint(
        "pay",
        say("pay"),
        sentence,
        tuple(item.source for item in said),
        shareable=False,
        stale=stale,
        conflict=conflict,
    )


def _availability(dossier: Dossier, say: _Say) -> TalkingPoint | None:
    said = _newest([item for item in dossier.expectations if item.kind == "availability"])
    if not said:
        return None
    last = said[0]
    stale = say.stale(last.source.on, WISH_STALE_DAYS)
    sentence = say("availability_said", on=say.month(last.source.on), text=_quote(last.text))
    if dossier.person.current_work:
        sentence += say("availability_now", work=dossier.person.current_work)
    intent = say("availability" if stale else "availability_fresh")
    differ = len({item.text for item in said}) > 1 and not stale
    conflict = say.words["conflict"] if differ else ""
    sources = tuple(item.source for item in said) if differ else (last.source,)
    return TalkingPoint(
        "availability", intent, sentence + say.words["end"], sources, stale=stale, conflict=conflict
    )


def _wish(item: Expectation, say: _Say) -> TalkingPoint:
    sentence = say("wish_said", on=say.month(item.source.on), text=_quote(item.text))
    stale = say.stale(item.source.on, WISH_STALE_DAYS)
    return TalkingPoint(item.kind, say(item.kind), sentence, (item.source,), stale=stale)


def _phone(dossier: Dossier, say: _Say) -> TalkingPoint | None:
    source: Source | None = dossier.reach.phone_source
    if source is None:
        return None
    stale = say.stale(source.on, PHONE_STALE_DAYS)
    if not stale:
        return None
    key = "phone_old" if source.on else "phone_never"
    return TalkingPoint("phone", say("phone"), say(key, on=say.day(source.on)), (source,), stale=stale)


def _preference(dossier: Dossier, say: _Say) -> TalkingPoint | None:
    if not dossier.reach.preference.strip():
        return None
    source = dossier.reach.preference_source
    sentence = say("preference_say", text=_quote(dossier.reach.preference))
    return TalkingPoint("preference", say("preference"), sentence, (source,) if source else ())
