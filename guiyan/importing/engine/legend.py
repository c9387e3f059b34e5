"""What colours mean: from a legend written anywhere in the workbook, else from rows that state both."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from guiyan.importing.engine.grid import Sheet, text_of
from guiyan.importing.engine.layout import find_tables
from guiyan.importing.engine.values import outcomes

_WORDS = {"红": "red", "粉": "red", "橙": "orange", "橘": "orange", "黄": "yellow", "绿": "green", "青": "green",
          "蓝": "blue", "紫": "purple", "灰": "grey", "白": "white", "red": "red", "yellow": "yellow",
          "green": "green", "grey": "grey", "gray": "grey", "blue": "blue", "orange": "orange"}  # fmt: skip
_ENTRY = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[浅深淡亮暗大])?([红粉橙橘黄绿青蓝紫灰白]|red|yellow|green|gr[ea]y|blue|orange)"
    r"(?:色|底|底色|色底|标|填充)*\s*(?:[=＝:：]|表示|代表|为|是|即|→|->|-|—)\s*([^；;，,。\n|、/ ]{1,14})",
    re.IGNORECASE,
)
_NEIGHBOUR = {"orange": "yellow", "yellow": "orange", "purple": "blue"}  # shades people give either name
MIN_ROWS = 5
MIN_SHARE = 0.9


def read_legend(texts: Iterable[str]) -> dict[str, str]:
    """Colour word → outcome words, from sentences like "绿=已录用；红=淘汰"."""
    found: dict[str, str] = {}
    for text in texts:
        for colour, words in _ENTRY.findall(text):
            word = _WORDS.get(colour.lower())
            if word and outcomes.parse_status(words, reason="?"):
                found.setdefault(word, words.strip())
    return found


def legend_of(sheets: Iterable[Sheet]) -> dict[str, str]:
    """The legend of a workbook: sentences first, then coloured cells outside the tables that hold an outcome word."""
    texts: list[str] = []
    painted: dict[str, str] = {}
    for sheet in sheets:
        tables = find_tables(sheet) if sheet.fills else []
        first = tables[0].header.first if tables else sheet.last_row + 1
        for number, row in sheet.rows.items():
            texts += [text for value in row.values() if _has_colour(text := text_of(value))]
            if number < first:
                painted |= _painted(sheet, number)
    return painted | read_legend(texts)


def _painted(sheet: Sheet, number: int) -> dict[str, str]:
    """Coloured cells of one row that say what their colour means."""
    found: dict[str, str] = {}
    for column, value in sheet.rows[number].items():
        text, colour = text_of(value), sheet.fills.get((number, column), "")
        if colour not in ("", "white") and len(text) <= 8 and outcomes.parse_status(text, reason="?"):
            found[colour] = text
    return found


def _has_colour(text: str) -> bool:
    return 2 < len(text) < 400 and bool(_ENTRY.search(text))


def learn(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Colour → outcome from (colour, outcome) of rows that state both, where they nearly always agree."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for colour, status in pairs:
        if colour and colour != "white" and status:
            seen[colour][status] += 1
    learned = {}
    for colour, counts in seen.items():
        status, times = counts.most_common(1)[0]
        if times >= MIN_ROWS and times / counts.total() >= MIN_SHARE:
            learned[colour] = status
    return learned


def status_by_colour(
    colour: str, legend: dict[str, str], learned: dict[str, str], evaluation: str
) -> str | None:
    """Outcome a colour tells. A legend entry with two outcomes ("放弃或未到") is decided by the evaluation."""
    words = legend.get(colour) or legend.get(_NEIGHBOUR.get(colour, ""))
    if words is None:
        return learned.get(colour)
    options = {
        found
        for part in re.split(r"或|/|、|和|及", words)
        if (found := outcomes.parse_status(part, reason="?"))
    }
    if len(options) > 1 and "no_show" in options:
        return "no_show" if outcomes.tells_no_show(evaluation) else next(iter(options - {"no_show"}))
    return next(iter(options)) if len(options) == 1 else outcomes.parse_status(words, reason="?")
