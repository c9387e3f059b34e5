"""The typed text while rules take their pieces out of it."""

import re
from collections.abc import Iterator

from guiyan.search.engine.folding import fold
from guiyan.search.engine.parts import Facet, Part

TAKEN = "\0"


class Canvas:
    """Folded text of the same length as the typed one; taken spans are blanked so no rule sees them twice."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open = fold(text)
        self.parts: list[Part] = []

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches in what is still open. Each is looked up anew, so a rule may take as it goes."""
        at = 0
        while match := pattern.search(self.open, at):
            yield match
            at = max(match.end(), at + 1)

    def take(self, start: int, end: int, facet: Facet, value: str, shown: str = "") -> None:
        """Make [start, end) a part; the same part said twice is kept once."""
        part = Part(facet, value, shown or self.text[start:end].strip(), start, end)
        self.blank(start, end)
        if all(part.id != other.id for other in self.parts):
            self.parts.append(part)

    def blank(self, start: int, end: int) -> None:
        """Remove a span without making it a part."""
        self.open = self.open[:start] + TAKEN * (end - start) + self.open[end:]
