"""Finding people: `search` answers a typed memory with hits that say why; `preview` shows one dossier in short."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotFound
from guiyan.platform.actors import Actor
from guiyan.recruiting.models import Candidate
from guiyan.recruiting.policies import reads_contact, visible_candidates
from guiyan.recruiting.reads_for_search import SearchCard, search_cards
from guiyan.search import finding
from guiyan.search.engine.parts import Part, Understanding
from guiyan.search.engine.plan import Condition, at_least, conditions
from guiyan.search.engine.ranking import Match, order
from guiyan.search.engine.understanding import LONGEST_QUERY, Facet, understand
from guiyan.search.lexicons import lexicon
from guiyan.search.models import DossierIndex
from guiyan.search.phones import hash_phone
from guiyan.search.why import Why, whys

MAY_SEARCH = "search.use"
LONGEST_PAGE = 50
ENOUGH_HITS = 20  # with so many nobody is asked to look at those that fit less
ENOUGH_PERCENT = 60  # share of the conditions that a dossier must fit to be shown unasked


@dataclass(frozen=True, slots=True)
class Hit:
    """One dossier found: its card, how many of the conditions it fits, and why."""

    card: SearchCard
    fits: int
    asked: int
    exact: bool
    parts: tuple[Part, ...]
    whys: tuple[Why, ...]

    @property
    def full(self) -> bool:
        """Fits everything that was asked."""
        return self.fits == self.asked


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer.

    `total` counts the dossiers that fit at least `least` of `asked` conditions (for a viewer of part of the
    company: among the 1,500 best). `looser` is (how many to ask for next, how many dossiers that gives or None
    when that is costly) when asking for less may find more. `withheld` are parts this viewer may not search
    by. `next` is the cursor of the following page, "" at the end.
    """

    understanding: Understanding
    asked: int
    least: int
    total: int
    hits: tuple[Hit, ...]
    looser: tuple[int, int | None] | None
    withheld: tuple[Part, ...]
    next: str
    too_many: bool
    day: date


def understood(*, actor: Actor, text: str, now: datetime) -> Understanding:
    """What the words mean to this person today. No SQL while the company's words are fresh."""
    return understand(text, today=local_day(now), lexicon=lexicon(now), asker=actor.name)


def search(
    *,
    actor: Actor,
    text: str,
    now: datetime,
    removed: Iterable[str] = (),
    limit: int = 20,
    cursor: str = "",
    least: int | None = None,
) -> SearchPage:
    """Dossiers that fit a typed memory, best first. At most 11 SQL statements while the company's words are fresh.

    `removed` are ids of chips taken away; `least` asks for fewer fitting conditions than usual. Only dossiers
    the actor may see are found or counted. Raises NotAllowed without search.use.
    """
    actor.require(MAY_SEARCH)
    heard = understood(actor=actor, text=text, now=now).without(frozenset(removed))
    may_phone = reads_contact(actor)
    asked = conditions(heard.parts, hash_phone=hash_phone if may_phone else None)
    withheld = tuple(part for part in heard.parts if part.facet is Facet.PHONE and not may_phone)
    if not asked:
        return SearchPage(heard, 0, 0, 0, (), None, withheld, "", too_many=False, day=local_day(now))
    asker = _Asker(actor, asked, least)
    ranked = order(asker.found.matches, [condition.part.facet for condition in asked])
    start = _offset(cursor)
    shown = ranked[start : start + min(limit, LONGEST_PAGE)]
    following = start + len(shown)
    return SearchPage(
        heard,
        len(asked),
        asker.least,
        asker.found.total,
        tuple(_hits(actor, shown, asked)),
        asker.looser() if not start else None,
        withheld,
        str(following) if shown and following < len(ranked) else "",
        too_many=asker.found.total > finding.FETCHED,
        day=local_day(now),
    )


class _Asker:
    """Asks for everything first and for less until something is found; never below the identity conditions."""

    def __init__(self, actor: Actor, asked: list[Condition], least: int | None) -> None:
        self.visible, self.asked = visible_candidates(actor), asked
        self.must = sum(condition.must for condition in asked)
        self.floor = max(self.must, 1)
        full = len(asked)
        self.least = min(max(least, self.floor), full) if least else full
        self.found = self._ask(self.least)
        usual = max(self.floor, -(-full * ENOUGH_PERCENT // 100))
        wanted = [usual, *range(usual - 1, self.floor - 1, -1)] if not least else []
        for lower in wanted:
            if self.found.total and (lower < usual or self.found.total >= ENOUGH_HITS):
                break
            if lower < self.least:
                self.least, self.found = lower, self._ask(lower)

    def _ask(self, least: int) -> finding.Found:
        by_fit = least < len(self.asked)
        return finding.find(at_least(self.asked, least), self.asked, self.visible, by_fit=by_fit)

    def looser(self) -> tuple[int, int | None] | None:
        """(one condition less, how many dossiers then if known), when that may give more than now."""
        if self.least <= self.floor or self.found.total >= ENOUGH_HITS:
            return None
        total = finding.count(at_least(self.asked, self.least - 1), self.visible)
        return (self.least - 1, total) if total is None or total > self.found.total else None


def _offset(cursor: str) -> int:
    return min(int(cursor), finding.FETCHED) if cursor.isdigit() else 0


def _hits(actor: Actor, matches: Sequence[Match], asked: Sequence[Condition]) -> Iterable[Hit]:
    """Hydrate from PostgreSQL through the viewer's reach: a stale or foreign index row shows nothing."""
    ids = [match.candidate_id for match in matches]
    cards = search_cards(visible_candidates(actor).filter(pk__in=ids), actor=actor) if ids else {}
    for match in matches:
        card = cards.get(match.candidate_id)
        if card is not None:
            parts = tuple(asked[index].part for index in match.fits)
            yield Hit(card, len(match.fits), len(asked), match.exact, parts, tuple(whys(card, parts)))


def preview(*, actor: Actor, candidate_id: int) -> SearchCard:
    """One card. Raises NotFound when the actor may not see the candidate."""
    actor.require(MAY_SEARCH)
    cards = search_cards(visible_candidates(actor).filter(pk=candidate_id), actor=actor)
    if candidate_id not in cards:
        raise NotFound()
    return cards[candidate_id]


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How complete the index is."""

    candidates: int
    indexed: int

    @property
    def missing(self) -> int:
        """Dossiers without an index row; anything but 0 asks for a rebuild."""
        return self.candidates - self.indexed


def status() -> IndexStatus:
    """Counts for `guiyan search status`. Two SQL statements."""
    return IndexStatus(Candidate.objects.count(), DossierIndex.objects.count())


__all__ = ["LONGEST_QUERY", "Hit", "IndexStatus", "SearchPage", "preview", "search", "status", "understood"]
