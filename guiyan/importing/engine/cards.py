"""Cards (one person as a small form) and tables laid on their side (one person per column)."""

import re
from dataclasses import dataclass, field

from guiyan.importing.engine import words
from guiyan.importing.engine.grid import Sheet, Value, text_of
from guiyan.importing.engine.layout import is_header, texts_of
from guiyan.importing.engine.values import names

_INLINE = re.compile(r"([\u4e00-\u9fffA-Za-z]{1,8})\s*[:：]")


@dataclass(slots=True)
class Card:
    """One person's form: its rows, the column for people side by side, and label → (value, row, column)."""

    top: int
    bottom: int
    column: int = 0  # set only for tables laid on their side
    items: list[tuple[str, Value, int, int]] = field(default_factory=list)


def find_cards(sheet: Sheet) -> list[Card]:
    """All cards of a sheet; empty when people stand in rows under a header."""
    anchors = _anchors(sheet)
    if not anchors:
        return []
    sideways = [card for row, column in anchors for card in _sideways(sheet, row, column)]
    return sideways or _forms(sheet, anchors)


def _anchors(sheet: Sheet) -> list[tuple[int, int]]:
    """Cells that say "name" and have the name beside them (or behind a colon in the cell)."""
    found = []
    for number in sorted(sheet.rows):
        row = sheet.rows[number]
        if is_header(row):
            continue
        texts = texts_of(row)
        for column, text in sorted(texts.items()):
            if words.field_of(_bare(text)) == ("name", 1.0) and len(text) <= 8:
                beside = next((texts[c] for c in sorted(texts) if c > column), "")
                if (
                    beside
                    and not words.is_label(_bare(beside))
                    and names.parse_name(beside).problem in ("", "mojibake")
                ):
                    found.append((number, column))
            elif (inline := _split_inline(text)) and any(
                words.field_of(label)[0] == "name" for label, _ in inline
            ):
                found.append((number, column))
    return found


def _bare(text: str) -> str:
    return text.rstrip(":： ")


def _sideways(sheet: Sheet, row: int, column: int) -> list[Card]:
    """People as columns: two or more names beside the label, and at least three more labels under or over it."""
    texts = texts_of(sheet.rows[row])
    people = [c for c in sorted(texts) if c > column]
    good = [
        c
        for c in people
        if not words.is_label(texts[c]) and names.parse_name(texts[c]).problem in ("", "mojibake")
    ]
    if len(people) < 2 or len(good) / len(people) < 0.7:
        return []
    labels = _labels_around(sheet, row, column)
    if len(labels) < 4:
        return []
    cards = []
    for person in people:
        card = Card(min(labels), max(labels), person)
        for number, label in labels.items():
            value = sheet.rows.get(number, {}).get(person)
            if value is not None:
                card.items.append((label, value, number, person))
        cards.append(card)
    return cards


def _labels_around(sheet: Sheet, row: int, column: int) -> dict[int, str]:
    """Labels of the block in this column: up and down from the name until a gap of two rows or a second name."""
    found: dict[int, str] = {row: text_of(sheet.rows[row][column])}
    for step in (-1, 1):
        gap, number = 0, row + step
        while gap < 2 and number > 0:
            text = _bare(text_of(sheet.rows.get(number, {}).get(column)))
            if not text:
                gap += 1
            elif words.field_of(text)[0] == "name" or (step < 0 and not words.is_label(text)):
                break
            else:
                gap, found[number] = 0, text
            number += step
    return found


def _forms(sheet: Sheet, anchors: list[tuple[int, int]]) -> list[Card]:
    rows = sorted({row for row, _ in anchors})
    lead = min(_nonblank_above(sheet, row, rows) for row in rows)
    cards: list[Card] = []
    for index, row in enumerate(rows):
        last = rows[index + 1] - lead - 1 if index + 1 < len(rows) else sheet.last_row
        while last > row and not texts_of(sheet.rows.get(last, {})):
            last -= 1
        columns = sorted(column for r, column in anchors if r == row)
        for place, column in enumerate(columns):
            left = column if place else 1
            right = columns[place + 1] - 1 if place + 1 < len(columns) else 10_000
            card = Card(row - lead, last, column if len(columns) > 1 else 0)
            _collect(sheet, card, left, right)
            cards.append(card)
    return cards


def _nonblank_above(sheet: Sheet, row: int, anchors: list[int]) -> int:
    """How many filled rows (a title, a number) stand over the name row and belong to its card."""
    count = 0
    while (
        row - count - 1 > 0
        and texts_of(sheet.rows.get(row - count - 1, {}))
        and row - count - 1 not in anchors
    ):
        count += 1
    return count


def _collect(sheet: Sheet, card: Card, left: int, right: int) -> None:
    for number in range(card.top, card.bottom + 1):
        row = sheet.rows.get(number, {})
        columns = [c for c in sorted(row) if left <= c <= right and text_of(row[c])]
        label, waiting = "", 0
        for column in columns:
            text = text_of(row[column])
            if words.is_label(_bare(text)) and not (label and _could_be_value(label, text)):
                label, waiting = _bare(text), column
            elif label:
                card.items.append((label, row[column], number, column))
                label = ""
            else:
                card.items += [(name, value, number, column) for name, value in _split_inline(text)]
        if label and columns and len(columns) == 1:
            below = sheet.rows.get(number + 1, {}).get(waiting)
            if below is not None and not words.is_label(_bare(text_of(below))):
                card.items.append((label, below, number + 1, waiting))


def _could_be_value(label: str, text: str) -> bool:
    """ "来源 | 内推" – the second word is itself a header word somewhere; here it answers the first."""
    asked, offered = words.field_of(label)[0], words.field_of(text)[0]
    return asked in ("channel", "department", "stage", "round") and offered not in (
        "name",
        "phone",
        "date",
        "position",
    )


def _split_inline(text: str) -> list[tuple[str, str]]:
    """ "姓名：张三  电话：138…" → pairs; empty unless the cell begins with a known label."""
    marks = [m for m in _INLINE.finditer(text) if words.is_label(m.group(1))]
    if not marks or text[: marks[0].start()].strip():
        return []
    ends = [m.start() for m in marks[1:]] + [len(text)]
    pairs = [
        (m.group(1), text[m.end() : end].strip(" \t\n　;；,，|")) for m, end in zip(marks, ends, strict=True)
    ]
    return [(label, value) for label, value in pairs if value]
