"""The words of a résumé file, as far as its form gives them up without guessing."""

import io
import re
import zipfile
from html.parser import HTMLParser

from defusedxml import ElementTree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LIMIT = 200_000  # characters kept
_PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")


class _Visible(HTMLParser):
    """Collects text outside script and style."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in {"script", "style", "template"}
        if tag in {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4"}:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style", "template"} and self.hidden > 0

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def html_text(markup: str) -> str:
    """Visible words of an HTML page."""
    reader = _Visible()
    reader.feed(markup)
    return _tidy("".join(reader.parts))


def docx_text(content: bytes) -> str:
    """Paragraphs of a DOCX in order, without the doubled fallback drawings; "" when the XML is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            root = ElementTree.fromstring(package.read("word/document.xml"))
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError):
        return ""
    lines: list[str] = []
    _paragraphs(root, lines)
    return _tidy("\n".join(lines))


def _paragraphs(node: object, lines: list[str]) -> None:
    for child in node:  # type: ignore[attr-defined]
        tag = str(child.tag)
        if tag.endswith("}Fallback"):
            continue
        if tag == f"{WORD}p":
            lines.append("")
        if tag == f"{WORD}t":
            lines[-1:] = [(lines[-1] if lines else "") + (child.text or "")]
        elif tag in {f"{WORD}tab", f"{WORD}br"} and lines:
            lines[-1] += " "
        else:
            _paragraphs(child, lines)


def pdf_pages(content: bytes) -> int | None:
    """How many pages a PDF says it has; None when the tree is packed away."""
    counts = [int(a or b) for a, b in _COUNT.findall(content)]
    found = max(counts) if counts else len(_PAGES.findall(content))
    return found if 0 < found < 1000 else None


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:LIMIT]
