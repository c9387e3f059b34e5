"""Decide where each record belongs: a new dossier, an existing one, or a question for a person. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guiyan.importing.engine import same
from guiyan.importing.engine.model import Facts, ImportedRecord
from guiyan.importing.models import ContactKey, ImportRow
from guiyan.platform.crypto.seal import blind_index
from guiyan.recruiting.queries.identify import KnownPath, Namesake, identify, namesakes, paths_of

State = ImportRow.State
KEY_COLUMN = "importing_contactkey.key"


@dataclass(slots=True)
class Placed:
    """One record's place. `person` and `interview` number groups of this import; ids are set for what exists."""

    state: str
    person: int
    interview: int | None
    warnings: list[str] = field(default_factory=list)
    name: str = ""  # of the person, when this record does not say it


@dataclass(slots=True)
class Plan:
    """Places in the order of the records, and which groups exist already."""

    placed: list[Placed]
    candidate_of: dict[int, int] = field(default_factory=dict)
    application_of: dict[int, int] = field(default_factory=dict)
    decided: set[int] = field(default_factory=set)  # interviews of which some record says how they ended
    options: dict[int, list[int]] = field(default_factory=dict)  # record → dossiers it may mean


def contact_index(kind: str, value: str) -> bytes:
    """The keyed index of a contact in this company."""
    return blind_index(f"{kind}:{value}", column=KEY_COLUMN)


def make_plan(records: Sequence[ImportedRecord], known: Mapping[int, tuple[int | None, int | None]]) -> Plan:
    """Group the records and match the groups with what exists. `known`: record → ids written by an earlier run."""
    facts = [record.facts for record in records]
    grouping = same.group(facts)
    members: dict[int, list[int]] = defaultdict(list)
    alone = max((p for p in grouping.person if p is not None), default=-1) + 1
    people: list[int] = []
    for index, person in enumerate(grouping.person):
        number = person if person is not None else alone + index
        people.append(number)
        members[number].append(index)
    plan = Plan(
        [
            Placed(State.WRITTEN, people[i], grouping.interview[i], list(grouping.warnings[i]))
            for i in range(len(facts))
        ]
    )
    _mark_repeats(records, grouping, plan)
    _join_rounds(records, plan)
    _match_people(facts, members, known, plan)
    _match_names(facts, members, plan)
    _refuse_nameless(facts, members, plan)
    _match_interviews(facts, known, plan)
    plan.decided = {
        p.interview for p, f in zip(plan.placed, facts, strict=True) if p.interview is not None and f.status
    }
    return plan


def _mark_repeats(records: Sequence[ImportedRecord], grouping: same.Grouping, plan: Plan) -> None:
    places = [(record.place.file, record.place.sheet) for record in records]
    for placed, again in zip(plan.placed, same.repeated(places, grouping.interview), strict=True):
        if again:
            placed.warnings.append("same_interview_repeated")


def _join_rounds(records: Sequence[ImportedRecord], plan: Plan) -> None:
    """Rounds told side by side in one row are meetings of one application."""
    first: dict[object, int] = {}
    for record, placed in zip(records, plan.placed, strict=True):
        if placed.interview is not None:
            placed.interview = first.setdefault((placed.person, record.place), placed.interview)


def _match_people(
    facts: Sequence[Facts],
    members: Mapping[int, list[int]],
    known: Mapping[int, tuple[int | None, int | None]],
    plan: Plan,
) -> None:
    """Groups that an earlier run wrote, or whose contact a dossier holds."""
    keys = {
        person: {key for i in mine for key in same.contact_keys(facts[i])} for person, mine in members.items()
    }
    held = _held({key for mine in keys.values() for key in mine})
    for person, mine in members.items():
        written = {known[i][0] for i in mine if i in known and known[i][0] is not None}
        found = {pk for pk in written if pk is not None} or {
            pk for key in keys[person] for pk in held.get(key, ())
        }
        if found:
            plan.candidate_of[person] = min(found)
        if len(found) > 1:
            for i in mine:
                plan.placed[i].warnings.append("several_dossiers_match")


