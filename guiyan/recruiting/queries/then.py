"""Why not then, what would change it, and how it stands today."""

from collections.abc import Callable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiyan.kernel.dates import local_day
from guiyan.kernel.money import format_band
from guiyan.recruiting import conditions as rows_to_engine
from guiyan.recruiting.engine import conditions as engine
from guiyan.recruiting.engine.pay_words import hide_pay
from guiyan.recruiting.models import Disposition, ReconsiderCondition, Requisition
from guiyan.recruiting.queries.load import Rows
from guiyan.recruiting.queries.rows import Check, Mark, Then
from guiyan.recruiting.queries.words import day_words, full_day, sentence

Kind = ReconsiderCondition.Kind


def plain_or_hidden(pay: bool) -> Callable[[str], str]:
    """How free words reach this viewer: as they are, or with amounts of pay hidden."""
    return (lambda words: words) if pay else hide_pay


def verdict_of(rows: Rows, ending: Disposition, today: date) -> engine.Verdict:
    """The engine's judgement of the last closed application."""
    mine = [row for row in rows.conditions if row.disposition_id == ending.pk]
    openings = [rows_to_engine.opening_of(r) for r in rows.requisitions if r.state == Requisition.State.OPEN]
    return engine.judge(
        [rows_to_engine.condition_of(row) for row in mine], openings,
        [rows_to_engine.change_of(row) for row in rows.changes], since=local_day(ending.decided_at), today=today,
    )  # fmt: skip


def then_of(
    rows: Rows, ending: Disposition, verdict: engine.Verdict, *, pay: bool, clash: bool, today: date
) -> Then:
    """The block of three. `clash`: the candidate said two different amounts, the viewer may know that."""
    words = plain_or_hidden(pay)
    mine = [row for row in rows.conditions if row.disposition_id == ending.pk]
    when = full_day(local_day(ending.decided_at))
    anchor = f"#end-{ending.application_id}"
    big, rest = _condition_words(mine, pay=pay)
    return Then(
        disposition_id=ending.pk,
        reason=str(ending.get_reason_display() if ending.reason else ending.get_outcome_display()),
        reason_text=words(ending.words),
        reason_sources=(Mark(_dots(_("Disposition"), ending.decided_by_name, when), "disposition", anchor),),
        condition=words(big),
        condition_text=words(rest),
        condition_sources=(Mark(_dots(_("Reconsider condition"), ending.decided_by_name, when), "condition", anchor),)
        if mine
        else (),
        met=verdict.outcome,
        now_title=_now_title(verdict),
        checks=_checks(verdict, pay=pay, clash=clash, today=today),
        ask=ending.decided_by_name,
        requisition_id=verdict.opening.id if verdict.opening else None,
    )  # fmt: skip


def _dots(*parts: str) -> str:
    return " ・ ".join(part for part in parts if part)


def words_of(row: ReconsiderCondition, *, pay: bool) -> str:
    """A condition as a phrase; a band without the right to read pay has none."""
    if row.kind == Kind.BAND_AT_LEAST:
        amount = format_band(row.amount, row.amount) if pay else ""
        return _("Salary band not below %(amount)s") % {"amount": amount} if amount else ""
    if row.words:
        return row.words
    if row.kind == Kind.DATE_ARRIVES and row.on_date:
        return _("From %(day)s on") % {"day": full_day(row.on_date)}
    if row.kind == Kind.REQUISITION_OPENS and row.position:
        return _("%(position)s opens again") % {"position": row.position}
    if row.kind == Kind.DEPARTMENT_RESTORED and row.department:
        return _("%(department)s is independent again") % {"department": row.department.name}
    return str(row.get_kind_display())


def _condition_words(mine: Sequence[ReconsiderCondition], *, pay: bool) -> tuple[str, str]:
    """The first condition large; the others follow: alternatives with “or”, the band as its own sentence."""
    others = [row for row in mine if row.kind != Kind.BAND_AT_LEAST]
    bands = [words for row in mine if row.kind == Kind.BAND_AT_LEAST and (words := words_of(row, pay=pay))]
    phrases = [words_of(row, pay=pay) for row in others] or bands[:1]
    rest = [_("Or %(words)s") % {"words": phrase} for phrase in phrases[1:]]
    rest += bands if others else bands[1:]
    return (phrases[0] if phrases else ""), "".join(sentence(phrase) for phrase in rest)


