"""One record in the making: each field's cell is read by its own small rule, then the parts are put in agreement."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guiyan.importing.engine.grid import CellError, Value, text_of
from guiyan.importing.engine.meaning import Column
from guiyan.importing.engine.model import Facts, ImportedRecord, ImportIssue, Place
from guiyan.importing.engine.values import dates, names, outcomes, phones, salary, texts


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell on its way into a record."""

    column: Column
    value: Value
    hidden: bool = False
    comment: str = ""
    from_above: bool = False  # the value stands in a merged cell that began in a row above


@dataclass(slots=True)
class Draft:
    """Facts so far, what to warn of, what was blanked, and the words from which the outcome is decided."""

    place: Place
    today: date
    context: dates.Context
    facts: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    issues: list[ImportIssue] = field(default_factory=list)
    outcome: dict[str, str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)
    name_problem: str = ""
    may_hold_position: bool = False

    def blank(self, code: str, name: str, raw: str) -> None:
        """Report a value that was not taken."""
        self.issues.append(ImportIssue(self.place, code, name, raw))

    def add(self, name: str, *values: str) -> None:
        """Append to a fact that holds several."""
        have = self.facts.get(name, ())
        self.facts[name] = (*have, *[value for value in dict.fromkeys(values) if value and value not in have])


def read_cell(draft: Draft, cell: Cell) -> None:
    """Let the field's rule read the cell into the draft."""
    text = text_of(cell.value)
    name = cell.column.field
    if isinstance(cell.value, CellError) and name != "name":
        draft.blank("formula_error", name, cell.value.text)
        return
    if not text and name != "name":
        return
    rule = _RULES.get(name)
    if rule is None:
        if name == "unknown" and cell.column.header:
            draft.extra.append((cell.column.header, text[:500]))
        return
    before = set(draft.facts)
    rule(draft, text, cell)
    if cell.hidden:
        new = draft.facts.keys() - before
        draft.hidden += sorted(key for key in new if draft.facts[key] is not None and key not in _ABOUT)
    if isinstance(cell.value, str) and name in _PROSE and texts.starts_like_formula(text):
        if draft.place.record is None:  # a spreadsheet says of each cell that it is text; a text table cannot
            draft.facts["literal_text"] = True
        draft.warnings.append("cell_starts_with_formula_char")


_ABOUT = frozenset({"name_raw", "salary_raw", "unit_from_header", "date_from"})
_PROSE = frozenset(
    {"name", "evaluation", "note", "reason", "result_reason", "expectation", "tags", "position", "referrer"}
)


def _name(draft: Draft, text: str, cell: Cell) -> None:
    found = names.parse_name(text, may_hold_position=draft.may_hold_position)
    remark = None if texts.is_private(found.remark or "") else found.remark
    draft.facts.update(name=found.value, name_remark=remark, english_name=found.english)
    if text and text != found.value and not texts.is_private(text):
        draft.facts["name_raw"] = text
    if found.position and not draft.facts.get("position"):
        draft.facts["position"] = found.position
    draft.name_problem = found.problem
    if found.problem and found.problem != "no_name":
        draft.blank(found.problem, "name", text)


def _phone(draft: Draft, text: str, cell: Cell) -> None:
    found = phones.parse_phones(text)
    draft.add("phones", *found.numbers)
    if found.email:
        draft.facts.setdefault("email", found.email)
    for code, raw in found.problems:
        draft.blank(code, "phone", raw)


def _email(draft: Draft, text: str, cell: Cell) -> None:
    address, spoiled = phones.parse_email(text)
    if address:
        draft.facts["email"] = address
    elif spoiled:
        draft.blank("email_invalid", "email", text)


def _date(draft: Draft, text: str, cell: Cell) -> None:
    found = dates.parse_day(cell.value, today=draft.today, context=draft.context)
    if found.problem:
        draft.blank(found.problem, "date", text)
        return
    if found.value is None:
        return
    draft.facts["date"] = found.value
    if cell.from_above:
        draft.facts["date_from"] = "merged_cell_above"
    if found.inferred and draft.context.year is None:
        draft.warnings.append("date_year_inferred")


