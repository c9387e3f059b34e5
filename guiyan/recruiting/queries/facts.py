"""The right rail: wishes, work, applications, contact and consent, each with its source."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiyan.kernel.dates import local_day
from guiyan.kernel.emails import mask_email
from guiyan.kernel.money import format_band
from guiyan.kernel.phones import mask_phone
from guiyan.recruiting.models import Application, Candidate, Disposition, Expectation
from guiyan.recruiting.queries.contact import CONTACT_CAP, CONTACT_DAYS, ContactState
from guiyan.recruiting.queries.load import InterviewRows, Rows, WorkRow, ending_of
from guiyan.recruiting.queries.rows import Fact, Mark, Masked, Older
from guiyan.recruiting.queries.words import CHANNEL_KINDS, full_day, stale_words

Topic = Expectation.Topic
OLD_AFTER = {Topic.PAY: 180, Topic.TIMING: 180, Topic.CITY: 365, Topic.ROLE: 365, Topic.OTHER: 365}
GOOD = {"STRONG_YES", "YES", "HIRE"}


def wishes(rows: Sequence[Expectation], *, pay: bool, today: date) -> tuple[Fact, ...]:
    """One fact a topic, the newest first; other values stay visible below it. No pay without the right."""
    found: list[Fact] = []
    for topic in Topic:
        said = [row for row in rows if row.topic == topic]
        if not said or (topic == Topic.PAY and not pay):
            continue
        found += _several(said, today) if topic == Topic.OTHER else [_wish(said, today)]
    return tuple(found)


def _wish(said: Sequence[Expectation], today: date) -> Fact:
    newest = said[0]
    older: list[Expectation] = []
    for row in said[1:]:
        if not any(_same(row, other) for other in (newest, *older)):
            older.append(row)
    old = today - newest.said_on > timedelta(days=OLD_AFTER[Topic(newest.topic)])
    return Fact(
        key="exp" if newest.topic == Topic.PAY else f"exp-{newest.topic.lower()}",
        label=str(newest.get_topic_display()), value=value_of(newest),
        sources=(_said(newest, "old" if old and not older else ""),),
        older=tuple(Older(value_of(row), (_said(row),)) for row in older),
        state="stale" if old and not older else "", stale=stale_words(newest.said_on, today) if old else "",
    )  # fmt: skip


def _several(said: Sequence[Expectation], today: date) -> list[Fact]:
    """Wishes without a topic stand beside each other; they need not agree."""
    return [_wish([row], today) for row in said]


def value_of(row: Expectation) -> str:
    """The wish in words; pay without words as a band."""
    if row.topic != Topic.PAY:
        return row.words
    return row.pay_words or format_band(row.pay_min, row.pay_max)


def _same(one: Expectation, other: Expectation) -> bool:
    if one.topic == Topic.PAY and one.pay_min is not None and other.pay_min is not None:
        return (one.pay_min, one.pay_max) == (other.pay_min, other.pay_max)
    return "".join(value_of(one).split()) == "".join(value_of(other).split())


def clashes(facts: Sequence[Fact]) -> bool:
    """Two different amounts were said."""
    return any(fact.key == "exp" and fact.older for fact in facts)


def _said(row: Expectation, tone: str = "") -> Mark:
    """电话初筛 · 2026-03-02, leading to the conversation when it is on record."""
    talk = row.communication
    kind = CHANNEL_KINDS.get(talk.channel, "chat") if talk else (row.source_kind or "application")
    if talk is not None and talk.channel == "PHONE" and row.source_kind == "screening":
        kind = "phone"
    label = row.source or (str(talk.get_channel_display()) if talk else _("Statement"))
    return Mark(f"{label} ・ {row.said_on.isoformat()}", kind, f"#talk-{talk.pk}" if talk else "", tone)


def work(rows: Sequence[WorkRow]) -> tuple[Fact, ...]:
    """Jobs, newest first: 2022 至今, 2018–2022."""
    found = []
    for row in rows:
        job = "　".join(part for part in (row.company, row.title) if part)
        value = _("%(job)s, %(words)s") % {"job": job, "words": row.words} if row.words else job
        marks: tuple[Mark, ...] = ()
        if row.source or row.said_on:
            day = f" ・ {row.said_on.isoformat()}" if row.said_on else ""
            wecom = any(word in row.source for word in ("微信", "WeCom", "WeChat"))
            marks = (Mark(f"{row.source}{day}", "wecom" if wecom else "resume"),)
        found.append(Fact(f"work-{row.pk}", _span(row), value, marks))
    return tuple(found)


def _span(row: WorkRow) -> str:
    if row.from_year and row.until_year:
        return f"{row.from_year}–{row.until_year}"
    if row.from_year:
        return _("%(year)d to now") % {"year": row.from_year}
    return _("until %(year)d") % {"year": row.until_year} if row.until_year else _("Time unknown")


def applications(rows: Rows) -> tuple[Fact, ...]:
    """Position, outcome, how the rounds voted, number and days."""
    return tuple(_application(row, rows.interviews) for row in rows.applications)


def _application(row: Application, interviews: Sequence[InterviewRows]) -> Fact:
    ending = ending_of(row)
    days = row.applied_on.isoformat()
    if ending is not None:
        last = local_day(ending.decided_at)
        until = f"{last:%m-%d}" if last.year == row.applied_on.year else last.isoformat()
        days = _("%(first)s to %(last)s") % {"first": days, "last": until}
    good = ending is not None and ending.outcome == Disposition.Outcome.HIRED
    url = reverse("recruiting:requisition", args=[row.requisition_id]) if row.requisition_id else ""
    numbers = row.number if not row.foreign_number else f"{row.number}（{row.foreign_number}）"
    return Fact(
        key=f"application-{row.pk}", label=row.position,
        value=votes([m for m in interviews if m.application_id == row.pk]),
        sources=(Mark(f"{numbers} ・ {days}", "application", url),),
        badge=str(ending.get_outcome_display() if ending else row.get_state_display()),
        badge_tone="ok" if good else "bad" if ending else "info", badge_icon="check" if good else "x" if ending else "clock",
    )  # fmt: skip


def votes(interviews: Sequence[InterviewRows]) -> str:
    """三轮均推荐; 3 轮面试，2 轮推荐; "" before the first judgement."""
    rounds = [
        all(seat.rating in GOOD for seat in meeting.seats.values() if seat.rating)
        for meeting in interviews
        if any(seat.rating for seat in meeting.seats.values())
    ]
    total, yes = len(rounds), sum(rounds)
    if not total:
        return ""
    numbers = _("zero one two three four five six seven eight nine ten").split(" ")
    number = numbers[total] if total < len(numbers) else str(total)
    if yes == total == 1:
        return _("1 round, recommended")
    if yes == total:
        return ngettext("%(n)s round, recommended", "all %(n)s rounds recommended", total) % {"n": number}
    return ngettext("%(n)s round, %(yes)s recommended", "%(n)s rounds, %(yes)s recommended", total) % {
        "n": total,
        "yes": yes,
    }


def spaced_phone(e164: str | None) -> str:
    """138 **** 6027."""
    masked = mask_phone(e164)
    return f"{masked[:3]} {masked[3:7]} {masked[7:]}" if len(masked) == 11 else masked


def contacts(person: Candidate) -> tuple[Masked, ...]:
    """The masked contacts of a person, for viewers who may read C2."""
    found = []
    if person.phone:
        found.append(Masked("phone", _("the phone number"), spaced_phone(person.phone), "phone"))
    if person.email:
        found.append(Masked("email", _("the e-mail address"), mask_email(person.email), "mail"))
    return tuple(found)


def reach(rows: Rows, state: ContactState, *, contact: bool, today: date) -> tuple[Fact, ...]:
    """Contact and consent. `contact`: the viewer may read C2."""
    person = rows.candidate
    found = []
    if contact and person.phone:
        day = person.phone_verified_on
        marks = (
            (Mark(_("Confirmed in person ・ %(day)s") % {"day": day.isoformat()}, "person"),) if day else ()
        )
        old = day is not None and (today - day).days > 365
        found.append(
            Fact("phone", _("Mobile phone"), spaced_phone(person.phone), marks, state="stale" if old else "",
                 stale=stale_words(day, today) if old and day else "")
        )  # fmt: skip
    if contact and person.email:
        found.append(Fact("email", _("E-mail"), mask_email(person.email)))
    if person.wecom_external_id:
        owner = person.wecom_owner.name if person.wecom_owner else _("nobody")
        day = person.wecom_since
        marks = (Mark(_("Synchronised ・ %(day)s") % {"day": day.isoformat()}, "sync"),) if day else ()
        found.append(Fact("wecom", _("WeChat"), _("WeCom contact of %(name)s") % {"name": owner}, marks))
    found.append(_may_contact(state))
    found.append(_consent(person, today))
    return tuple(found)


def _may_contact(state: ContactState) -> Fact:
    facts = {"n": state.contacted, "cap": CONTACT_CAP, "days": CONTACT_DAYS}
    counted = _("%(n)d contacts in the last %(days)d days, at most %(cap)d") % facts
    said = {
        "do_not_contact": _("No. The person asked not to be contacted."),
        "employed": _("No. The person works here."),
        "consent": _("No. The consent has ended."),
        "too_often": _("Not now. %(counted)s.") % {"counted": counted},
    }
    value = said[state.why[0]] if state.why else _("Yes. %(counted)s") % {"counted": counted}
    return Fact("may", _("May be contacted"), value, (Mark(_("Contact rules"), "contact_rule"),))


def _consent(person: Candidate, today: date) -> Fact:
    label = _("Personal data")
    if person.consent_until is None and not person.consent_basis:
        return Fact("consent", label, _("No consent on record"))
    facts = {"day": person.consent_until.isoformat() if person.consent_until else ""}
    if person.consent_until is None:
        value = _("Agreed to be kept for later openings")
    elif person.consent_until < today:
        value = _("Consent ended on %(day)s") % facts
    else:
        value = _("Agreed to be kept for later openings until %(day)s") % facts
    day = f" ・ {person.consent_on.isoformat()}" if person.consent_on else ""
    basis = person.consent_basis or _("Consent form")
    return Fact("consent", label, value, (Mark(f"{basis}{day}", "consent"),))


def consent_line(person: Candidate) -> str:
    """同意保存至 2028年3月, for the head."""
    if person.consent_until is None:
        return ""
    day = full_day(person.consent_until)
    month = day.partition("月")[0] + "月" if "月" in day else day.partition(" ")[2]
    return _("consent until %(month)s") % {"month": month}
