"""The small parts of a workbook: relations, shared strings, styles, theme colours, comments.

Streaming expat with document types refused; nothing is fetched, no entity is resolved.
"""

import colorsys
import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from guiyan.importing.engine.opening import Package, Unreadable

_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_INDEXED = {
    0: "000000", 1: "FFFFFF", 2: "FF0000", 3: "00FF00", 4: "0000FF", 5: "FFFF00", 6: "FF00FF", 7: "00FFFF",
    8: "000000", 9: "FFFFFF", 10: "FF0000", 11: "00FF00", 12: "0000FF", 13: "FFFF00", 14: "FF00FF", 15: "00FFFF",
    16: "800000", 17: "008000", 18: "000080", 19: "808000", 20: "800080", 21: "008080", 22: "C0C0C0", 23: "808080",
    26: "FFFFCC", 27: "CCFFFF", 29: "FF8080", 31: "CCCCFF", 40: "00CCFF", 41: "CCFFFF", 42: "CCFFCC", 43: "FFFF99",
    44: "99CCFF", 45: "FF99CC", 46: "CC99FF", 47: "FFCC99", 50: "99CC00", 51: "FFCC00", 52: "FF9900", 53: "FF6600",
    55: "969696", 57: "339966",
}  # fmt: skip
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")


@dataclass(slots=True)
class Styles:
    """By cell style number: does it show a date, and which colour word fills it."""

    is_date: list[bool] = field(default_factory=list)
    colour: list[str] = field(default_factory=list)


def local(name: str) -> str:
    """Element name without its prefix."""
    return name.rsplit(":", 1)[-1]


def parse(
    chunks: Iterable[bytes],
    start: Callable[[str, dict[str, str]], Any],
    end: Callable[[str], Any] | None = None,
    text: Callable[[str], Any] | None = None,
) -> None:
    """Stream XML through callbacks (names without prefix). Raises Unreadable for DTDs and broken XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Unreadable("xxe")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    if end:
        parser.EndElementHandler = lambda name: end(local(name))
    if text:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as broken:
        raise Unreadable("corrupt_file") from broken


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relations of a part: id → (kind, target part). External targets are left out."""
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        full = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        found[attributes.get("Id", "")] = (attributes.get("Type", "").rsplit("/", 1)[-1], full)

    if rels in package.names:
        parse(package.stream(rels), start)
    return found


def shared_strings(package: Package, part: str) -> list[str]:
    """All shared strings; rich text joined, phonetic hints left out."""
    out: list[str] = []
    if part not in package.names:
        return out
    pieces: list[str] = []
    state = {"t": False, "phonetic": 0}

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            state["phonetic"] = 1
        elif tag == "t":
            state["t"] = not state["phonetic"]

    def end(tag: str) -> None:
        if tag == "si":
            out.append(unescape("".join(pieces)))
        elif tag == "rPh":
            state["phonetic"] = 0
        elif tag == "t":
            state["t"] = False

    parse(package.stream(part), start, end, lambda data: pieces.append(data) if state["t"] else None)
    return out


def unescape(text: str) -> str:
    """Excel writes control characters as _x000D_; carriage returns are line ends, others nothing."""
    if "_x" not in text:
        return text
    return re.sub(r"_x00([01][0-9A-Fa-f])_", lambda m: "\n" if m.group(1).upper() == "0A" else "", text)


def styles(package: Package, part: str, theme_part: str) -> Styles:
    """Cell styles; a workbook without styles part has none."""
    reader = _StyleReader(_theme(package, theme_part))
    if part in package.names:
        parse(package.stream(part), reader.start, reader.end)
    return reader.out


