"""Read one sheet: find tables or cards, understand columns, turn rows into records, say why a row is none."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from guiyan.importing.engine import words
from guiyan.importing.engine.cards import Card, find_cards
from guiyan.importing.engine.delimited import TextRow
from guiyan.importing.engine.draft import Cell, Draft, finish, read_cell, read_comment
from guiyan.importing.engine.grid import Row, Sheet, Value, column_letter, text_of
from guiyan.importing.engine.layout import Header, Table, find_tables, row_kind, texts_of
from guiyan.importing.engine.meaning import Column, understand
from guiyan.importing.engine.model import ColumnMeaning, IgnoredRow, ImportedRecord, ImportIssue, Place
from guiyan.importing.engine.values import dates, phones

SAMPLE = 300
_DITTO = frozenset({"同上", "〃", "″", "''", "``", '"', "同前", "ditto"})
_OWN = frozenset(
    {"name", "phone", "email", "id_no", "wechat", "interview_no", "candidate_no", "unknown", "ignore"}
)


class SheetReader:
    """Reads one sheet into `records` (with the colour that may tell the outcome), `issues`, `ignored`, `columns`."""

    def __init__(self, file: str, sheet: Sheet, today: date) -> None:
        self.file, self.sheet, self.today = file, sheet, today
        self.records: list[tuple[ImportedRecord, str]] = []
        self.issues: list[ImportIssue] = []
        self.ignored: list[IgnoredRow] = []
        self.columns: list[ColumnMeaning] = []
        self._merged: dict[int, dict[int, int]] = defaultdict(
            dict
        )  # row → column → the row its merge began in
        for top, left, bottom, right in sheet.merges:
            if left == right and bottom - top < 2000:
                for row in range(top + 1, bottom + 1):
                    self._merged[row][left] = top
        self._last_day: date | None = None
        self._section = ""
        self._above: dict[str, Value] = {}

    def read(self) -> None:
        """Read the whole sheet."""
        if not self.sheet.rows:
            return
        tables = find_tables(self.sheet)
        cards = [] if self.sheet.lines is not None else find_cards(self.sheet)
        if cards and (not tables or len(cards) >= 2):
            self._read_cards(cards)
        elif tables:
            self._ignore_above(tables[0])
            for table in tables:
                self._read_table(table)
        elif (guess := self._headerless()) is not None:
            self._read_table(guess)
        else:
            self._not_a_table()

    # ── places ────────────────────────────────────────────────────────────────────────────────
    def _place(self, row: int, header_last: int = 0) -> Place:
        if self.sheet.lines is not None:
            return Place(self.file, record=row - header_last, line=self.sheet.lines.get(row))
        return Place(self.file, self.sheet.name, row)

    def _ignore(self, row: int, why: str, header_last: int = 0) -> None:
        self.ignored.append(IgnoredRow(self._place(row, header_last), why))

    def _ignore_above(self, table: Table) -> None:
        for number in range(1, table.header.first):
            self._ignore(number, "title" if texts_of(self.sheet.rows.get(number, {})) else "blank")

    def _not_a_table(self) -> None:
        widths = [len(texts_of(row)) for row in self.sheet.rows.values()]
        wide = sum(width >= 3 for width in widths) >= 3
        why = "not_understood" if wide else "lookup_sheet" if self.sheet.hidden != "visible" else "note_sheet"
        for number in sorted(self.sheet.rows):
            self._ignore(number, why)
        if wide:
            self.issues.append(
                ImportIssue(Place(self.file, self.sheet.name), "sheet_not_understood", "sheet", refused="row")
            )

    # ── tables ────────────────────────────────────────────────────────────────────────────────
    def _headerless(self) -> Table | None:
        """Unknown header words, or none at all: trust columns whose cells speak for themselves."""
        numbers = [n for n in sorted(self.sheet.rows) if len(texts_of(self.sheet.rows[n])) >= 2]
        if len(numbers) < 4:
            return None
        first = numbers[0]
        texts = texts_of(self.sheet.rows[first])
        looks_titled = all(
            isinstance(self.sheet.rows[first][c], str) and len(t) <= 12 for c, t in texts.items()
        )
        has_data = any(
            phones.is_phone_like(t) or dates.is_date_like(self.sheet.rows[first][c]) for c, t in texts.items()
        )
        header = (
            Header(first, first, texts) if looks_titled and not has_data else Header(first, first - 1, {})
        )
        table = Table(header, header.last + 1, self.sheet.last_row)
        fields = {column.field for column in self._understand(table)}
        sure = "name" in fields and fields & {"phone", "date", "email", "evaluation", "position"}
        return table if sure else None

    def _understand(self, table: Table) -> list[Column]:
        sample: dict[int, list[Value]] = defaultdict(list)
        taken = 0
        for number in range(table.first, table.last + 1):
            row = self.sheet.rows.get(number)
            if row:
                for column, value in row.items():
                    sample[column].append(value)
                taken += 1
            if taken >= SAMPLE:
                break
        return understand(table.header, sample)

    def _read_table(self, table: Table) -> None:
        header, columns = table.header, self._understand(table)
        self.columns += [ColumnMeaning(self.sheet.name, c.header, c.field, c.sure) for c in columns]
        for number in range(header.first, header.last + 1):
            self._ignore(number, "header" if number == header.last else "header_group", header.last)
        fields = {column.number: column.field for column in columns}
        context = self._context(table)
        width = max(header.labels, default=0)
        for number in range(table.first, table.last + 1):
            if not self._fits(number, width, header.last, fields):
                continue
            kind = row_kind(self.sheet, number, header, fields)
            if kind == "record":
                self._read_row(number, columns, context, header.last)
                continue
            if kind == "group_row":
                context = self._enter_section(number, context)
            self._ignore(number, kind, header.last)

    def _context(self, table: Table) -> dates.Context:
        """Year and month from the sheet's name, else from the titles over the table."""
        for text in (self.sheet.name, *reversed(table.above)):
            found = dates.context_of(text)
            if found.year:
                return found
        return dates.context_of(self.sheet.name)

    def _enter_section(self, number: int, context: dates.Context) -> dates.Context:
        text = next(iter(texts_of(self.sheet.rows.get(number, {})).values()), "")
        found = dates.context_of(text)
        if found.year or found.month:
            return dates.Context(found.year or context.year, found.month)
        self._section = text
        return context

    def _fits(self, number: int, width: int, header_last: int, fields: dict[int, str]) -> bool:
        """A text row whose cells do not fit the header is refused, never guessed at."""
        source: TextRow | None = (self.sheet.source or {}).get(number)
        if source is None:
            return True
        place = self._place(number, header_last)
        if source.broken:
            self.issues.append(ImportIssue(place, "quote_broken", "", source.raw[:200], refused="row"))
            return False
        if not any(cell.strip() for cell in source.cells):
            return True
        size = len(source.cells)
        too_long = size > width and (
            size != self.sheet.usual_width or any(c.strip() for c in source.cells[width:])
        )
        if too_long or (1 < size < width and not self._plausible(number, fields)):
            self.issues.append(ImportIssue(place, "column_shift", "", source.raw[:200], refused="row"))
            return False
        return True

    def _plausible(self, number: int, fields: dict[int, str]) -> bool:
        """A short row may only lack empty cells at its end: what is there must look like its column."""
        row = self.sheet.rows.get(number, {})
        tests = {"phone": phones.is_phone_like, "date": dates.is_date_like}
        checked = [
            tests[fields[c]](text)
            for c, value in row.items()
            if fields.get(c) in tests and (text := text_of(value))
        ]
        return bool(checked) and all(checked)

    # ── rows ──────────────────────────────────────────────────────────────────────────────────
    def _read_row(self, number: int, columns: list[Column], context: dates.Context, header_last: int) -> None:
        row = self._filled(number)
        rounds = list(dict.fromkeys(column.round for column in columns if column.round)) or [""]
        place = self._place(number, header_last)
        for turn in rounds:
            cells = [
                self._cell(number, column, row.get(column.number))
                for column in columns
                if column.round in ("", turn)
            ]
            told = any(text_of(cell.value) for cell in cells if cell.column.round == turn)
            if turn and not told and turn != rounds[0]:
                continue
            self._take(place, cells, context, number, turn)

    def _filled(self, number: int) -> Row:
        """The row with vertically merged cells spread over it."""
        row = dict(self.sheet.rows.get(number, {}))
        for column, top in self._merged.get(number, {}).items():
            if column not in row and (value := self.sheet.rows.get(top, {}).get(column)) is not None:
                row[column] = value
        return row

    def _cell(self, number: int, column: Column, value: Value | None) -> Cell:
        text = text_of(value)
        if text in _DITTO and column.field not in _OWN:
            value = self._above.get(column.field, "")
        elif text and column.field not in _OWN and value is not None:
            self._above[column.field] = value
        return Cell(
            column, "" if value is None else value, column.number in self.sheet.hidden_columns,
            self.sheet.comments.get((number, column.number), ""), column.number in self._merged.get(number, {}),
        )  # fmt: skip

    def _take(
        self, place: Place, cells: Iterable[Cell], context: dates.Context, number: int, turn: str = ""
    ) -> None:
        """Read cells into a record and keep it, or say why there is none."""
        cells = list(cells)
        fields = {cell.column.field for cell in cells}
        draft = Draft(
            place, self.today, self._with_last_day(context), may_hold_position="position" not in fields
        )
        for cell in cells:
            read_cell(draft, cell)
        for cell in cells:
            if cell.comment:
                read_comment(draft, cell.comment)
        if turn:
            draft.facts.setdefault("round", turn)
        if (
            self._section
            and "department" not in fields
            and self._section.endswith(("部", "中心", "事业部", "车间"))
        ):
            draft.facts["department"] = self._section
        if self._refused(draft):
            self.issues += [replace(issue, refused="row") for issue in draft.issues]
            return
        record = finish(
            draft, has_pay_column="expected_salary" in fields, hidden_sheet=self.sheet.hidden != "visible"
        )
        if record.facts.date:
            self._last_day = record.facts.date
        self.issues += draft.issues
        self.records.append((record, self._colour(number, cells)))

    def _refused(self, draft: Draft) -> bool:
        """No person in the row: a placeholder or error alone, or neither a name nor a way to reach anyone."""
        told = {key for key, value in draft.facts.items() if value and key not in ("name_raw", "name_remark")}
        if draft.name_problem in ("placeholder", "formula_error") and not draft.facts.get("phones"):
            return True
        if draft.facts.get("name") or draft.facts.get("phones") or draft.facts.get("email"):
            if not draft.facts.get("name") and draft.name_problem in ("", "no_name"):
                draft.blank("no_name", "name", "")
            return False
        if draft.name_problem == "mojibake" and len(told) >= 2:
            return False
        if not draft.issues or told:
            draft.blank("no_name" if told else "row_not_understood", "name", "")
        return True

    def _with_last_day(self, context: dates.Context) -> dates.Context:
        """ "2日" under a title of several months takes the month of the row before."""
        if self._last_day is None or (context.year and context.month):
            return context
        if context.year is None:
            return dates.Context(self._last_day.year, context.month or self._last_day.month)
        return dates.Context(context.year, self._last_day.month)

    def _colour(self, number: int, cells: list[Cell]) -> str:
        """The fill that may tell the outcome: of the name, else of the result cell."""
        for wanted in ("name", "result", "result_reason"):
            for cell in cells:
                if cell.column.field == wanted and (
                    colour := self.sheet.fills.get((number, cell.column.number))
                ):
                    return colour
        return ""

    # ── cards ─────────────────────────────────────────────────────────────────────────────────
    def _read_cards(self, cards: list[Card]) -> None:
        columns = self._card_columns(cards)
        covered: set[int] = set()
        context = self._card_context(cards)
        for card in cards:
            covered |= set(range(card.top, card.bottom + 1))
            row_end = card.bottom if card.bottom > card.top else None
            place = Place(
                self.file,
                self.sheet.name,
                card.top,
                row_end,
                column_letter(card.column) if card.column else "",
            )
            cells = [
                Cell(columns[label], value, False, self.sheet.comments.get((row, column), ""))
                for label, value, row, column in card.items
            ]
            self._take(place, cells, context, card.items[0][2] if card.items else card.top)
            if self.records and self.records[-1][0].place == place:
                record, _ = self.records[-1]
                self.records[-1] = (record.warned("card_layout"), self._card_colour(card))
        for number in range(1, self.sheet.last_row + 1):
            if number not in covered:
                self._ignore(number, "title" if texts_of(self.sheet.rows.get(number, {})) else "blank")

    def _card_context(self, cards: list[Card]) -> dates.Context:
        """Year and month from the sheet's name or a title that stands outside the labels and values."""
        used = {(row, column) for card in cards for _, _, row, column in card.items}
        titles = [
            text_of(value)
            for number, row in sorted(self.sheet.rows.items())
            for column, value in row.items()
            if (number, column) not in used and isinstance(value, str)
        ]
        for text in (self.sheet.name, *titles[:20]):
            found = dates.context_of(text)
            if found.year:
                return found
        return dates.Context()

    def _card_columns(self, cards: list[Card]) -> dict[str, Column]:
        """Meaning of every label, checked against all values it has on all cards."""
        sample: dict[str, list[Value]] = defaultdict(list)
        for card in cards:
            for label, value, _, _ in card.items:
                sample[label].append(value)
        labels = dict(enumerate(sample, start=1))
        found = understand(
            Header(0, 0, labels), {number: sample[label][:SAMPLE] for number, label in labels.items()}
        )
        self.columns += [ColumnMeaning(self.sheet.name, c.header, c.field, c.sure) for c in found]
        return {labels[column.number]: column for column in found}

    def _card_colour(self, card: Card) -> str:
        for label, _, row, column in card.items:
            if words.field_of(label)[0] in ("name", "result") and (
                colour := self.sheet.fills.get((row, column))
            ):
                return colour
        return ""
