"""Which field each column means: header words first, checked against what the cells hold; content alone if need be."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from guiyan.importing.engine import words
from guiyan.importing.engine.grid import Value, text_of
from guiyan.importing.engine.layout import Header
from guiyan.importing.engine.values import dates, names, outcomes, phones, salary

MULTIPLE = frozenset({"phone", "note", "evaluation", "tags", "expectation"})  # several columns may mean these
_ROUND_FIELDS = frozenset({"date", "interviewers", "evaluation", "result", "rating"})


@dataclass(frozen=True, slots=True)
class Column:
    """One understood column. `round` is set when the table tells several interviews side by side."""

    number: int
    field: str
    header: str
    sure: float
    round: str = ""


def _share(values: Sequence[Value], test: Callable[[str], bool]) -> float:
    texts = [text for value in values if (text := text_of(value))]
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def understand(header: Header, columns: dict[int, list[Value]]) -> list[Column]:
    """Give every column a field or "unknown". `columns` holds a sample of the body by column number."""
    found: list[Column] = []
    for number in sorted(set(header.labels) | set(columns)):
        label = header.labels.get(number, "")
        sample = columns.get(number, [])
        name, sure = words.field_of(label) if label else (None, 0.0)
        name, sure = _check(name, sure, label, sample)
        group = header.groups.get(number, "")
        found.append(
            Column(number, name or "unknown", label, sure, words.round_of(label) or words.round_of(group))
        )
    return _guess_missing(_name_among_people(_choose(found), columns), columns)


def _name_among_people(found: list[Column], columns: dict[int, list[Value]]) -> list[Column]:
    """ "面试人员" may be who was met: so it is when nobody else is, and hardly any name comes twice."""
    if any(column.field == "name" for column in found):
        return found
    for index, column in enumerate(found):
        texts = [text for value in columns.get(column.number, []) if (text := text_of(value))]
        unique = column.field == "interviewers" and texts and len(set(texts)) / len(texts) > 0.8
        if unique and _share(texts, lambda text: names.parse_name(text).problem == "") > 0.7:
            met = Column(column.number, "name", column.header, 0.6, column.round)
            return [*found[:index], met, *found[index + 1 :]]
    return found


def _check(name: str | None, sure: float, label: str, sample: Sequence[Value]) -> tuple[str | None, float]:
    """Correct a header by its content: a plain number under "编号" counts rows, "意见" may be words or outcomes …"""
    for told, holds, becomes in _CORRECTIONS:
        if name in told and holds(label, sample):
            return becomes, 0.8
    if name in ("expected_salary", "expectation"):
        return _pay_or_wish(name, sure, sample)
    return name, sure


def _counts_rows(_: str, sample: Sequence[Value]) -> bool:
    return _share(sample, lambda text: bool(re.fullmatch(r"\d{1,4}", text))) >= 0.7


def _is_numbered(_: str, sample: Sequence[Value]) -> bool:
    return _share(sample, lambda text: bool(re.search(r"[A-Za-z].*\d{3,}|\d{5,}", text))) > 0.6


def _is_prose(_: str, sample: Sequence[Value]) -> bool:
    return _share(sample, lambda text: len(text) > 25) > 0.5


def _is_vague(label: str) -> bool:
    return bool(re.search(r"意见|情况|处理|评", label))


def _tells_outcomes(sample: Sequence[Value]) -> bool:
    return _share(sample, lambda text: outcomes.parse_status(text, reason="?") is not None) >= 0.34


_CORRECTIONS: tuple[tuple[tuple[str, ...], Callable[[str, Sequence[Value]], bool], str], ...] = (
    (("interview_no", "candidate_no"), _counts_rows, "seq"),
    (("seq",), _is_numbered, "interview_no"),
    (
        ("interview_no", "candidate_no", "seq"),
        lambda _, sample: _share(sample, phones.is_phone_like) > 0.6,
        "phone",
    ),
    (("phone",), lambda _, sample: _share(sample, lambda text: "@" in text) > 0.6, "email"),
    (("evaluation",), lambda _, sample: _is_status_column(sample), "result"),
    (("result", "stage"), _is_prose, "evaluation"),
    (("result", "reason"), lambda _, sample: _share(sample, _is_pair) > 0.4, "result_reason"),
    (("result",), lambda label, sample: _is_vague(label) and not _tells_outcomes(sample), "evaluation"),
)


def _pay_or_wish(name: str, sure: float, sample: Sequence[Value]) -> tuple[str, float]:
    """ "期望" and "要求" are pay or wishes: the cells decide."""
    pay = _share(sample, lambda text: salary.is_pay_like(text) or bool(re.fullmatch(r"[\d.\-~—]+", text)))
    if name == "expected_salary" and pay < 0.2 and _share(sample, lambda text: len(text) > 3) > 0.7:
        return "expectation", 0.7
    if name == "expectation" and pay > 0.6:
        return "expected_salary", 0.8
    return name, sure


def _is_status_column(sample: Sequence[Value]) -> bool:
    def known(text: str) -> bool:
        return len(text) <= 8 and (outcomes.parse_status(text, reason="?") is not None)

    return len(sample) >= 3 and _share(sample, known) > 0.7


def _is_pair(text: str) -> bool:
    word, reason = outcomes.split_result(text)
    return bool(word and reason)


def _choose(found: list[Column]) -> list[Column]:
    """Where two columns mean one field, keep the surer (then the more special wording, then the first)."""
    taken: dict[tuple[str, str], Column] = {}
    rounds = {column.round for column in found if column.field in _ROUND_FIELDS and column.round}
    several = len(rounds) > 1
    out: list[Column] = []
    for column in found:
        turn = column.round if several and column.field in _ROUND_FIELDS else ""
        mine = Column(column.number, column.field, column.header, column.sure, turn)
        if mine.field in MULTIPLE or mine.field in ("unknown", "ignore", "seq"):
            out.append(mine)
            continue
        rival = taken.get((mine.field, turn))
        if rival is None:
            taken[(mine.field, turn)] = mine
            out.append(mine)
        elif _rank(mine) > _rank(rival):
            taken[(mine.field, turn)] = mine
            out = [_demoted(item) if item is rival else item for item in out]
            out.append(mine)
        else:
            out.append(_demoted(mine))
    return out


def _rank(column: Column) -> tuple[float, int, int]:
    special = 1 if re.search(r"面试|应聘|期望|联系|候选人|姓名", column.header) else 0
    return column.sure, special, min(len(words.normal(column.header)), 6)


def _demoted(column: Column) -> Column:
    return Column(column.number, "unknown", column.header, 0.0, column.round)


_GUESSES: tuple[tuple[str, Callable[[str], bool], float], ...] = (
    ("email", lambda text: phones.parse_email(text)[0] is not None, 0.6),
    ("phone", phones.is_phone_like, 0.7),
    ("date", dates.is_date_like, 0.75),
    ("gender", lambda text: text in ("男", "女", "M", "F"), 0.8),
    (
        "degree",
        lambda text: bool(
            re.fullmatch(r"(全日制)?(高中|中专|大专|专科|本科|硕士|博士|研究生|MBA|初中|统招本科)", text)
        ),
        0.7,
    ),
    ("expected_salary", salary.is_pay_like, 0.6),
    ("position", names.is_position, 0.7),
    ("result", lambda text: len(text) <= 8 and outcomes.parse_status(text, reason="?") is not None, 0.7),
    ("name", lambda text: names.parse_name(text, may_hold_position=True).problem == "", 0.7),
    ("evaluation", lambda text: len(text) >= 15, 0.6),
)


def _guess_missing(found: list[Column], columns: dict[int, list[Value]]) -> list[Column]:
    """Give unknown columns a field nobody has yet, when their cells say so plainly."""
    have = {column.field for column in found}
    out: list[Column] = []
    for column in found:
        guess = _guess(column, columns.get(column.number, []), have) if column.field == "unknown" else None
        if guess:
            have.add(guess)
        out.append(Column(column.number, guess, column.header, 0.6, column.round) if guess else column)
    return out


def _guess(column: Column, sample: Sequence[Value], have: set[str]) -> str | None:
    for name, test, least in _GUESSES:
        if name not in have and _fits(name, sample, test, least):
            return name
    return None


def _fits(name: str, sample: Sequence[Value], test: Callable[[str], bool], least: float) -> bool:
    texts = [text for value in sample if (text := text_of(value))]
    if len(texts) < 2 or _share(sample, test) < least:
        return False
    distinct = len(Counter(texts)) / len(texts)
    return distinct > 0.5 if name in ("name", "phone", "email", "evaluation") else True
