"""Writing the dossier index: one dossier in its own transaction, many at once, all anew."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, transaction

from guiyan.recruiting.models import Candidate
from guiyan.recruiting.reads_for_search import IndexFacts, all_candidate_ids, index_facts
from guiyan.search.engine.analyser import DossierFacts, dossier_tokens
from guiyan.search.models import DossierIndex

BATCH = 1_000
_LOCK_SPACE = 20_260  # first key of the advisory locks "I am indexing this candidate"
UPSERT = """
INSERT INTO search_dossierindex (candidate_id, tokens, met_on) VALUES (%s, array_to_tsvector(%s::text[]), %s)
ON CONFLICT (candidate_id) DO UPDATE SET tokens = excluded.tokens, met_on = excluded.met_on
"""
COPY = "COPY search_dossierindex (candidate_id, tokens, met_on) FROM STDIN"
CREATE_GIN = "CREATE INDEX dossier_tokens ON search_dossierindex USING gin (tokens) WITH (fastupdate = off)"


def index_dossier(*, candidate_id: int) -> None:
    """Re-read one dossier and write its tokens, in the caller's transaction."""
    index_dossiers(candidate_ids=[candidate_id])


@transaction.atomic
def index_dossiers(*, candidate_ids: Sequence[int]) -> int:
    """Re-read these dossiers and write their tokens; returns how many exist. Eleven SQL statements a batch.

    Two transactions that change one dossier wait for each other here, so that the later one reads what the
    earlier one wrote.
    """
    written = 0
    for ids in _batches(sorted(set(candidate_ids))):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, (id & 2147483647)::int) FROM unnest(%s::bigint[]) AS id ORDER BY id",
                [_LOCK_SPACE, ids],
            )
            rows = [(row_id, tokens, met_on) for row_id, tokens, met_on in _token_rows(ids)]
            cursor.executemany(UPSERT, rows)
        written += len(rows)
    return written


def reindex_on_event(event: Any) -> None:
    """Handler (NOW) for every event that carries `candidate_id` or `candidate_ids`."""
    ids = getattr(event, "candidate_ids", None)
    index_dossiers(candidate_ids=[event.candidate_id] if ids is None else ids)


def rebuild(progress: Callable[[int], None] = lambda _: None) -> int:
    """Index every dossier anew; returns how many. `progress` hears the number done so far.

    An index that knows less than a tenth of the dossiers is filled in one transaction by COPY with the GIN
    index built at the end; searches wait meanwhile. A filled one is renewed batch by batch while people go on
    searching and writing.
    """
    if DossierIndex.objects.count() * 10 < Candidate.objects.count():
        return _fill(progress)
    done = 0
    for ids in _batches(all_candidate_ids().iterator(chunk_size=BATCH)):
        done += index_dossiers(candidate_ids=ids)
        progress(done)
    return done


@transaction.atomic
def _fill(progress: Callable[[int], None]) -> int:
    done = 0
    ids = list(all_candidate_ids())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE search_dossierindex")
        cursor.execute("DROP INDEX dossier_tokens")
        for batch in _batches(ids):
            rows = list(_token_rows(batch))  # read first: one connection cannot read while it copies
            with cursor.copy(COPY) as copy:
                for candidate_id, tokens, met_on in rows:
                    copy.write_row((candidate_id, tsvector_text(tokens), met_on))
            done += len(batch)
            progress(done)
        cursor.execute(CREATE_GIN)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_dossierindex")
    return done


def tsvector_text(tokens: Iterable[str]) -> str:
    """Tokens as PostgreSQL reads a tsvector."""
    return " ".join("'" + token.replace("\\", "\\\\").replace("'", "''") + "'" for token in tokens)


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    stream = iter(ids)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _token_rows(ids: Sequence[int]) -> Iterator[tuple[int, list[str], date]]:
    for facts in index_facts(ids):
        yield facts.candidate_id, dossier_tokens(analysed(facts)), facts.met_on


def analysed(facts: IndexFacts) -> DossierFacts:
    """Recruiting's facts in the analyser's words. Phones stay what they are in the database: blind indexes."""
    return DossierFacts(
        name=facts.name,
        phone_hashes=tuple(index.hex() for index in facts.phone_indexes),
        interview_numbers=tuple(facts.numbers),
        interviewers=tuple(facts.interviewers),
        reasons=tuple(facts.reasons),
        tags=tuple(facts.tags),
        cities=(facts.city,) if facts.city else (),
        companies=tuple(facts.companies),
        positions=tuple(facts.positions),
        titles=tuple(facts.titles),
        departments=tuple(facts.departments),
        interview_days=tuple(facts.interview_days),
        texts=tuple(facts.texts),
    )
