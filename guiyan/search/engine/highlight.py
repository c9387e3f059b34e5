"""Which words of a record made it match, and the clause that shows them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiyan.search.engine.folding import fold
from guiyan.search.engine.parts import Facet, Part

Span = tuple[int, int]
_IN_TEXT = frozenset(
    {
        Facet.WORD,
        Facet.POSITION,
        Facet.CITY,
        Facet.COMPANY,
        Facet.TAG,
        Facet.DEPARTMENT,
        Facet.NAME,
        Facet.PINYIN,
    }
)
_CLAUSE = re.compile(r"[^，。；;！!？?\n]+[，。；;！!？?\n]*")
LONGEST_EXCERPT = 80


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a record and the half-open spans in it that matched."""

    text: str
    spans: tuple[Span, ...] = ()


def matched_spans(text: str, phrases: Iterable[str]) -> tuple[Span, ...]:
    """Where the phrases stand in the text, joined where they touch."""
    folded = fold(text)
    found = sorted(
        match.span() for phrase in phrases if phrase for match in re.finditer(re.escape(fold(phrase)), folded)
    )
    joined: list[Span] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def phrases_of(parts: Iterable[Part]) -> list[str]:
    """The words of the parts that can stand in running text."""
    return [phrase for part in parts if part.facet in _IN_TEXT for phrase in part.alternatives]


def best_excerpt(texts: Sequence[str], phrases: Sequence[str]) -> tuple[int, Excerpt] | None:
    """(index of the text, clause with the most different phrases); None when no text holds any."""
    best: tuple[int, int, Excerpt] | None = None
    for index, text in enumerate(texts):
        for clause in _clauses(text):
            spans = matched_spans(clause, phrases)
            weight = len({fold(clause[start:end]) for start, end in spans})
            if weight and (best is None or weight > best[0]):
                best = (weight, index, Excerpt(clause, spans))
    return (best[1], best[2]) if best else None


def _clauses(text: str) -> list[str]:
    """The text cut at punctuation into pieces of readable length; neighbours are joined while they fit."""
    pieces: list[str] = []
    for match in _CLAUSE.finditer(text):
        piece = match[0].strip()
        if pieces and len(pieces[-1]) + len(piece) <= LONGEST_EXCERPT // 2:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return [shortened(piece.rstrip("，。；;\n")) for piece in pieces if piece]


def shortened(text: str, length: int = LONGEST_EXCERPT) -> str:
    """At most `length` signs, with … where something was cut."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def name_spans(name: str, parts: Iterable[Part]) -> tuple[Span, ...]:
    """The part of a name that was asked for; sound-alikes and pinyin light the whole name."""
    folded = fold(name)
    phrases: list[str] = []
    for part in parts:
        if part.facet in (Facet.NAME, Facet.SURNAME, Facet.GIVEN):
            inside = [value for value in part.alternatives if fold(value) in folded]
            phrases += inside or [name]
        elif part.facet is Facet.PINYIN:
            phrases.append(name)
    return matched_spans(name, phrases)
