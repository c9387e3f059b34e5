"""What a query was understood as: typed parts with their place in the words that were typed."""

from dataclasses import dataclass
from enum import StrEnum


class Facet(StrEnum):
    """What a part speaks of."""

    NAME = "name"
    SURNAME = "surname"
    GIVEN = "given"
    PINYIN = "pinyin"
    NUMBER = "number"
    PHONE = "phone"
    INTERVIEWER = "interviewer"
    TIME = "time"
    REASON = "reason"
    POSITION = "position"
    CITY = "city"
    COMPANY = "company"
    TAG = "tag"
    DEPARTMENT = "department"
    WORD = "word"
    UNUSED = "unused"  # heard and deliberately not used, such as gender


IDENTITY = frozenset({Facet.NAME, Facet.SURNAME, Facet.GIVEN, Facet.NUMBER, Facet.PHONE})
"""Facets that say who it is: a dossier that does not match one of these is never an answer."""


@dataclass(frozen=True, slots=True)
class Part:
    """One understood condition.

    `value` is canonical: names and words folded; several alternatives joined by "|"; TIME is
    "2026-01-01/2026-07-01" (half-open); REASON is the reason's code; PHONE is one of the analyser's phone
    forms ("4:5678"). `shown` is what the chip says in Chinese. [start, end) is the span in the typed text.
    """

    facet: Facet
    value: str
    shown: str
    start: int
    end: int

    @property
    def id(self) -> str:
        """Stable within one query: names the chip when it is removed."""
        return f"{self.facet}:{self.value}"

    @property
    def alternatives(self) -> list[str]:
        return self.value.split("|")


@dataclass(frozen=True, slots=True)
class Understanding:
    """The typed text and its parts in reading order; `unused` were heard but take no part."""

    text: str
    parts: tuple[Part, ...]
    unused: tuple[Part, ...] = ()

    def without(self, removed: frozenset[str]) -> "Understanding":
        """The same without the chips whose ids are given."""
        kept = tuple(part for part in self.parts if part.id not in removed)
        return Understanding(self.text, kept, self.unused)