def _held(keys: set[tuple[str, str]]) -> dict[tuple[str, str], set[int]]:
    """Dossiers by contact: today's main contacts, and every number that ever came in."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for key, ids in identify(
        phones=[v for k, v in keys if k == "phone"],
        emails=[v for k, v in keys if k == "email"],
        id_numbers=[v for k, v in keys if k == "id"],
    ).items():
        found[key] |= ids
    by_index = {contact_index(kind, value): (kind, value) for kind, value in keys}
    for index, pk in ContactKey.objects.filter(key__in=list(by_index)).values_list("key", "candidate_id"):
        found[by_index[bytes(index)]].add(pk)
    return found


def _match_names(facts: Sequence[Facts], members: Mapping[int, list[int]], plan: Plan) -> None:
    """People without any contact: the one dossier of the name when something else agrees, else a question."""
    bare = {
        person: mine
        for person, mine in members.items()
        if person not in plan.candidate_of and not any(same.contact_keys(facts[i]) for i in mine)
    }
    found = namesakes({name for mine in bare.values() for i in mine if (name := facts[i].name)})
    for person, mine in bare.items():
        asked = any("ambiguous_name_needs_question" in plan.placed[i].warnings for i in mine)
        options = found.get(facts[mine[0]].name or "", [])
        if len(options) == 1 and not asked and all(_agrees(facts[i], options[0]) for i in mine):
            plan.candidate_of[person] = options[0].candidate_id
        elif options or asked:
            for i in mine:
                plan.placed[i].state = State.QUESTION
                plan.options[i] = [option.candidate_id for option in options]
                if "ambiguous_name_needs_question" not in plan.placed[i].warnings:
                    plan.placed[i].warnings.append("ambiguous_name_needs_question")


def _agrees(facts: Facts, known: Namesake) -> bool:
    """Does a dossier of the name share a day, an interviewer or the kind of job with the record?"""
    traits = same.traits_of(facts)
    theirs: set[object] = {("date", day) for day in known.days} | {
        ("interviewer", who) for who in known.interviewers
    }
    for position in known.positions:
        theirs |= same.traits_of(Facts(position=position))
    return bool(traits & theirs)


def _refuse_nameless(facts: Sequence[Facts], members: Mapping[int, list[int]], plan: Plan) -> None:
    """A record without a name joins the person its contact belongs to; where nobody is known, someone is asked."""
    for person, mine in members.items():
        names = [facts[i].name for i in mine if facts[i].name] or [
            facts[i].name_raw for i in mine if facts[i].name_raw
        ]
        name = next((name for name in names if name), None)
        for i in mine:
            if name is None and person not in plan.candidate_of:
                plan.placed[i].state = State.QUESTION if same.contact_keys(facts[i]) else State.REFUSED
            plan.placed[i].name = name or ""


def _match_interviews(
    facts: Sequence[Facts], known: Mapping[int, tuple[int | None, int | None]], plan: Plan
) -> None:
    """Interview groups that an existing application already tells."""
    for i, (_, application_id) in known.items():
        interview = plan.placed[i].interview
        if interview is not None and application_id is not None:
            plan.application_of[interview] = application_id
    by_person: dict[int, list[KnownPath]] = defaultdict(list)
    for path in paths_of(plan.candidate_of.values()):
        by_person[path.candidate_id].append(path)
    for i, placed in enumerate(plan.placed):
        candidate = plan.candidate_of.get(placed.person)
        if candidate is None or placed.interview is None or placed.interview in plan.application_of:
            continue
        for path in by_person[candidate]:
            if _same_meeting(facts[i], path):
                plan.application_of[placed.interview] = path.application_id
                break


def _same_meeting(facts: Facts, path: KnownPath) -> bool:
    number = (facts.interview_no or "").upper()
    if number and path.foreign_number.upper() == number[:40]:
        return True
    return facts.date is not None and facts.date in path.days
