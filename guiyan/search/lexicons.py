"""Each company's own words, kept for a minute: reading them grows with the tables."""

from datetime import datetime, timedelta

from django.db import connection

from guiyan.recruiting.queries.known_words import known_words
from guiyan.search.engine.analyser import company_core
from guiyan.search.engine.lexicon import Interviewer, Lexicon

KEPT_FOR = timedelta(minutes=5)
_SHORTEST_COMPANY = 2
_kept: dict[str, tuple[datetime, Lexicon]] = {}


def lexicon(now: datetime) -> Lexicon:
    """The current company's words, at most five minutes old. Seven SQL statements when they are read anew."""
    schema = str(getattr(connection, "schema_name", ""))
    kept = _kept.get(schema)
    if kept and now - kept[0] < KEPT_FOR:
        return kept[1]
    words = known_words()
    fresh = Lexicon(
        interviewers=tuple(Interviewer(name, title) for name, title in words.interviewers),
        positions=tuple(words.positions),
        cities=tuple(words.cities),
        companies=tuple({*words.companies, *map(company_core, words.companies)}),
        tags=tuple(words.tags),
        departments=tuple(words.departments),
    )
    _kept[schema] = (now, fresh)
    return fresh


def forget_lexicons() -> None:
    """Read all words anew the next time (after imports, in tests)."""
    _kept.clear()
