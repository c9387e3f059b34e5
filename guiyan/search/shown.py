"""Search in the reader's words: chips, lines of hits, the preview's five lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guiyan.kernel.dates import format_day
from guiyan.kernel.periods import Period
from guiyan.platform.uikit.formats import initial, marked
from guiyan.recruiting.models import Disposition
from guiyan.recruiting.reads_for_search import SearchCard
from guiyan.search.engine.highlight import name_spans
from guiyan.search.engine.parts import Facet, Part
from guiyan.search.engine.times import shown_period
from guiyan.search.queries import Hit, SearchPage
from guiyan.search.why import Why

Words = str | Promise

FACETS: Mapping[Facet, Words] = {
    Facet.NAME: _("Name"),
    Facet.SURNAME: _("Surname"),
    Facet.GIVEN: _("Given name"),
    Facet.PINYIN: _("Pinyin"),
    Facet.NUMBER: _("Interview number"),
    Facet.PHONE: _("Phone"),
    Facet.INTERVIEWER: _("Interviewer"),
    Facet.TIME: _("Interviewed"),
    Facet.REASON: _("Why not hired"),
    Facet.POSITION: _("Position or skill"),
    Facet.CITY: _("City"),
    Facet.COMPANY: _("Company"),
    Facet.TAG: _("Tag"),
    Facet.DEPARTMENT: _("Department"),
    Facet.WORD: _("Words"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One understood condition; `why` explains one that was heard and not used."""

    facet: Words
    value: str
    remove_url: str = ""
    why: Words = ""

    @property
    def off(self) -> bool:
        """Heard, not used."""
        return bool(self.why)


@dataclass(frozen=True, slots=True)
class State:
    """Whether the person may be recalled, at a glance."""

    text: Words
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class WhyLine:
    """A label, safe HTML with marks, nothing else."""

    label: Words
    html: SafeString


@dataclass(frozen=True, slots=True)
class HitRow:
    """What hit.html shows."""

    id: int
    url: str
    initial: str
    name: SafeString
    state: State
    number: str
    line: str
    whys: tuple[WhyLine, ...]
    count: str
    full: bool
    preview_url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One of the preview's lines with its source."""

    label: Words
    lead: Words
    text: str = ""
    good: bool = False
    source: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """One dossier in five lines."""

    id: int
    url: str
    recall_url: str
    name: str
    line: str
    state: State
    lines: tuple[Line, ...]


def facet_label(part: Part) -> Words:
    """A surname heard two ways is a matter of sound."""
    return _("Sounds like") if part.facet is Facet.SURNAME and "|" in part.value else FACETS[part.facet]


def part_words(part: Part) -> str:
    """What the chip says in the reader's language."""
    if part.facet is Facet.REASON:
        return str(Disposition.Reason(part.value).label)
    if part.facet is Facet.TIME and not _chinese():
        start, before = (date.fromisoformat(day) for day in part.value.split("/"))
        return _english_period(Period(start, before))
    return part.shown if part.facet is not Facet.TIME else shown_period(_period(part))


def _period(part: Part) -> Period:
    start, before = (date.fromisoformat(day) for day in part.value.split("/"))
    return Period(start, before)


def _english_period(period: Period) -> str:
    last = period.before - timedelta(days=1)
    if period.start.month == period.start.day == 1 and (last.month, last.day) == (12, 31):
        return str(last.year) if last.year == period.start.year else f"{period.start.year}–{last.year}"
    return f"{format_day(period.start, 'en')} – {format_day(last, 'en')}"


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def find_url(text: str, *, removed: Iterable[str] = (), **more: str | int) -> str:
    """The address of this search, shareable."""
    pairs = [
        ("q", text),
        *(("drop", chip) for chip in sorted(removed)),
        *((k, str(v)) for k, v in more.items()),
    ]
    return f"{reverse('search:find')}?{urlencode(pairs)}"


def chips(page: SearchPage, removed: frozenset[str]) -> list[Chip]:
    """The understood conditions, then what was heard and not used."""
    text = page.understanding.text
    withheld = {part.id for part in page.withheld}
    made = [
        Chip(facet_label(part), part_words(part), find_url(text, removed={*removed, part.id}))
        for part in page.understanding.parts
        if part.id not in withheld
    ]
    for part in page.withheld:
        said = gettext("“%(said)s” was not used") % {"said": part.shown}
        made.append(Chip("", said, why=_("You may not search by contact data. Ask your HR manager.")))
    for part in page.understanding.unused:
        said = gettext("“%(said)s” was not used") % {"said": part.shown}
        made.append(Chip("", said, why=_("Gender is never a search condition.")))
    return made


def state_of(card: SearchCard, today: date) -> State:
    """In the order of what weighs most."""
    if card.do_not_contact:
        return State(_("Asked not to be contacted"), "bad", "ban")
    if card.employed_here:
        return State(_("Works here"), "info", "id-badge-2")
    if card.consent_until and card.consent_until <= today:
        return State(_("Consent has lapsed"), "wait", "clock-pause")
    met = any(line.met_on for line in card.conditions)
    return State(_("Can be recalled"), "ok" if met else "", "check")


def headline(card: SearchCard) -> str:
    """供应链经理候选人 · 恒裕电子 供应链副经理 · 苏州."""
    applied = gettext("%(position)s candidate") % {"position": card.position} if card.position else ""
    return " · ".join(filter(None, (applied, " ".join(filter(None, (card.company, card.title))), card.city)))


