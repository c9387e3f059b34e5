"""From what a record says to what the recruiting room writes."""

from collections.abc import Hashable

from django.utils.translation import gettext as _

from guiyan.importing.engine.model import Facts, ImportedRecord, Place
from guiyan.recruiting.commands import HistoryRow

OUTCOMES = {"rejected": "REJECTED", "hired": "HIRED", "withdrawn": "WITHDREW", "no_show": "NO_SHOW"}
SALUTATIONS = {"M": "MR", "F": "MS"}
LONGEST_FILE_NAME = 60


def source_of(place: Place) -> str:
    """`file · sheet · row` in the company's language, short enough for every source column."""
    parts = [place.file[:LONGEST_FILE_NAME], place.sheet[:20], where_of(place)]
    return " · ".join(part for part in parts if part)


def where_of(place: Place) -> str:
    """The row, record or column inside its sheet, in words."""
    if place.record is not None:
        return _("record %(record)s, line %(line)s") % {"record": place.record, "line": place.line}
    if place.column:
        return _("column %(column)s") % {"column": place.column}
    if place.row_end:
        return _("rows %(first)s–%(last)s") % {"first": place.row, "last": place.row_end}
    return _("row %(row)s") % {"row": place.row} if place.row else ""


def history_row(
    record: ImportedRecord, *, name: str, person: Hashable, application: Hashable, candidate_id: int | None,
    application_id: int | None, outcome_known: bool,
) -> HistoryRow:  # fmt: skip
    """The row for `record_history`. `outcome_known`: this record or another of the same interview says how it ended."""
    facts = record.facts
    return HistoryRow(
        name=facts.name or name, source=source_of(record.place), person_key=person, candidate_id=candidate_id,
        application_id=application_id, application_key=application, english_name=facts.english_name or "",
        salutation=SALUTATIONS.get(facts.gender or "", ""), phones=facts.phones, email=facts.email or "",
        wechat=facts.wechat or "", id_number=facts.id_no or "", city=facts.city or "", years=facts.years,
        company=facts.last_company or "",
        title=facts.last_title or "", school=facts.school or "", degree=facts.degree or "", tags=facts.tags,
        do_not_contact_words=_silence(facts), position=facts.position or "", department_name=facts.department or "",
        foreign_number=facts.interview_no or "", met_on=facts.date, round_name=facts.round or "",
        interviewers=facts.interviewers, evaluation=facts.evaluation or "", outcome=OUTCOMES.get(facts.status or "", ""),
        reason=(facts.reason_type or "").upper(), reason_words=facts.reason_text or "", pay_words=facts.salary_raw or "",
        pay_min=facts.salary_month_min, pay_max=facts.salary_month_max, wishes=facts.expectations,
        notes=tuple(_notes(facts, outcome_known)),
    )  # fmt: skip


def _silence(facts: Facts) -> str:
    if facts.contact_allowed is False:
        return _("The file says that this person must not be contacted.")
    return _("The file lists this person as blocked.") if facts.blacklisted else ""


def _notes(facts: Facts, outcome_known: bool) -> list[str]:
    """What the file says beside the facts; a reason without any outcome stays a remark."""
    notes = [*facts.notes]
    if facts.comment:
        notes.append(facts.comment)
    if facts.name_remark:
        notes.append(facts.name_remark)
    if facts.referrer:
        notes.append(_("Recommended by %(name)s") % {"name": facts.referrer})
    if facts.reason_text and not outcome_known:
        notes.append(_("Reason given: %(words)s") % {"words": facts.reason_text})
    if facts.position and not facts.is_interview:
        notes.append(_("Listed for %(position)s, without an interview") % {"position": facts.position})
    return notes
