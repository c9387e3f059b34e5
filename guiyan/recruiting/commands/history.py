"""Imported history in bulk: people, applications, meetings, words and wishes, each with its source.

The caller (importing) has already decided who is who. One call is one transaction, one event and about
thirty statements, however many rows it carries.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.recruiting import events
from guiyan.recruiting.commands.history_paths import write_paths
from guiyan.recruiting.commands.history_people import write_people
from guiyan.recruiting.commands.history_rows import HistoryResult, HistoryRow
from guiyan.recruiting.commands.history_words import write_words


@transaction.atomic
def record_history(*, actor: Actor, rows: Sequence[HistoryRow], now: datetime) -> list[HistoryResult]:
    """Write a batch and answer in the order of `rows`. Emits HistoryRecorded once, DoNotContactSet per wish.

    Existing dossiers are only added to: what they already say is not overwritten. Values longer than their column
    are cut. Raises NotAllowed.
    """
    actor.require("candidate.write")
    actor.require("application.write")
    if not rows:
        return []
    people = write_people(rows, now=now)
    paths = write_paths(rows, people, now=now)
    write_words(rows, people, paths, now=now)
    changed = {person.pk: person for person in people.values()}
    for person in changed.values():
        if person.do_not_contact_at == now:
            emit(events.DoNotContactSet(candidate_id=person.pk, at=now), actor=actor)
    files = "、".join(sorted({row.source.split(" · ")[0] for row in rows}))
    emit(
        events.HistoryRecorded(candidate_ids=tuple(sorted(changed)), source=files[:200], at=now), actor=actor
    )
    return [
        HistoryResult(people[row.person_key].pk, paths.application_id(row.application_key)) for row in rows
    ]