def day_words(day: date) -> str:
    """A day in the reader's language."""
    return format_day(day, get_language() or "zh-hans")


def why_line(why: Why) -> WhyLine:
    """Words with marks, who and when."""
    lead = format_html("<mark>{}</mark>", why.lead) if why.lead_marked else why.lead
    if why.good:
        lead = format_html('<span class="gy-ok gy-b">{}</span>', why.lead)
    words: SafeString | str = marked(why.words.text, why.words.spans)
    if why.quoted and why.words.text:
        words = format_html("<q>{}</q>", words)
    joint = ("　" if why.good else gettext(": ")) if lead and why.words.text else ""
    who = format_html("<mark>{}</mark>", why.who) if why.who_marked else why.who
    day: SafeString | str = day_words(why.day) if why.day else ""
    if day and why.day_marked:
        day = format_html("<mark>{}</mark>", day)
    tail = format_html('{}{}<time class="gy-nw">{}</time>', who, gettext(", ") if who and day else "", day)
    gap = "　" if (lead or why.words.text) and (who or day) else ""
    return WhyLine(why.label, format_html("{}{}{}{}{}", lead, joint, words, gap, tail))


def fits_words(hit: Hit) -> str:
    """5 项全符合 / 符合 4 项."""
    if hit.full:
        return ngettext("Fits", "Fits all %(n)d", hit.asked) % {"n": hit.asked}
    return ngettext("Fits %(n)d", "Fits %(n)d", hit.fits) % {"n": hit.fits}


def hit_row(hit: Hit, text: str, today: date) -> HitRow:
    """One result."""
    card = hit.card
    return HitRow(
        card.id,
        dossier_url(card.id),
        initial(card.name),
        marked(card.name, name_spans(card.name, hit.parts)),
        state_of(card, today),
        card.number,
        headline(card),
        tuple(why_line(why) for why in hit.whys),
        fits_words(hit),
        hit.full,
        reverse("search:preview", args=[card.id]),
    )


def dossier_url(candidate_id: int) -> str:
    """The dossier's page."""
    return reverse("recruiting:dossier", args=[candidate_id])


def recall_url(candidate_id: int) -> str:
    """Where a recall of this person is asked for; "" where the room is not installed."""
    try:
        return f"{reverse('recall:sheet')}?candidate={candidate_id}"
    except NoReverseMatch:
        return ""


def preview_of(card: SearchCard, today: date) -> Preview:
    """The five lines: why not, what would change it, what holds now, who met the person, the last talk."""
    lines = (_ended(card), _would_change(card), _now(card), _met_by(card), _last_talk(card))
    about = [" ".join(filter(None, (card.company, card.title))), card.city]
    if card.years:
        about.append(
            ngettext("%(n)d year of experience", "%(n)d years of experience", card.years) % {"n": card.years}
        )
    return Preview(
        card.id,
        dossier_url(card.id),
        recall_url(card.id),
        card.name,
        " · ".join(filter(None, about)),
        state_of(card, today),
        tuple(line for line in lines if line),
    )


def _source(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def _ended(card: SearchCard) -> Line | None:
    if not card.dispositions:
        return None
    line = card.dispositions[0]
    lead = line.reason_label if line.reason else line.outcome_label
    return Line(
        _("Why not hired then"), lead, line.words, kind="disposition",
        source=_source(_("Outcome"), line.decided_by, line.day.isoformat()),
    )  # fmt: skip


def _would_change(card: SearchCard) -> Line | None:
    if not card.conditions:
        return None
    line = card.conditions[0]
    return Line(
        _("What would change it"),
        line.words or line.label,
        kind="condition",
        source=str(line.label) if line.words else "",
    )


def _now(card: SearchCard) -> Line | None:
    met = next((line for line in card.conditions if line.met_on), None)
    if met:
        return Line(
            _("How it stands now"), met.met_words or _("Now met"), good=True, kind="requisition",
            source=_source(met.met_source, met.met_on and met.met_on.isoformat()),
        )  # fmt: skip
    return Line(_("How it stands now"), _("Nothing has changed yet")) if card.conditions else None


def _met_by(card: SearchCard) -> Line | None:
    if not any(name for _round, name, _day in card.interviews):
        return None
    ratings = {line.interviewer: line.rating for line in card.evaluations if line.rating}
    names = dict.fromkeys(name for _round, name, _day in card.interviews if name)
    people = gettext(", ").join(f"{name}{_rated(ratings.get(name, ''))}" for name in names)
    days = [day for _round, _name, day in card.interviews]
    span = _source(min(days).isoformat(), max(days).isoformat() if min(days) != max(days) else "")
    return Line(_("Who met this person"), people, kind="evaluation", source=span)


def _rated(rating: str) -> str:
    return gettext(" (%(rating)s)") % {"rating": rating} if rating else ""


def _last_talk(card: SearchCard) -> Line | None:
    if not card.spoken:
        return None
    line = card.spoken[0]
    words = line.words if len(line.words) <= 90 else line.words[:89] + "…"
    return Line(
        _("Last talk"),
        words,
        kind=line.channel.lower(),
        source=_source(line.channel_label, line.who, line.day.isoformat()),
    )
