"""From rows to the engine of conditions: shared by the dossier, search cards and the radar."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from guiyan.people.models import OrganisationChange
from guiyan.recruiting.engine import conditions as engine
from guiyan.recruiting.models import Disposition, ReconsiderCondition, Requisition

KINDS_OF_CHANGE = tuple(engine.CHANGES.values())


def condition_of(row: ReconsiderCondition) -> engine.Condition:
    """The engine's view of a row (department selected)."""
    return engine.Condition(
        row.pk, row.kind, row.words, row.department.path if row.department else "", row.position, row.amount, row.on_date
    )  # fmt: skip


def opening_of(row: Requisition) -> engine.Opening:
    """The engine's view of an open requisition (department selected)."""
    return engine.Opening(
        row.pk, row.number, row.title, row.department.path, row.headcount - row.filled, row.opened_on or date.min,
        row.salary_min, row.salary_max, row.city,
    )  # fmt: skip


def change_of(row: OrganisationChange) -> engine.Change:
    """The engine's view of an organisation change (department selected)."""
    return engine.Change(
        row.pk, row.kind, row.department.path, row.department.name, row.effective_on, row.document
    )


def ids_of_paths(paths: Iterable[str]) -> set[int]:
    """Every department id on the ways from the root."""
    return {int(part) for path in paths for part in path.split("/") if part}


def openings_for(rows: Sequence[ReconsiderCondition]) -> list[engine.Opening]:
    """Open requisitions whose title some condition names. One SQL query, none without conditions."""
    titles = {row.position for row in rows if row.position}
    if not titles:
        return []
    wanted = Q()
    for title in titles:
        wanted |= Q(title__iexact=title)
    found = Requisition.objects.filter(wanted, state=Requisition.State.OPEN).select_related("department")
    return [opening_of(row) for row in found]


def changes_for(rows: Sequence[ReconsiderCondition], since: date) -> list[engine.Change]:
    """Changes after `since` that could meet the conditions. One SQL query, none without departments."""
    ids = ids_of_paths(row.department.path for row in rows if row.department)
    if not ids:
        return []
    found = OrganisationChange.objects.filter(
        department_id__in=ids, kind__in=KINDS_OF_CHANGE, effective_on__gt=since
    )
    return [change_of(row) for row in found.select_related("department")]


def last_dispositions(candidate_ids: Iterable[int]) -> list[Disposition]:
    """The latest ending without a hire of each candidate, with its conditions. Two SQL queries."""
    rows = (
        Disposition.objects.filter(application__candidate__in=list(candidate_ids))
        .exclude(outcome=Disposition.Outcome.HIRED)
        .select_related("application__candidate")
        .prefetch_related("conditions__department")
        .order_by("application__candidate", "-decided_at", "-pk")
        .distinct("application__candidate")
    )
    return list(rows)
