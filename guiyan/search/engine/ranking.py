"""The order of hits: identity first, then how much fits, then how telling and how recent it is."""

from dataclasses import dataclass
from datetime import date

from guiyan.search.engine.parts import Facet

# How telling a fitting part is. A name says more than a year; free words say more than a city.
TELLING: dict[Facet, float] = {
    Facet.NAME: 8,
    Facet.NUMBER: 8,
    Facet.PHONE: 8,
    Facet.GIVEN: 5,
    Facet.PINYIN: 5,
    Facet.SURNAME: 3,
    Facet.COMPANY: 3,
    Facet.WORD: 3,
    Facet.REASON: 2.5,
    Facet.INTERVIEWER: 2.5,
    Facet.POSITION: 2,
    Facet.TAG: 2,
    Facet.DEPARTMENT: 1.5,
    Facet.CITY: 1.5,
    Facet.TIME: 1.5,
}


@dataclass(frozen=True, slots=True)
class Match:
    """One dossier found: which conditions it fits (by index), whether an exact form fits, when it was last met."""

    candidate_id: int
    last_met: date | None
    fits: tuple[int, ...]
    exact: bool


def order(matches: list[Match], facets: list[Facet]) -> list[Match]:
    """Best first: exact identity, number of fitting parts, their weight, recency, newest id."""

    def rank(match: Match) -> tuple[bool, int, float, int, int]:
        weight = sum(TELLING.get(facets[index], 1) for index in match.fits)
        day = match.last_met.toordinal() if match.last_met else 0
        return (match.exact, len(match.fits), weight, day, match.candidate_id)

    return sorted(matches, key=rank, reverse=True)
