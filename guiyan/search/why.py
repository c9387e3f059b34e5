"""Why a dossier was found: which record holds the words, the reason, the interviewer, the day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiyan.recruiting.reads_for_search import EvaluationLine, SearchCard
from guiyan.search.engine.highlight import Excerpt, Span, best_excerpt, matched_spans, phrases_of, shortened
from guiyan.search.engine.parts import Facet, Part

MOST_WHYS = 4


@dataclass(frozen=True, slots=True)
class Why:
    """One line: where it stands, the words with the spans that matched, who and when (marked when asked for).

    `kind` is the record's kind for its icon; `quoted` words are someone's own.
    """

    kind: str
    label: str | Promise
    words: Excerpt
    quoted: bool = False
    lead: str | Promise = ""
    lead_marked: bool = False
    good: bool = False
    who: str = ""
    who_marked: bool = False
    day: date | None = None
    day_marked: bool = False


def whys(card: SearchCard, parts: tuple[Part, ...]) -> Iterator[Why]:
    """At most four lines, the most telling first."""
    asked = _Asked(parts)
    lines = [
        *_evaluation(card, asked),
        *_disposition(card, asked),
        *_condition(card),
        *_spoken(card, asked),
        *_job(card, asked),
    ]
    yield from lines[:MOST_WHYS]


class _Asked:
    """The fitting parts, as the questions the lines ask of them."""

    def __init__(self, parts: Iterable[Part]) -> None:
        kept = list(parts)
        self.phrases = phrases_of(kept)
        self.interviewers = {v for p in kept if p.facet is Facet.INTERVIEWER for v in p.alternatives}
        self.reasons = {v for p in kept if p.facet is Facet.REASON for v in p.alternatives}
        self.periods = [p.value.split("/") for p in kept if p.facet is Facet.TIME]

    def day(self, day: date) -> bool:
        return any(start <= day.isoformat() < before for start, before in self.periods)


def _evaluation(card: SearchCard, asked: _Asked) -> Iterator[Why]:
    """The remark that holds most of the words; else the meeting asked for; else the latest remark."""
    if not card.evaluations:
        yield from _meeting(card, asked)
        return
    found = best_excerpt([line.words for line in card.evaluations], asked.phrases)
    if found:
        line, words = card.evaluations[found[0]], found[1]
    else:
        line = max(card.evaluations, key=lambda e: (e.interviewer in asked.interviewers, asked.day(e.day)))
        words = Excerpt(shortened(line.words))
    yield replace(
        _of_interview(line.round_name, line.interviewer, line.day, asked),
        words=words,
        quoted=True,
        kind="evaluation",
        label=_evaluation_label(line.round_name),
    )
    if found and not _asked_for(line, asked) and (asked.interviewers or asked.periods):
        yield from _meeting(card, asked)


def _evaluation_label(round_name: str) -> str:
    """一面评价."""
    return gettext("%(round)s evaluation") % {"round": round_name} if round_name else gettext("Evaluation")


def _asked_for(line: EvaluationLine, asked: _Asked) -> bool:
    return line.interviewer in asked.interviewers or asked.day(line.day)


def _meeting(card: SearchCard, asked: _Asked) -> Iterator[Why]:
    """The interview that fits the interviewer or the time asked for."""
    fitting = [m for m in card.interviews if m[1] in asked.interviewers or asked.day(m[2])]
    if fitting:
        best = max(fitting, key=lambda m: (m[1] in asked.interviewers) + asked.day(m[2]))
        yield _of_interview(*best, asked)


def _of_interview(round_name: str, name: str, day: date, asked: _Asked) -> Why:
    return Why(
        "interview", round_name or _("Interview"), Excerpt(""), who=name, who_marked=name in asked.interviewers,
        day=day, day_marked=asked.day(day),
    )  # fmt: skip


def _disposition(card: SearchCard, asked: _Asked) -> Iterator[Why]:
    """How it ended: the application that ended for the reason asked for, else the latest."""
    if not card.dispositions:
        return
    fitting = [line for line in card.dispositions if line.reason in asked.reasons]
    line = (fitting or card.dispositions)[0]
    words = shortened(line.words)
    yield Why(
        "disposition", _("Not hired") if line.reason else _("Outcome"),
        Excerpt(words, matched_spans(words, asked.phrases)),
        lead=line.reason_label if line.reason else line.outcome_label, lead_marked=bool(fitting), day=line.day,
    )  # fmt: skip


def _condition(card: SearchCard) -> Iterator[Why]:
    """What would change it, when it has changed."""
    met = next((line for line in card.conditions if line.met_on), None)
    if met:
        yield Why(
            "condition",
            _("Reconsider if"),
            Excerpt(shortened(met.met_words or met.words)),
            lead=_("Now met"),
            good=True,
        )


def _spoken(card: SearchCard, asked: _Asked) -> Iterator[Why]:
    found = best_excerpt([line.words for line in card.spoken], asked.phrases)
    if found:
        line = card.spoken[found[0]]
        yield Why(line.channel.lower(), line.channel_label, found[1], quoted=True, who=line.who, day=line.day)


def _job(card: SearchCard, asked: _Asked) -> Iterator[Why]:
    texts = [" ".join(filter(None, job)) for job in card.jobs]
    found = best_excerpt(texts, asked.phrases)
    if found:
        yield Why("work", _("Worked at"), found[1])


def spans_in(text: str, parts: Iterable[Part]) -> tuple[Span, ...]:
    """Where the asked words stand in a short text such as the headline."""
    return matched_spans(text, phrases_of(parts))