def _expected(draft: Draft, text: str, cell: Cell) -> None:
    unit, yearly = salary.header_unit(cell.column.header)
    take_pay(draft, salary.parse_pay(text, unit=unit, yearly=yearly))


def take_pay(draft: Draft, pay: salary.Pay) -> None:
    """Put a parsed expectation into the draft, or report it."""
    if pay.problem:
        draft.blank(pay.problem, "exp", pay.raw or "")
        return
    draft.facts.update(salary_month_min=pay.low, salary_month_max=pay.high, salary_raw=pay.raw)
    if pay.unit_from_header:
        draft.facts["unit_from_header"] = pay.unit_from_header


def _current(draft: Draft, text: str, cell: Cell) -> None:
    unit, yearly = salary.header_unit(cell.column.header)
    pay = salary.parse_pay(text, unit=unit, yearly=yearly)
    if pay.problem:
        draft.blank(pay.problem, "current_salary", pay.raw or "")
    else:
        draft.facts["current_salary_month"] = pay.low if pay.low is not None else pay.high


def _evaluation(draft: Draft, text: str, cell: Cell) -> None:
    have = draft.facts.get("evaluation")
    if have is None:
        draft.facts["evaluation"] = text
    else:
        draft.facts["evaluation"] = f"{have}\n{cell.column.header}：{text}"


def _note(draft: Draft, text: str, cell: Cell) -> None:
    for part in texts.split_list(text, marks="；;\n"):
        draft.add("expectations" if texts.is_wish(part) else "notes", part)


def _outcome(key: str) -> Callable[[Draft, str, Cell], None]:
    def rule(draft: Draft, text: str, cell: Cell) -> None:
        if key == "result":
            word, reason = outcomes.split_result(text)
            if reason and word:
                draft.outcome.setdefault("reason", reason)
                text = word
        draft.outcome[key] = text

    return rule


def _pair(draft: Draft, text: str, cell: Cell) -> None:
    word, reason = outcomes.split_result(text)
    if word:
        draft.outcome["result"] = word
    if reason:
        draft.outcome["reason"] = reason


def _text(name: str, limit: int = 200) -> Callable[[Draft, str, Cell], None]:
    def rule(draft: Draft, text: str, cell: Cell) -> None:
        if not texts.says_nothing(text):
            draft.facts[name] = text[:limit]

    return rule


def _gender(draft: Draft, text: str, cell: Cell) -> None:
    if found := texts.parse_gender(text):
        draft.facts["gender"] = found


def _age(draft: Draft, text: str, cell: Cell) -> None:
    if (match := re.search(r"\d{1,3}", text)) and 14 <= int(match.group(0)) <= 85:
        draft.facts["age_at_interview"] = int(match.group(0))


def _years(draft: Draft, text: str, cell: Cell) -> None:
    if (match := re.match(r"\d{1,2}(?!\d)", text)) and int(match.group(0)) <= 60:
        draft.facts["years"] = int(match.group(0))


def _people(draft: Draft, text: str, cell: Cell) -> None:
    draft.add("interviewers", *texts.split_people(text))


def _tags(draft: Draft, text: str, cell: Cell) -> None:
    draft.add("tags", *texts.split_list(text, marks="|｜,，、;；/\n"))


def _wishes(draft: Draft, text: str, cell: Cell) -> None:
    if not texts.says_nothing(text):
        draft.add("expectations", *texts.split_list(text, marks="；;\n"))


def _blacklisted(draft: Draft, text: str, cell: Cell) -> None:
    if outcomes.parse_yes(text):
        draft.facts["blacklisted"] = True


def _contact(*, means_allowed: bool) -> Callable[[Draft, str, Cell], None]:
    def rule(draft: Draft, text: str, cell: Cell) -> None:
        said = outcomes.parse_yes(text)
        if said is not None and said != means_allowed:
            draft.facts["contact_allowed"] = False

    return rule


def read_comment(draft: Draft, comment: str) -> None:
    """A cell comment: the author in front is dropped, a number in it is one more phone."""
    text = re.sub(r"^[^\s:：]{1,12}[:：]\s*", "", comment.strip())
    draft.add("phones", *phones.parse_phones(text).numbers)
    said = re.sub(r"[ \t]+", " ", phones.without_phones(text))
    if said:
        have = draft.facts.get("comment")
        draft.facts["comment"] = f"{have}；{said}" if have else said


