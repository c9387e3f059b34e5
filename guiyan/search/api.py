"""GET /api/v1/search: the same understanding and the same answers as the page."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from guiyan.platform import clock
from guiyan.platform.api import Door, Input
from guiyan.search import queries, shown
from guiyan.search.engine.parts import Part
from guiyan.search.why import Why

router = Door(tags=["search"])


class SearchIn(Input):
    """`drop` are ids of parts to leave out; `least` asks for fewer fitting parts; `cursor` is `next` of a page."""

    q: str = Field(min_length=1, max_length=queries.LONGEST_QUERY)
    drop: list[str] = Field(default_factory=list, max_length=20)
    least: int | None = Field(default=None, ge=1, le=50)
    limit: int = Field(default=20, ge=1, le=queries.LONGEST_PAGE)
    cursor: str = Field(default="", max_length=8, pattern=r"^\d*$")


class PartOut(Schema):
    """One understood part: half-open span [start, end) of the typed text, canonical value, words to show."""

    id: str
    facet: str
    value: str
    shown: str
    start: int
    end: int


class WhyOut(Schema):
    """One reason: the record's kind, its words, half-open spans that matched, who and when."""

    kind: str
    label: str
    lead: str
    words: str
    spans: list[tuple[int, int]]
    who: str
    day: date | None


class HitOut(Schema):
    """One candidate found: fits `fits` of `asked` parts (ids in `parts`)."""

    candidate_id: int
    name: str
    number: str
    headline: str
    fits: int
    exact: bool
    parts: list[str]
    whys: list[WhyOut]


class SearchOut(Schema):
    """`total` counts the candidates that fit at least `least` of `asked` parts; `next` is "" at the end."""

    parts: list[PartOut]
    unused: list[PartOut]
    withheld: list[PartOut]
    asked: int
    least: int
    total: int
    hits: list[HitOut]
    next: str


@router.get("/search", grant=queries.MAY_SEARCH, response=SearchOut, operation_id="search")
def search(request: HttpRequest, wanted: Annotated[SearchIn, Query()]) -> SearchOut:
    """Find candidates from what is remembered of them, with the reasons why each was found."""
    page = queries.search(
        actor=request.actor,  # type: ignore[attr-defined]
        text=wanted.q,
        now=clock.now(),
        removed=wanted.drop,
        limit=wanted.limit,
        cursor=wanted.cursor,
        least=wanted.least,
    )
    return SearchOut(
        parts=[_part(part) for part in page.understanding.parts],
        unused=[_part(part) for part in page.understanding.unused],
        withheld=[_part(part) for part in page.withheld],
        asked=page.asked,
        least=page.least,
        total=page.total,
        hits=[_hit(hit) for hit in page.hits],
        next=page.next,
    )


def _part(part: Part) -> PartOut:
    return PartOut(
        id=part.id,
        facet=part.facet,
        value=part.value,
        shown=shown.part_words(part),
        start=part.start,
        end=part.end,
    )


def _hit(hit: queries.Hit) -> HitOut:
    return HitOut(
        candidate_id=hit.card.id,
        name=hit.card.name,
        number=hit.card.number,
        headline=shown.headline(hit.card),
        fits=hit.fits,
        exact=hit.exact,
        parts=[part.id for part in hit.parts],
        whys=[_why(why) for why in hit.whys],
    )


def _why(why: Why) -> WhyOut:
    return WhyOut(
        kind=why.kind,
        label=str(why.label),
        lead=str(why.lead),
        words=why.words.text,
        spans=list(why.words.spans),
        who=why.who,
        day=why.day,
    )
