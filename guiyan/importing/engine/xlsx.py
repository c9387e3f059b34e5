"""Read an .xlsx workbook into sheets: values, fills, comments, merges, what is hidden. Nothing is computed."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from guiyan.importing.engine import xlsx_parts as parts
from guiyan.importing.engine.grid import CellError, Formula, Sheet, Value, area, column_number
from guiyan.importing.engine.opening import Package, Unreadable

MAX_CELLS = 1_200_000  # of one workbook: about 250 MB as Python objects is where the machine's promise ends
MAX_COLUMNS = 1_000
# A text that merely begins with "=" was typed by a person; a formula calls, points, quotes or counts.
_FORMULA = re.compile(
    r"[+\-(]*(?:[A-Za-z_.][\w.]*\(|'[^']+'!|\$?[A-Za-z]{1,3}\$?\d|[\d\"{#]|[\w\u4e00-\u9fff]+!)"
)
_MAIN = "xl/workbook.xml"


def read_workbook(package: Package) -> Iterator[Sheet]:
    """Sheets in order, one at a time so that only one is in memory. Raises Unreadable."""
    main = _main_part(package)
    related = parts.relations(package, main)
    kinds = dict(related.values())
    strings = parts.shared_strings(package, kinds.get("sharedStrings", "xl/sharedStrings.xml"))
    styles = parts.styles(
        package, kinds.get("styles", "xl/styles.xml"), kinds.get("theme", "xl/theme/theme1.xml")
    )
    listed, base = _listed_sheets(package, main)
    budget = MAX_CELLS
    for name, hidden, relation in listed:
        target = related.get(relation, ("", ""))[1]
        if target not in package.names or "chartsheet" in target:
            continue
        reader = _SheetReader(name, hidden, strings, styles, base, budget)
        parts.parse(package.stream(target), reader.start, reader.end, reader.text)
        budget -= reader.cells
        for kind, part in parts.relations(package, target).values():
            if kind == "comments":
                reader.add_comments(parts.comments(package, part))
        yield reader.sheet


def _main_part(package: Package) -> str:
    for kind, target in parts.relations(package, "").values():
        if kind == "officeDocument":
            if target.startswith("word/"):
                raise Unreadable("wrong_kind", "docx")
            if target in package.names:
                return target
    if _MAIN not in package.names:
        raise Unreadable("wrong_kind", "zip")
    return _MAIN


def _listed_sheets(package: Package, main: str) -> tuple[list[tuple[str, str, str]], datetime]:
    listed: list[tuple[str, str, str]] = []
    base = [datetime(1899, 12, 30)]  # noqa: DTZ001 – local dates by nature

    def start(tag: str, a: dict[str, str]) -> None:
        if tag == "sheet":
            relation = next(
                (value for key, value in a.items() if parts.local(key) == "id" and ":" in key), ""
            )
            listed.append((a.get("name", ""), a.get("state", "visible"), relation))
        elif tag == "workbookPr" and a.get("date1904") in ("1", "true"):
            base[0] = datetime(1904, 1, 1)  # noqa: DTZ001

    parts.parse(package.stream(main), start)
    return listed, base[0]


class _SheetReader:
    """Callbacks of one sheet part."""

    def __init__(
        self, name: str, hidden: str, strings: list[str], styles: parts.Styles, base: datetime, budget: int
    ) -> None:
        self.sheet = Sheet(name, {}, hidden)
        self.strings, self.styles, self.base, self.budget = strings, styles, base, budget
        self.cells = 0
        self.row = 0
        self.column = 0
        self.kind, self.style = "n", 0
        self.value: list[str] = []
        self.formula: list[str] = []
        self.has_formula = False
        self.into: list[str] | None = None

    def start(self, tag: str, a: dict[str, str]) -> None:
        if tag == "c":
            self._open_cell(a)
        elif tag in ("v", "t"):
            self.into = self.value
        elif tag == "f":
            self.into, self.has_formula = self.formula, True
        elif tag == "row":
            number = a.get("r", "")
            self.row, self.column = (int(number) if number.isdigit() else self.row + 1), 0
        elif tag == "mergeCell":
            if (found := area(a.get("ref", ""))) is not None:
                self.sheet.merges.append(found)
        elif tag == "col" and a.get("hidden") in ("1", "true"):
            first, last = int(a.get("min", "1")), min(int(a.get("max", "1")), MAX_COLUMNS)
            self.sheet.hidden_columns |= frozenset(range(first, last + 1))

    def _open_cell(self, a: dict[str, str]) -> None:
        self.column = column_number(a.get("r", "")) or self.column + 1
        self.kind = a.get("t", "n")
        style = a.get("s", "0")
        self.style = int(style) if style.isdigit() else 0
        self.value.clear()
        self.formula.clear()
        self.has_formula = False

    def text(self, data: str) -> None:
        if self.into is not None:
            self.into.append(data)

    def end(self, tag: str) -> None:
        if tag in ("v", "t", "f"):
            self.into = None
        elif tag == "c" and self.column <= MAX_COLUMNS:
            self._close_cell()

    def _close_cell(self) -> None:
        colour = self.styles.colour[self.style] if self.style < len(self.styles.colour) else ""
        if colour:
            self.sheet.fills[(self.row, self.column)] = colour
        value = self._value("".join(self.value))
        if value is None or value == "":
            return
        self.cells += 1
        if self.cells > self.budget:
            raise Unreadable("too_large", self.sheet.name)
        self.sheet.rows.setdefault(self.row, {})[self.column] = value

    def _value(self, raw: str) -> Value | None:
        if self.kind == "s":
            return self.strings[int(raw)] if raw.isdigit() and int(raw) < len(self.strings) else None
        if self.kind in ("str", "inlineStr"):
            return parts.unescape(raw)
        if self.kind == "e":
            return CellError(raw)
        if self.has_formula and not raw:
            formula = "".join(self.formula)
            if formula.startswith("#"):
                return CellError(formula)
            return Formula(f"={formula}") if _FORMULA.match(formula) else f"={formula}"
        if self.kind == "b":
            return raw == "1"
        return self._number(raw) if raw else None

    def _number(self, raw: str) -> Value:
        try:
            number = float(raw)
        except ValueError:
            return self._iso(raw)
        if (
            self.style < len(self.styles.is_date)
            and self.styles.is_date[self.style]
            and 1 <= number < 2_958_466
        ):
            moment = self.base + timedelta(days=number)
            return (moment + timedelta(milliseconds=500)).replace(microsecond=0)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _iso(self, raw: str) -> Value:
        try:
            return datetime.fromisoformat(raw)
        except ValueError:
            return raw

    def add_comments(self, found: dict[str, str]) -> None:
        for reference, comment in found.items():
            cell = area(reference)
            if cell and comment:
                self.sheet.comments[(cell[0], cell[1])] = comment


def as_date(value: Value | None) -> date | None:
    """The day of a date cell."""
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