_RULES: dict[str, Callable[[Draft, str, Cell], None]] = {
    "name": _name, "phone": _phone, "email": _email, "date": _date, "expected_salary": _expected,
    "current_salary": _current, "evaluation": _evaluation, "note": _note, "gender": _gender, "age": _age, "years": _years,
    "interviewers": _people, "tags": _tags, "expectation": _wishes, "blacklisted": _blacklisted,
    "contact_allowed": _contact(means_allowed=True), "do_not_contact": _contact(means_allowed=False),
    "result": _outcome("result"), "stage": _outcome("stage"), "offer": _outcome("offer"),
    "reason": _outcome("reason"), "result_reason": _pair,
    "english_name": _text("english_name"), "birth": _text("birth", 40), "wechat": _text("wechat"),
    "id_no": _text("id_no", 40), "candidate_no": _text("candidate_no", 60), "interview_no": _text("interview_no", 60),
    "city": _text("city"), "degree": _text("degree", 40), "school": _text("school"),
    "last_company": _text("last_company"), "last_title": _text("last_title"), "position": _text("position"),
    "department": _text("department"), "round": _text("round", 40), "rating": _text("rating", 40),
    "channel": _text("channel"), "referrer": _text("referrer"),
}  # fmt: skip


def finish(draft: Draft, *, has_pay_column: bool, hidden_sheet: bool) -> ImportedRecord:
    """Bring the parts into agreement: free text is split, outcome and reason decided, opt-outs noticed."""
    facts = draft.facts
    if not has_pay_column and "salary_raw" not in facts and facts.get("evaluation"):
        _split_free_text(draft)
    _decide_outcome(draft)
    if texts.asks_no_contact(
        " ".join([facts.get("comment") or "", *facts.get("notes", ()), *facts.get("expectations", ())])
    ):
        facts["contact_allowed"] = False
        draft.warnings.append("asked_not_to_be_contacted")
    if hidden_sheet:
        facts["hidden_sheet"] = True
        draft.warnings.append("hidden_sheet")
    if draft.hidden:
        facts["from_hidden_column"] = tuple(dict.fromkeys(draft.hidden))
    facts["extra"] = tuple(draft.extra)
    return ImportedRecord(draft.place, Facts(**facts), tuple(dict.fromkeys(draft.warnings)))


def _split_free_text(draft: Draft) -> None:
    """ "评价。要16-18K，岗位取消了": what was said, what was asked, why it ended."""
    whole = draft.facts["evaluation"]
    match = salary.find_pay(whole)
    if match is None:
        return
    tail = whole[match.end() :].strip(" ，,。；;、")
    if tail and not (outcomes.is_known_reason(tail) and len(tail) <= 40):
        return
    pay = salary.parse_pay(match.group(1))
    if pay.problem:
        return
    take_pay(draft, pay)
    draft.facts["evaluation"] = whole[: match.start()].strip(" ，,；;\n") or None
    draft.facts["free_text"] = whole
    draft.warnings.append("several_facts_in_one_cell")
    if tail and "reason" not in draft.outcome:
        draft.outcome["reason"] = tail


_FINAL = frozenset({"hired", "rejected", "withdrawn", "no_show"})


def _decide_outcome(draft: Draft) -> None:
    """Status from stage, result and offer together; the reason by its words. Unknown words are reported."""
    words = draft.outcome
    kind, reason = outcomes.parse_reason(words.get("reason", ""))
    stage, result = (
        outcomes.parse_status(words.get(key, ""), reason=reason or "") for key in ("stage", "result")
    )
    status = stage if stage in _FINAL else (result or stage)
    if stage == "pending" and result == "hired":
        status = "pending"
    if status is None and words.get("offer"):
        status = outcomes.parse_status(words["offer"])
    if reason:
        draft.facts.update(reason_type=kind, reason_text=reason)
    if status:
        draft.facts["status"] = status
    elif (
        words.get("result")
        and words["result"].lower() != outcomes.AMBIGUOUS
        and not texts.says_nothing(words["result"])
    ):
        draft.blank("status_unknown", "status", words["result"])