def _now_title(verdict: engine.Verdict) -> str:
    opening = verdict.opening
    if opening is not None:
        free = opening.vacancies
        return ngettext(
            "The position is open again, %(n)d vacancy", "The position is open again, %(n)d vacancies", free
        ) % {"n": free}
    if verdict.outcome == "met":
        return _("What had to change has changed")
    if verdict.outcome == "partly":
        return _("Something has changed, the position is not open yet")
    if verdict.outcome == "unknown":
        return _("A person has to judge this")
    return _("Nothing has changed yet")


def _checks(verdict: engine.Verdict, *, pay: bool, clash: bool, today: date) -> tuple[Check, ...]:
    """One line for each record that decides, oldest first; then what is missing; then what must be asked."""
    found: list[Check] = []
    changes = {check.change.id: check.change for check in verdict.checks if check.change}
    for change in sorted(changes.values(), key=lambda change: change.effective_on):
        found.append(_change_line(change, today))
    if verdict.opening is not None:
        found.append(opening_line(verdict.opening, pay=pay, today=today))
    for check in verdict.checks:
        line = _other_line(check, verdict, pay=pay, today=today)
        if line is not None:
            found.append(line)
    if clash:
        text = _("Two different pay wishes, please check when in contact")
        found.append(Check("ask", text, (Mark(_("See the difference"), "", "#exp", "clash"),)))
    return tuple(found)


def change_words(kind: str, department: str, day: str) -> str:
    """供应链中心 11月2日恢复独立."""
    facts = {"department": department, "day": day}
    if kind == "RESTORED":
        return _("%(department)s independent again since %(day)s") % facts
    if kind == "HEADCOUNT":
        return _("%(department)s got headcount on %(day)s") % facts
    if kind == "BUDGET":
        return _("%(department)s got budget on %(day)s") % facts
    return _("%(department)s changed on %(day)s") % facts


def _change_line(change: engine.Change, today: date) -> Check:
    text = change_words(change.kind, change.department, day_words(change.effective_on, today))
    return Check("ok", text, (Mark(_("Organisation change"), "organisation", f"#change-{change.id}"),))


def opening_line(opening: engine.Opening, *, pay: bool, today: date) -> Check:
    """供应链经理 11月16日重开，30–38K."""
    facts = {"title": opening.title, "day": day_words(opening.opened_on, today)}
    text = _("%(title)s open again since %(day)s") % facts
    band = format_band(opening.salary_min, opening.salary_max) if pay else ""
    if band:
        text = _("%(text)s, %(band)s") % {"text": text, "band": band}
    url = reverse("recruiting:requisition", args=[opening.id])
    return Check("ok", text, (Mark(opening.number, "requisition", url),))


def _other_line(check: engine.Check, verdict: engine.Verdict, *, pay: bool, today: date) -> Check | None:
    """Conditions no record line has covered yet."""
    condition = check.condition
    if condition.kind == "NEVER":
        return None
    if condition.kind == "BAND_AT_LEAST":
        if not pay or check.state == "ok" or check.opening is None:
            return None
        wanted = format_band(condition.amount, condition.amount)
        text = (
            _("The band has not reached %(amount)s")
            if check.state == "no"
            else _("Band unknown, %(amount)s is needed")
        )
        return Check(check.state, text % {"amount": wanted})
    if condition.kind == "DATE_ARRIVES" and condition.on_date:
        facts = {"day": full_day(condition.on_date)}
        text = _("%(day)s has arrived") if check.state == "ok" else _("%(day)s is still to come")
        return Check(check.state, text % facts)
    if check.state == "ask":
        return Check("ask", plain_or_hidden(pay)(condition.words))
    if check.state == "no" and verdict.outcome != "met":
        label = condition.words or str(Kind(condition.kind).label)
        return Check("no", plain_or_hidden(pay)(label))
    return None
