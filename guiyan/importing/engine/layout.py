"""Find tables in a sheet: header rows (also two-storeyed), where the body starts, what each body row is."""

import re
from dataclasses import dataclass, field

from guiyan.importing.engine import words
from guiyan.importing.engine.grid import CellError, Formula, Row, Sheet, text_of

_TOTAL = re.compile(
    r"(本|当|上)?(周|月|季度?|年度?|日|页|部门|组)?\s*(小计|合计|总计|共计|累计|汇总|统计|"
    r"总数|平均|计)\s*[:：]?.{0,6}|(sub)?total.*|共\s*\d+\s*[人条位行个].{0,6}",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(备注|注|注意|说明|制表|填表|审核|制单|编制|更新|打印|填写|温馨提示|统计|负责人|"
    r"日期|审批|签字|导出)[^:：]{0,6}[:：]"
)
_COUNTER = re.compile(r"[\d.、#\-]{1,8}")
_REACHES = re.compile(r"\d{7}|@|\d[*＊]{2}")
_GROUP = re.compile(
    r".*(部|中心|组|科|处|室|车间|事业部|公司|基地|团队)$|.*\d+\s*(月|周|季度|年)(份)?$|"
    r"第.{1,4}[周批轮]|.*[一二三四五六七八九十]+月(份)?$"
)


@dataclass(slots=True)
class Header:
    """A header block: the rows it takes and, per column, its label and the group above it."""

    first: int
    last: int
    labels: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """One header and the body rows up to the next header. `above` holds the texts over it."""

    header: Header
    first: int
    last: int
    above: list[str] = field(default_factory=list)


def texts_of(row: Row) -> dict[int, str]:
    """Non-empty texts of a row by column."""
    return {column: text for column, value in row.items() if (text := text_of(value))}


def is_header(row: Row) -> bool:
    """Mostly header words, at least two different fields, one of them saying who or how to reach them."""
    texts = texts_of(row)
    if len(texts) < 2 or any(not isinstance(row[column], str) for column in texts):
        return False
    if sum(len(text) > 40 for text in texts.values()) > len(texts) * 0.2:
        return False
    front = list(texts.values())[:8]
    if not any(words.field_of(text)[0] for text in front):
        return False
    known = [name for text in texts.values() if (name := words.field_of(text)[0])]
    distinct = set(known)
    telling = distinct & {"name", "phone", "email"} or len(distinct) >= 4
    return bool(telling) and len(distinct) >= 2 and len(known) / len(texts) >= 0.6


def find_tables(sheet: Sheet) -> list[Table]:
    """All tables of a sheet, top to bottom. Empty when no row is a header."""
    tables: list[Table] = []
    above: list[str] = []
    for number in sorted(sheet.rows):
        if tables and number <= tables[-1].header.last:
            continue
        row = sheet.rows[number]
        if is_header(row) and not (tables and _repeats(row, tables[-1].header)):
            header = _build_header(sheet, number)
            if tables:
                tables[-1].last = header.first - 1
            tables.append(Table(header, header.last + 1, sheet.last_row, list(above)))
        elif not tables:
            above += list(texts_of(row).values())
    return tables


def _repeats(row: Row, header: Header) -> bool:
    texts = texts_of(row)
    same = sum(
        len(text) <= 40 and words.normal(text) == words.normal(header.labels.get(column, ""))
        for column, text in texts.items()
    )
    return same >= 2 and same / len(texts) >= 0.6


def _build_header(sheet: Sheet, number: int) -> Header:
    """Take in a storey above (groups) and one below (sub-headings under merged labels)."""
    header = Header(number, number, dict(texts_of(sheet.rows[number])))
    below = sheet.rows.get(number + 1, {})
    if below and _is_substorey(sheet, number, below):
        header.last = number + 1
        for column, text in texts_of(below).items():
            header.groups[column] = _spread(sheet, number, column)
            header.labels[column] = text
    above = sheet.rows.get(number - 1, {})
    group_columns = set(texts_of(above))
    merged = [m for m in sheet.merges if m[0] <= number - 1 <= m[2] and m[3] > m[1]]
    covered = [m for m in merged if m[1] in group_columns]
    vertical = [m for m in sheet.merges if m[0] == number - 1 and m[2] >= number and m[1] == m[3]]
    wide = max((m[3] - m[1] + 1 for m in covered), default=0)
    if (len(covered) >= 2 or vertical) and wide < max(len(header.labels), 2):
        header.first = number - 1
        for top, left, _, right in covered:
            for column in range(left, min(right, left + 200) + 1):
                header.groups.setdefault(column, text_of(sheet.rows.get(top, {}).get(left)))
        for top, left, _, _ in vertical:
            header.labels.setdefault(left, text_of(sheet.rows.get(top, {}).get(left)))
    return header


def _is_substorey(sheet: Sheet, number: int, below: Row) -> bool:
    """The next row holds only short header words, standing under labels that are merged across."""
    texts = texts_of(below)
    wide = [m for m in sheet.merges if m[0] == number and m[2] == number and m[3] > m[1]]
    under = [column for column in texts if any(m[1] <= column <= m[3] for m in wide)]
    if not under or len(under) < len(texts):
        return False
    return all(isinstance(below[column], str) for column in texts) and (
        sum(words.field_of(text)[0] is not None for text in texts.values()) / len(texts) >= 0.6
    )


def _spread(sheet: Sheet, number: int, column: int) -> str:
    for top, left, bottom, right in sheet.merges:
        if top <= number <= bottom and left <= column <= right:
            return text_of(sheet.rows.get(top, {}).get(left))
    return text_of(sheet.rows.get(number, {}).get(column))


def row_kind(sheet: Sheet, number: int, header: Header, fields: dict[int, str]) -> str:
    """What a body row is: record, blank, repeated_header, subtotal, total, footer, group_row or title."""
    row = sheet.rows.get(number, {})
    texts = texts_of(row)
    counted = {c: text for c, text in texts.items() if fields.get(c) != "seq" or not _COUNTER.fullmatch(text)}
    if not counted or (not texts and all(isinstance(value, Formula) for value in row.values())):
        return "total" if _is_total(texts, fields) else "blank"
    if _repeats(row, header):
        return "repeated_header"
    if _is_total(texts, fields):
        first = next(text for text in texts.values() if _TOTAL.fullmatch(text))
        return "subtotal" if re.search(r"小计|本周|本月|sub|当月|当周", first, re.IGNORECASE) else "total"
    if len(counted) == 1:
        return _lonely(sheet, number, next(iter(counted.items())), row, fields, header)
    return "record"


def _is_total(texts: dict[int, str], fields: dict[int, str]) -> bool:
    """A total word stands in front and no person follows."""
    front = [column for column in sorted(texts)[:3] if _TOTAL.fullmatch(texts[column])]
    if not front:
        return False
    identity = [
        c for c, name in fields.items() if name in ("phone", "email") and _REACHES.search(texts.get(c, ""))
    ]
    return not identity


def _lonely(
    sheet: Sheet, number: int, cell: tuple[int, str], row: Row, fields: dict[int, str], header: Header
) -> str:
    """A row with one text: a footer, a group heading, a title – or a record with nothing but a name."""
    column, text = cell
    spans = any(
        top <= number <= bottom and left <= column <= right and right > left
        for top, left, bottom, right in sheet.merges
    )
    if _FOOTER.match(text) or len(text) > 30:
        return "footer"
    if spans or (_GROUP.fullmatch(text) and not isinstance(row[column], CellError)):
        return "group_row"
    if fields.get(column) == "name":
        return "record"
    first = min(header.labels, default=column)
    return "group_row" if column <= first + 1 and isinstance(row[column], str) else "record"
