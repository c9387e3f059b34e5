"""The statement that finds: which dossiers fit how many conditions. PostgreSQL alone, recency within equals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from guiyan.recruiting.models import Candidate
from guiyan.search.engine.plan import Condition
from guiyan.search.engine.ranking import Match

FETCHED = 200  # dossiers that are ranked; whoever wants more narrows the search

# `found` is materialised with narrow rows: the planner takes words for independent and would else walk the
# whole table by date for a rare pair of frequent words.
FIND = """
WITH found AS MATERIALIZED (
  SELECT d.candidate_id, d.met_on, {order} AS fit FROM search_dossierindex d WHERE d.tokens @@ %s::tsquery{visible}
), newest AS (
  SELECT candidate_id, met_on FROM found ORDER BY fit DESC, met_on DESC, candidate_id DESC LIMIT %s
)
SELECT n.candidate_id, n.met_on, (SELECT count(*) FROM found){flags}
FROM newest n JOIN search_dossierindex d USING (candidate_id)
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
    where, where_params = _visible_sql(visible)
    statement = FIND.format(order=order, visible=where, flags=flags)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ordered, query, *where_params, limit, *flagged])
        rows = cursor.fetchall()
    return Found([_match(row, len(asked)) for row in rows], rows[0][2] if rows else 0)


def count(query: str, visible: QuerySet[Candidate]) -> int:
    """How many visible dossiers fit. One SQL statement."""
    where, params = _visible_sql(visible)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM search_dossierindex d WHERE d.tokens @@ %s::tsquery{where}",  # noqa: S608
            [query, *params],
        )
        return int(cursor.fetchone()[0])


def _visible_sql(visible: QuerySet[Candidate]) -> tuple[str, tuple[Any, ...]]:
    """The viewer's reach as a condition; nothing at all when every row is theirs, so that it costs nothing."""
    if not visible.query.where:
        return "", ()
    inner, params = visible.order_by().values("pk").query.sql_with_params()
    return f" AND d.candidate_id IN ({inner})", params


def _match(row: Sequence[object], conditions: int) -> Match:
    candidate_id, met_on, _, *flags = row
    fits = tuple(index for index in range(conditions) if flags[index])
    return Match(candidate_id, met_on, fits, exact=any(flags[conditions:]))  # type: ignore[arg-type]
