"""Noticing that what had to change has changed: conditions of closed applications, reviewed when the company moves."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from guiyan.kernel.dates import local_day
from guiyan.people.events import OrganisationChanged
from guiyan.people.models import Department
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.recruiting import conditions, events
from guiyan.recruiting.engine.conditions import Check, Verdict, judge
from guiyan.recruiting.models import Application, Disposition, ReconsiderCondition, Requisition

RADAR = Actor.system("recruiting.radar", "candidate.read", "requisition.read")
BATCH = 500


def on_requisition_opened(event: events.RequisitionOpened) -> None:
    """Handler: an opening may be what somebody waited for."""
    review_requisition(requisition_id=event.requisition_id, now=event.at)


def on_requisition_changed(event: events.RequisitionChanged) -> None:
    """Handler: a band may have risen, a place may have been added."""
    if event.state == Requisition.State.OPEN and {"salary_min", "salary_max", "headcount", "title"} & set(
        event.fields
    ):
        review_requisition(requisition_id=event.requisition_id, now=event.at)


def on_organisation_changed(event: OrganisationChanged) -> None:
    """Handler: a department may be independent again, headcount or budget may be there."""
    path = Department.objects.filter(pk=event.department_id).values_list("path", flat=True).first() or ""
    waiting = ReconsiderCondition.objects.filter(met_at__isnull=True, department__path__startswith=path)
    review_candidates(candidate_ids=_people(waiting), now=event.at)


def review_requisition(*, requisition_id: int, now: datetime) -> list[int]:
    """Judge everybody whose condition names this position. Returns the candidates whose conditions are met now."""
    requisition = Requisition.objects.filter(pk=requisition_id, state=Requisition.State.OPEN).first()
    if requisition is None:
        return []
    waiting = ReconsiderCondition.objects.filter(position__iexact=requisition.title)
    return review_candidates(candidate_ids=_people(waiting), now=now)


def review_dates(*, now: datetime) -> list[int]:
    """Judge everybody whose date has arrived; run each day."""
    due = ReconsiderCondition.objects.filter(
        kind=ReconsiderCondition.Kind.DATE_ARRIVES, met_at__isnull=True, on_date__lte=local_day(now)
    )
    return review_candidates(candidate_ids=_people(due), now=now)


def _people(waiting: QuerySet[ReconsiderCondition]) -> list[int]:
    rows = waiting.filter(
        disposition__application__candidate__employee__isnull=True,
        disposition__application__state=Application.State.CLOSED,
    )
    return list(rows.values_list("disposition__application__candidate", flat=True).distinct())


def review_candidates(*, candidate_ids: Iterable[int], now: datetime) -> list[int]:
    """Judge the last closed application of each; met ones are marked and told once per cause. Returns those.

    Safe to run twice and late. Emits ConditionMet.
    """
    ids, told = list(candidate_ids), []
    for start in range(0, len(ids), BATCH):
        told += _review_batch(ids[start : start + BATCH], now)
    return told


@transaction.atomic
def _review_batch(candidate_ids: Sequence[int], now: datetime) -> list[int]:
    dispositions = conditions.last_dispositions(candidate_ids)
    rows = [row for disposition in dispositions for row in disposition.conditions.all()]
    earliest = min((local_day(d.decided_at) for d in dispositions), default=date.max)
    openings, changes = conditions.openings_for(rows), conditions.changes_for(rows, earliest)
    told = []
    for disposition in dispositions:
        if disposition.decided_at > now:
            continue  # a handler that runs late judges as of its event
        verdict = judge(
            [conditions.condition_of(row) for row in disposition.conditions.all()], openings, changes,
            since=local_day(disposition.decided_at), today=local_day(now),
        )  # fmt: skip
        if verdict.outcome == "met" and _mark(disposition, verdict, now):
            told.append(disposition.application.candidate_id)
    return told


def _mark(disposition: Disposition, verdict: Verdict, now: datetime) -> bool:
    """Write the cause on the conditions it meets; False when all knew it already."""
    checks = [check for check in verdict.checks if check.state == "ok"]
    marked = []
    for check in checks:
        words, source = _cause(check)
        fresh = ReconsiderCondition.objects.filter(Q(pk=check.condition.id) & ~Q(met_source=source))
        if fresh.update(met_at=now, met_words=words[:200], met_source=source):
            marked.append(check.condition.id)
    if not marked:
        return False
    change = next((check.change for check in checks if check.change is not None), None)
    emit(
        events.ConditionMet(
            candidate_id=disposition.application.candidate_id, disposition_id=disposition.pk, condition_ids=tuple(marked),
            requisition_id=verdict.opening.id if verdict.opening else None, change_id=change.id if change else None, at=now,
        ),
        actor=RADAR,
    )  # fmt: skip
    return True


def _cause(check: Check) -> tuple[str, str]:
    """(words of the record itself, "requisition:12" / "change:3" / "date:…")."""
    if check.change is not None:
        return f"{check.change.department} {check.change.document}".strip(), f"change:{check.change.id}"
    if check.opening is not None:
        return f"{check.opening.title}（{check.opening.number}）", f"requisition:{check.opening.id}"
    return "", f"date:{check.condition.on_date}"
