"""The statement that finds: which dossiers fit how many conditions. PostgreSQL alone, recency within equals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from guiyan.recruiting.models import Candidate
from guiyan.search.engine.plan import Condition
from guiyan.search.engine.ranking import Match

FETCHED = 200  # dossiers that are ranked; whoever wants more narrows the search

SIFTED = 1_500  # of a viewer with a narrower reach, so many best fits are checked row by row

# `fit` is materialised with narrow rows: the planner takes words for independent and would else walk the
# whole table by date for a rare pair of frequent words. A narrower reach is checked for the fitting rows
# only (OFFSET 0 keeps the planner from working out everything the viewer may see first).
FIND = """
WITH fit AS MATERIALIZED (
  SELECT d.candidate_id, d.met_on, {order} AS fits FROM search_dossierindex d WHERE d.tokens @@ %s::tsquery
), found AS MATERIALIZED ({found}), newest AS (
  SELECT candidate_id, met_on FROM found ORDER BY fits DESC, met_on DESC, candidate_id DESC LIMIT %s
)
SELECT n.candidate_id, n.met_on, (SELECT count(*) FROM found){flags}
FROM newest n JOIN search_dossierindex d USING (candidate_id)
"""
ALL = "SELECT * FROM fit"
NOBODY = "SELECT * FROM fit WHERE false"
SIFT = """
  SELECT best.* FROM (SELECT * FROM fit ORDER BY fits DESC, met_on DESC, candidate_id DESC LIMIT {sifted}) best,
  LATERAL ({seen} OFFSET 0) seen
"""


@dataclass(frozen=True, slots=True)
class Found:
    """The dossiers that fit (at most FETCHED, unordered) and how many there are in all."""

    matches: list[Match]
    total: int


def find(
    query: str,
    asked: Sequence[Condition],
    visible: QuerySet[Candidate],
    *,
    by_fit: bool,
    limit: int = FETCHED,
) -> Found:
    """Run one tsquery over the visible dossiers. One SQL statement.

    `by_fit` keeps the dossiers that fit most conditions when there are more than `limit`; otherwise exact
    identities and then the newest are kept.
    """
    exact = [condition.exact for condition in asked if condition.exact]
    counted = [condition.query for condition in asked if not condition.must] if by_fit else []
    ordered = exact + counted
    order = " + ".join(["(d.tokens @@ %s::tsquery)::int"] * len(ordered)) or "0"
    flagged = [condition.query for condition in asked] + exact
    flags = "".join([", d.tokens @@ %s::tsquery"] * len(flagged))
    found, found_params = _reach(visible)
    statement = FIND.format(order=order, found=found, flags=flags)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ordered, query, *found_params, limit, *flagged])
        rows = cursor.fetchall()
    return Found([_match(row, len(asked)) for row in rows], rows[0][2] if rows else 0)


def count(query: str, visible: QuerySet[Candidate]) -> int | None:
    """How many dossiers fit. One SQL statement; None, unasked, for a narrower reach (each row must be checked)."""
    if visible.query.where:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_dossierindex WHERE tokens @@ %s::tsquery", [query])
        return int(cursor.fetchone()[0])


def _reach(visible: QuerySet[Candidate]) -> tuple[str, tuple[Any, ...]]:
    """The fitting rows the viewer may see; nothing is checked when every row is theirs, so it costs nothing."""
    if not visible.query.where:
        return ALL, ()
    this_row = visible.order_by().filter(pk=RawSQL("best.candidate_id", [])).values("pk")
    try:
        seen, params = this_row.query.sql_with_params()
    except EmptyResultSet:  # a grant that reaches nobody
        return NOBODY, ()
    return SIFT.format(sifted=SIFTED, seen=seen), params


def _match(row: Sequence[object], conditions: int) -> Match:
    candidate_id, met_on, _, *flags = row
    fits = tuple(index for index in range(conditions) if flags[index])
    return Match(candidate_id, met_on, fits, exact=any(flags[conditions:]))  # type: ignore[arg-type]