class _StyleReader:
    """Callbacks of the styles part: number formats, then fills, then the cell styles that point at both."""

    def __init__(self, theme: list[str]) -> None:
        self.out = Styles()
        self.theme = theme
        self.formats: dict[int, bool] = {}
        self.fills: list[str] = []
        self.inside = ""
        self.solid = False

    def start(self, tag: str, a: dict[str, str]) -> None:
        if tag in ("fills", "cellXfs", "dxfs"):
            self.inside = tag
        elif tag == "numFmt":
            self.formats[_int(a.get("numFmtId"))] = _shows_date(a.get("formatCode", ""))
        elif self.inside == "fills":
            self._fill(tag, a)
        elif tag == "xf" and self.inside == "cellXfs":
            number, fill = _int(a.get("numFmtId")), _int(a.get("fillId"))
            self.out.is_date.append(self.formats.get(number, number in _DATE_IDS))
            self.out.colour.append(self.fills[fill] if 0 <= fill < len(self.fills) else "")

    def _fill(self, tag: str, a: dict[str, str]) -> None:
        if tag == "fill":
            self.fills.append("")
        elif tag == "patternFill":
            self.solid = a.get("patternType", "none") not in ("none", "gray125")
        elif tag == "fgColor" and self.solid and self.fills:
            self.fills[-1] = colour_word(_rgb(a, self.theme))

    def end(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""


def comments(package: Package, part: str) -> dict[str, str]:
    """Comments of a sheet by cell reference."""
    out: dict[str, str] = {}
    if part not in package.names:
        return out
    state: dict[str, Any] = {"ref": "", "t": False}
    pieces: list[str] = []

    def start(tag: str, a: dict[str, str]) -> None:
        if tag == "comment":
            state["ref"] = a.get("ref", "")
            pieces.clear()
        elif tag == "t":
            state["t"] = True

    def end(tag: str) -> None:
        if tag == "comment":
            out[state["ref"]] = "".join(pieces).strip()
        elif tag == "t":
            state["t"] = False

    parse(package.stream(part), start, end, lambda data: pieces.append(data) if state["t"] else None)
    return out


def colour_word(rgb: str) -> str:
    """The word a person would use for a fill: red, orange, yellow, green, blue, purple, grey, white or ""."""
    if len(rgb) != 6:
        return ""
    try:
        red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    except ValueError:
        return ""
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    if light > 0.97:
        return "white"
    if max(red, green, blue) - min(red, green, blue) < 0.06 or strength < 0.12:
        return "grey" if light > 0.15 else ""
    for limit, word in (
        (15, "red"),
        (46, "orange"),
        (70, "yellow"),
        (165, "green"),
        (260, "blue"),
        (320, "purple"),
    ):
        if hue * 360 < limit:
            return word
    return "red"


def _theme(package: Package, part: str) -> list[str]:
    """Theme colours in the order cells refer to them."""
    found: dict[str, str] = {}
    state = {"slot": ""}

    def start(tag: str, a: dict[str, str]) -> None:
        if tag in _THEME_ORDER:
            state["slot"] = tag
        elif state["slot"] and tag in ("srgbClr", "sysClr"):
            found.setdefault(state["slot"], a.get("val" if tag == "srgbClr" else "lastClr", ""))

    if part in package.names:
        parse(package.stream(part), start, lambda tag: state.update(slot="") if tag in _THEME_ORDER else None)
    return [found.get(name, "") for name in _THEME_ORDER]


def _rgb(a: dict[str, str], theme: list[str]) -> str:
    if "rgb" in a:
        base = a["rgb"][-6:]
    elif "theme" in a:
        index = _int(a["theme"])
        base = theme[index] if 0 <= index < len(theme) else ""
    else:
        base = _INDEXED.get(_int(a.get("indexed", "-1")), "")
    return _tinted(base, a.get("tint"))


def _tinted(rgb: str, tint: str | None) -> str:
    """A theme colour made lighter (tint > 0) or darker (tint < 0)."""
    try:
        amount = float(tint or 0)
        parts = [int(rgb[i : i + 2], 16) for i in (0, 2, 4)]
    except ValueError:
        return rgb
    if not -1 <= amount <= 1:
        return rgb
    shifted = [part + (255 - part) * amount if amount > 0 else part * (1 + amount) for part in parts]
    return "".join(f"{round(part):02X}" for part in shifted)


def _shows_date(code: str) -> bool:
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).lower()
    return bool(re.search(r"[ymdhs]", bare)) and "general" not in bare


def _int(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return -1
