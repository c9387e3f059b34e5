"""A sheet as the readers hand it over: sparse cells, colours, comments, merges, what is hidden."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

_EDGES = " \t\r\n\u3000\xa0\ufeff\u200b\u200c\u200d\u2060"


@dataclass(frozen=True, slots=True)
class CellError:
    """A formula's error value such as #REF!."""

    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula whose result the file does not carry; never computed."""

    text: str


Value = str | int | float | bool | datetime | date | time | CellError | Formula
Row = dict[int, Value]


@dataclass(slots=True)
class Sheet:
    """Rows from 1, columns from 1. For text tables `lines` maps a row to its physical line."""

    name: str
    rows: dict[int, Row]
    hidden: str = "visible"  # "visible" | "hidden" | "veryHidden"
    fills: dict[tuple[int, int], str] = field(default_factory=dict)  # colour words: red, green, …
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    hidden_columns: frozenset[int] = frozenset()
    lines: dict[int, int] | None = None
    usual_width: int = 0  # text tables: cells in most records
    source: dict[int, Any] | None = None  # text tables: the raw records, to judge their width

    @property
    def last_row(self) -> int:
        """Number of the last row that holds anything (0: empty sheet)."""
        return max(self.rows, default=0)


def text_of(value: Value | None) -> str:
    """A cell as trimmed text; whole numbers without `.0`; formulas and nothing as empty text."""
    if value is None or isinstance(value, Formula):
        return ""
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    return str(value).strip(_EDGES)


def column_letter(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(reference: str) -> int:
    """Column of a cell reference: "AB12" → 28; 0 when there is none."""
    number = 0
    for char in reference:
        if not "A" <= char <= "Z":
            break
        number = number * 26 + ord(char) - 64
    return number


def area(reference: str) -> tuple[int, int, int, int] | None:
    """ "A1:C3" → (1, 1, 3, 3); None for anything else."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", reference.strip())
    if not match:
        return None
    left, top, right, bottom = match.groups()
    return int(top), column_number(left), int(bottom or top), column_number(right or left)
