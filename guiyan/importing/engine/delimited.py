"""Read a text table: find its encoding and delimiter, keep multi-line cells, survive broken quotation marks."""

import re
from collections import Counter
from dataclasses import dataclass

from guiyan.importing.engine.opening import Unreadable

DELIMITERS = ",;\t|，；"
MAX_LINES = 400_000
MAX_CELL_LINES = 200
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class TextRow:
    """One record: the physical line it starts on, its cells, and whether its quotation marks are broken."""

    line: int
    cells: tuple[str, ...]
    raw: str
    broken: bool = False
    broken_cell: int = 0


def decode(data: bytes) -> str:
    """Text of a table file: byte order mark first, then UTF-8, UTF-16 without mark, then GB 18030."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if data[:2000].count(0) > len(data[:2000]) // 8:
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", errors="replace")
    guesses = [data.decode(name, errors="replace") for name in ("gb18030", "utf-8", "big5")]
    return min(guesses, key=lambda text: text.count("\ufffd"))


def rows_of(text: str) -> list[TextRow]:
    """All records. Raises Unreadable when this is no table at all.

    A quotation mark that opens and never closes, so that it would swallow a following whole record,
    marks its own line as broken, and reading goes on with the next line.
    """
    if text.count("\x00") > 4:
        raise Unreadable("wrong_kind", "binary")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        raise Unreadable("too_large", f"{len(lines)} lines")
    delimiter = find_delimiter(lines)
    width = _usual_width(lines, delimiter)
    out: list[TextRow] = []
    at = 0
    while at < len(lines):
        row, used = _one_record(lines, at, delimiter, width)
        out.append(row)
        at += used
    while out and out[-1].raw == "":
        out.pop()
    return out


def find_delimiter(lines: list[str]) -> str:
    """The character that cuts most lines into the same number (> 1) of cells."""
    sample = [line for line in lines[:400] if line.strip()]
    best, best_score = ",", 0.0
    for candidate in DELIMITERS:
        widths = Counter(len(split(line, candidate)[0]) for line in sample)
        widths.pop(1, None)
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1] * min(item[0], 12), item[0]))
        first = len(split(sample[0], candidate)[0]) == width
        score = (
            times
            / len(sample)
            * min(width, 12)
            * (1.5 if first else 1.0)
            * (0.5 if candidate in "，；" else 1)
        )
        if score > best_score:
            best, best_score = candidate, score
    return best


def split(line: str, delimiter: str) -> tuple[list[str], bool, int]:
    """Cells of a piece of text, whether a quotation mark is still open at its end, and the cell it opened in.

    A quotation mark opens only at the start of a cell and closes only before a delimiter or the end;
    any other one is a plain character.
    """
    if '"' not in line:
        return line.split(delimiter), False, 0
    cells: list[str] = []
    at, size = 0, len(line)
    while True:
        start = at
        while start < size and line[start] in " \t" and line[start] != delimiter:
            start += 1
        if start < size and line[start] == '"':
            cell, at, is_open = _quoted(line, start + 1, delimiter)
            cells.append(cell)
            if is_open:
                return cells, True, len(cells) - 1
        else:
            stop = line.find(delimiter, at)
            stop = size if stop < 0 else stop
            cells.append(line[at:stop])
            at = stop
        if at >= size:
            return cells, False, 0
        at += 1


def _quoted(line: str, at: int, delimiter: str) -> tuple[str, int, bool]:
    pieces: list[str] = []
    while True:
        stop = line.find('"', at)
        if stop < 0:
            pieces.append(line[at:])
            return "".join(pieces), len(line), True
        pieces.append(line[at:stop])
        follows = line[stop + 1 : stop + 2]
        if follows == '"':
            if line[stop + 2 : stop + 3] in ("", delimiter) and "".join(pieces) == "":
                return "", stop + 2, False  # an empty quoted cell that was doubled
            pieces.append('"')
            at = stop + 2
        elif follows in ("", delimiter, "\n"):
            return "".join(pieces), stop + 1, False
        else:
            pieces.append('"')
            at = stop + 1


def _usual_width(lines: list[str], delimiter: str) -> int:
    widths = Counter(len(split(line, delimiter)[0]) for line in lines[:2000] if line.strip())
    if not widths:
        return 1
    return max(widths.items(), key=lambda item: (item[1], item[0]))[0]


def _one_record(lines: list[str], at: int, delimiter: str, width: int) -> tuple[TextRow, int]:
    line = lines[at]
    cells, is_open, cell = split(line, delimiter)
    if not is_open:
        return TextRow(at + 1, tuple(cells), line), 1
    block = line
    for more in range(1, min(MAX_CELL_LINES, len(lines) - at)):
        following = lines[at + more]
        if cell > 0 and _begins_a_record(following, delimiter, width):
            break  # the mark would swallow a whole record
        block += "\n" + following
        joined, still_open, _ = split(block, delimiter)
        if not still_open and len(joined) == width:
            return TextRow(at + 1, tuple(joined), block), more + 1
        if not still_open and len(joined) > width:
            break
    return TextRow(at + 1, tuple(cells), line, broken=True, broken_cell=cell), 1


def _begins_a_record(line: str, delimiter: str, width: int) -> bool:
    """A line that is a whole record, or opens a quoted cell after a delimiter (a quoted text would double it)."""
    if not line.strip():
        return False
    cells, is_open, _ = split(line, delimiter)
    if len(cells) >= width:
        return True
    return is_open and bool(re.search(re.escape(delimiter) + r'"[^"' + re.escape(delimiter) + "]", line))
