"""Rules that hear who sat opposite: 我面过的, 王总面的, 刘芳聊的."""

import re

from guiyan.search.engine.canvas import Canvas
from guiyan.search.engine.lexicon import ALIAS_ENDINGS, Lexicon
from guiyan.search.engine.parts import Facet

_MEET = re.compile(
    r"(?:当时|亲自|自己|之前|以前|也|一起)*(?:面试|面|聊|见|谈)(?:过的|过|的|了|试的)(?:那个|一个|个)?"
    r"|(?:interviewed|met) by (?P<en>[a-z ]{2,30})"
)
_TITLED = re.compile(rf"(?:老|小)?[\u3400-\u9fff]{{1,2}}(?:{ALIAS_ENDINGS})")
_SELF = ("我自己", "我本人", "本人", "我")
_LONGEST_CALL = 6  # HR + 小 + compound surname + 总


def take_interviewers(canvas: Canvas, lexicon: Lexicon, asker: str) -> None:
    """Take whoever stands before a verb of meeting, then known titles (陈总) that stand alone."""
    for match in canvas.find(_MEET):
        if match["en"]:
            _take_english(canvas, match, lexicon)
            continue
        length, names = _caller_before(canvas.open[: match.start()], lexicon, asker)
        if names:
            start = match.start() - length
            canvas.take(start, match.end(), Facet.INTERVIEWER, "|".join(names), names[0])
        else:
            canvas.blank(match.start(), match.end())
    for match in canvas.find(_TITLED):
        if names := lexicon.called(match[0]):
            canvas.take(match.start(), match.end(), Facet.INTERVIEWER, "|".join(names), names[0])


def _take_english(canvas: Canvas, match: re.Match[str], lexicon: Lexicon) -> None:
    if names := lexicon.called(match["en"]):
        canvas.take(match.start(), match.end(), Facet.INTERVIEWER, "|".join(names), names[0])


def _caller_before(before: str, lexicon: Lexicon, asker: str) -> tuple[int, list[str]]:
    """The longest known way to call someone that ends here: (length, names)."""
    for own in _SELF:
        if asker and before.endswith(own):
            return len(own), lexicon.known_as(asker)
    for length in range(min(_LONGEST_CALL, len(before)), 1, -1):
        words = before[-length:]
        if re.fullmatch(r"(?:hr)?[\u3400-\u9fff]+|[a-z]+", words) and (names := lexicon.called(words)):
            return length, names
    return 0, []
