"""The people of imported history: new dossiers, and what an existing dossier did not know yet."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from guiyan.kernel import names
from guiyan.kernel.dates import local_day
from guiyan.recruiting.commands.history_rows import HistoryRow
from guiyan.recruiting.engine.identity import valid_id_number
from guiyan.recruiting.models import Candidate

TEXTS = {
    "english_name": 60, "salutation": 2, "city": 40, "company": 80, "title": 80, "school": 60, "degree": 20,
}  # fmt: skip


def write_people(rows: Sequence[HistoryRow], *, now: datetime) -> dict[Hashable, Candidate]:
    """Every person of the batch by person_key, written. Five statements and one per changed dossier."""
    by_person: dict[Hashable, list[HistoryRow]] = defaultdict(list)
    for row in rows:
        by_person[row.person_key].append(row)
    ids = {row.candidate_id for row in rows if row.candidate_id is not None}
    existing = {
        person.pk: person
        for person in Candidate.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    }
    people: dict[Hashable, Candidate] = {}
    new: list[Candidate] = []
    for key, mine in by_person.items():
        known = next((existing[row.candidate_id] for row in mine if row.candidate_id in existing), None)
        person = known or Candidate(created_at=now, last_met_on=local_day(now), source=mine[0].source[:120])
        changed = _fill(person, mine, now=now, is_new=known is None)
        people[key] = person
        if known is None:
            new.append(person)
        elif changed:
            person.save()
    Candidate.objects.bulk_create(new, batch_size=500)
    return people


def _fill(person: Candidate, rows: Sequence[HistoryRow], *, now: datetime, is_new: bool) -> bool:
    """Add what the dossier lacks; the latest record speaks first. True when anything changed."""
    latest_first = sorted(rows, key=lambda row: row.met_on or date.min, reverse=True)
    facts: dict[str, Any] = {}
    if is_new:
        name = names.clean_name(_first(row.name for row in latest_first))[:60]
        facts |= {
            "name": name,
            "pinyin": names.display_pinyin(name)[:120],
            "initials": names.initials(name)[:20],
        }
    for column, limit in TEXTS.items():
        if not getattr(person, column):
            facts[column] = _first(getattr(row, column) for row in latest_first)[:limit]
    for column in ("email", "wechat"):
        if not getattr(person, column):
            facts[column] = _first(getattr(row, column) for row in latest_first)[:200] or None
    number = _first(row.id_number for row in latest_first).upper()
    if not person.id_number and valid_id_number(number):
        facts["id_number"] = number
    counted = next((row for row in latest_first if row.years is not None and row.met_on), None)
    if person.years is None and counted is not None:
        facts |= {"years": counted.years, "years_as_of": counted.met_on}
    facts |= _phones(person, [phone for row in latest_first for phone in row.phones])
    facts |= _meeting(person, [row.met_on for row in rows if row.met_on], is_new=is_new)
    words = _first(row.do_not_contact_words for row in latest_first)
    if words and person.do_not_contact_at is None:
        facts |= {"do_not_contact_at": now, "do_not_contact_words": words[:200]}
    changed = {column: value for column, value in facts.items() if value and getattr(person, column) != value}
    for column, value in changed.items():
        setattr(person, column, value)
    return bool(changed)


def _phones(person: Candidate, phones: Iterable[str]) -> dict[str, Any]:
    others = [line for line in (person.other_phones or "").split("\n") if line]
    main = person.phone
    for phone in dict.fromkeys(phones):
        if not main:
            main = phone
        elif phone != main and phone not in others:
            others.append(phone)
    return {"phone": main, "other_phones": "\n".join(others) or None}


def _meeting(person: Candidate, days: Sequence[date], *, is_new: bool) -> dict[str, date]:
    if not days:
        return {}
    return {"last_met_on": max(days) if is_new else max(person.last_met_on, *days)}


def _first(values: Iterable[str]) -> str:
    return next((value.strip() for value in values if value and value.strip()), "")
