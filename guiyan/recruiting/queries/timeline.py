"""Everything that happened, newest first: each record as one moment."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import TextChoices
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guiyan.kernel.dates import local_day
from guiyan.platform.models import EventRow
from guiyan.recruiting.models import (
    Application,
    Communication,
    Disposition,
    Evaluation,
    Interview,
    Requisition,
)
from guiyan.recruiting.queries.foreign import RECALL_WORDS
from guiyan.recruiting.queries.load import InterviewRows, Rows, SeatRows, Words, ending_of
from guiyan.recruiting.queries.rows import Mark, Moment, Quote
from guiyan.recruiting.queries.then import change_words, plain_or_hidden, words_of
from guiyan.recruiting.queries.words import (
    CHANNEL_ICONS,
    channel_title,
    day_words,
    quoted,
    record_words,
    sentence,
    who_words,
)

RANK = {"STRONG_YES": "ok", "YES": "ok", "HIRE": "ok", "UNSURE": "info", "NO": "bad"}
ORDER = {"interview": 1, "talk": 0, "change": 2}


def moments(rows: Rows, *, user_id: int | None, manages: bool, pay: bool, today: date) -> tuple[Moment, ...]:
    """The whole timeline. `manages`: may decide for every remark what reaches the candidate."""
    found: Iterable[Moment] = (
        *(_interview(meeting, user_id=user_id, manages=manages, pay=pay) for meeting in rows.interviews),
        *(_talk(said, rows.candidate.name, pay=pay) for said in rows.communications),
        *_endings(rows, pay=pay),
        *_resumes(rows),
        *_radar(rows, pay=pay, today=today),
        *_changes(rows, today=today),
        *_left_alone(rows),
        *_recalls(rows.events),
    )
    return tuple(sorted(found, key=_place, reverse=True))


def _place(moment: Moment) -> tuple[date, str, int, str]:
    """Newest first; what has no hour comes at the end of its day."""
    at = moment.when.isoformat() if isinstance(moment.when, datetime) else ""
    return moment.day, at, ORDER[moment.kind], moment.key


def _interview(meeting: InterviewRows, *, user_id: int | None, manages: bool, pay: bool) -> Moment:
    ratings = [seat.rating for seat in meeting.seats.values() if seat.rating]
    labels = dict.fromkeys(str(label_of(Evaluation.Rating, rating)) for rating in ratings)
    title = meeting.round_name or _("Interview")
    state = Interview.State(meeting.state)
    if labels:
        title = _("%(what)s: %(result)s") % {
            "what": title,
            "result": pgettext("between names", ", ").join(labels),
        }
    elif state != Interview.State.DONE:
        title = _("%(what)s: %(result)s") % {"what": title, "result": state.label}
    tone = RANK[min(ratings, key=list(RANK).index)] if ratings else ""
    if "NO" in ratings:
        tone = "bad" if len(set(ratings)) == 1 else "info"
    elif state in {Interview.State.NO_SHOW, Interview.State.CANCELLED}:
        tone = "bad"
    quotes = [
        _remark(seat, remark, mine=manages or (user_id is not None and seat.user_id == user_id), pay=pay)
        for seat in meeting.seats.values()
        for remark in seat.remarks
    ]
    return Moment(
        key=f"interview-{meeting.id}", kind="interview", title=title,
        icon="user-check" if ratings else "calendar-event", tone=tone,
        who=pgettext("between names", ", ").join(seat.name for seat in meeting.seats.values()),
        when=meeting.at if meeting.time_known else local_day(meeting.at), day=local_day(meeting.at),
        quotes=tuple(quotes),
    )  # fmt: skip


def label_of(choices: type[TextChoices], value: str) -> str:
    """The words of a choice."""
    return str(choices(value).label)


def _remark(seat: SeatRows, remark: Words, *, mine: bool, pay: bool) -> Quote:
    mark = Mark(_("Evaluation ・ %(name)s") % {"name": seat.name}, "evaluation")
    text = quoted(plain_or_hidden(pay)(remark.words))
    return Quote(text, (mark,), remark.shareable, remark.id, mine)


def _talk(said: Communication, name: str, *, pay: bool) -> Moment:
    words = plain_or_hidden(pay)(said.words)
    icon = CHANNEL_ICONS.get(said.channel, "message")
    if said.channel == "PHONE" and not said.quoted:
        icon = "phone-check"
    quotes: tuple[Quote, ...] = ()
    if said.quoted:
        kind = "chat" if said.channel in {"WECOM", "WECHAT"} else "phone"
        quotes = (Quote(quoted(words), (Mark(record_words(said), kind),), said.shareable),)
    return Moment(
        key=f"talk-{said.pk}", kind="talk", title=channel_title(said), icon=icon,
        tone="" if said.channel == "NOTE" else "info", who=who_words(said, name),
        when=said.at if said.time_known else local_day(said.at), day=local_day(said.at),
        text="" if quotes else words, quotes=quotes,
    )  # fmt: skip


def _endings(rows: Rows, *, pay: bool) -> Iterator[Moment]:
    for application in rows.applications:
        ending = ending_of(application)
        if ending is None:
            continue
        bad = ending.outcome != Disposition.Outcome.HIRED
        yield Moment(
            key=f"end-{application.pk}", kind="change",
            title=_("Application ended: %(outcome)s") % {"outcome": ending.get_outcome_display()},
            icon="clipboard-x" if bad else "clipboard-check", tone="bad" if bad else "ok", who=ending.decided_by_name,
            when=ending.decided_at, day=local_day(ending.decided_at), text=_ending_text(rows, application, ending, pay=pay),
        )  # fmt: skip


def _ending_text(rows: Rows, application: Application, ending: Disposition, *, pay: bool) -> str:
    mine = [row for row in rows.conditions if row.disposition_id == ending.pk]
    first = next((words for row in mine if (words := words_of(row, pay=pay))), "")
    last = rows.disposition
    reason = str(ending.get_reason_display()) if ending.reason else ""
    text = sentence(reason)
    if last is None or last.pk != ending.pk:  # the block of three shows only the last one's words
        text += sentence(plain_or_hidden(pay)(ending.words))
        text = f"{application.position}{_(': ')}{text}" if text else application.position
    if first and ending.outcome != Disposition.Outcome.HIRED:
        text += _("Reconsider condition: %(words)s") % {"words": sentence(plain_or_hidden(pay)(first))}
    return text


def _resumes(rows: Rows) -> Iterator[Moment]:
    for resume in rows.resumes:
        yield Moment(
            key=f"resume-{resume.pk}", kind="change", title=_("Résumé received"), icon="file-import", tone="", who=_("System"),
            when=resume.received_on, day=resume.received_on, text=sentence(resume.source),
        )  # fmt: skip


def _radar(rows: Rows, *, pay: bool, today: date) -> Iterator[Moment]:
    """One moment each time the system saw conditions come true."""
    seen: dict[datetime, list[int]] = {}
    for index, row in enumerate(rows.conditions):
        if row.met_at is not None:
            seen.setdefault(row.met_at, []).append(index)
    endings = {ending.pk: ending for a in rows.applications if (ending := ending_of(a))}
    for at, indexes in seen.items():
        met = [rows.conditions[index] for index in indexes]
        best = max(met, key=lambda row: row.met_source.startswith("requisition:"))
        facts = {
            "what": best.met_words or words_of(best, pay=pay),
            "day": day_words(local_day(endings[best.disposition_id].decided_at), today),
        }
        if best.met_source.startswith("requisition:"):
            text = _("%(what)s opened again, as the condition written on %(day)s asks.") % facts
        else:
            text = _("%(what)s: as the condition written on %(day)s asks.") % facts
        yield Moment(
            key=f"radar-{best.pk}", kind="change", title=_("Recall radar: the condition is met"), icon="radar-2", tone="brand",
            who=_("System"), when=at, day=local_day(at), text=text,
        )  # fmt: skip


def _changes(rows: Rows, *, today: date) -> Iterator[Moment]:
    for change in rows.changes:
        if change.effective_on > today:
            continue
        by = _("Organisation change ・ %(who)s") % {"who": change.recorded_by}
        yield Moment(
            key=f"change-{change.pk}", kind="change",
            title=change.words or change_words(change.kind, change.department.name, ""), icon="sitemap", tone="",
            who=by if change.recorded_by else _("Organisation change"), when=change.effective_on, day=change.effective_on,
        )  # fmt: skip
    told = {row.met_source for row in rows.conditions}
    for requisition in rows.requisitions:
        if f"requisition:{requisition.pk}" not in told and requisition.state == Requisition.State.OPEN:
            day = requisition.opened_on or local_day(requisition.created_at)
            yield Moment(
                key=f"opening-{requisition.pk}", kind="change",
                title=_("%(title)s (%(number)s) is open") % {"title": requisition.title, "number": requisition.number},
                icon="briefcase", tone="", who=requisition.department.name, when=day, day=day,
            )  # fmt: skip


def _left_alone(rows: Rows) -> Iterator[Moment]:
    person = rows.candidate
    if person.do_not_contact_at is not None:
        yield Moment(
            key="left-alone", kind="change", title=_("Asked not to be contacted any more"), icon="ban", tone="bad",
            who=person.name, when=person.do_not_contact_at, day=local_day(person.do_not_contact_at),
            text=person.do_not_contact_words,
        )  # fmt: skip


def _recalls(events: Iterable[EventRow]) -> Iterator[Moment]:
    """What the recall room did with this person, told from the event rows."""
    for event in events:
        words = RECALL_WORDS.get(f"{event.name}:{event.facts.get('stage', '')}") or RECALL_WORDS.get(
            event.name
        )
        if words is None:
            continue
        yield Moment(
            key=f"event-{event.pk}", kind="change", title=str(words.title), icon=words.icon, tone=words.tone, who=event.by_name
            if event.by else _("System"), when=event.at, day=local_day(event.at), text=str(event.facts.get("number", "")),
            url=_recall_url(event),
        )  # fmt: skip


def _recall_url(event: EventRow) -> str:
    try:
        return reverse("recall:request", args=[event.facts["request_id"]])
    except (NoReverseMatch, KeyError):
        return ""
