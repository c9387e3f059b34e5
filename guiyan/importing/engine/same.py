"""Who is who: records of one person, and records of one interview, across rows and files.

Rules: the same phone, e-mail or ID number is the same person. The same name without any contact is that person
only when exactly one person has the name; otherwise someone must be asked. The same name with different
contacts is two people. One interview number with one name, or one person on one day for one position, is one interview.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from guiyan.importing.engine.model import Facts

NEAR = timedelta(days=0)


@dataclass(slots=True)
class Grouping:
    """Per record: number of its person (None: nobody could be named) and of its interview (None: no interview)."""

    person: list[int | None] = field(default_factory=list)
    interview: list[int | None] = field(default_factory=list)
    warnings: list[list[str]] = field(default_factory=list)


class Sets:
    """Union–find over anything hashable."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def root(self, item: Hashable) -> Hashable:
        """The one that stands for the whole set."""
        parent = self._parent.setdefault(item, item)
        while parent != self._parent[parent]:
            self._parent[parent] = self._parent[self._parent[parent]]
            parent = self._parent[parent]
        self._parent[item] = parent
        return parent

    def join(self, one: Hashable, other: Hashable) -> None:
        """Make two sets one."""
        self._parent[self.root(one)] = self.root(other)


def contact_keys(facts: Facts) -> list[tuple[str, str]]:
    """What identifies a person by itself: phones, e-mail, ID number."""
    keys = [("phone", phone) for phone in facts.phones]
    if facts.email:
        keys.append(("email", facts.email.lower()))
    if facts.id_no:
        keys.append(("id", facts.id_no.upper()))
    return keys


def group(records: Sequence[Facts]) -> Grouping:
    """Number the people and interviews of all records together."""
    sets = Sets()
    for index, facts in enumerate(records):
        sets.root(index)
        for key in contact_keys(facts):
            if not _contradicts(facts, key):
                sets.join(("record", index), key)
    out = Grouping([None] * len(records), [None] * len(records), [[] for _ in records])
    _same_number_same_person(records, sets)
    _join_by_name(records, sets, out)
    numbers: dict[Hashable, int] = {}
    for index, facts in enumerate(records):
        if contact_keys(facts) or facts.name:
            out.person[index] = numbers.setdefault(sets.root(("record", index)), len(numbers))
    _group_interviews(records, out)
    return out


def _contradicts(facts: Facts, key: tuple[str, str]) -> bool:
    return not key[1]


def _same_number_same_person(records: Sequence[Facts], sets: Sets) -> None:
    """An interview number that comes with one name names one interview, so one person."""
    by_number: dict[str, list[int]] = defaultdict(list)
    for index, facts in enumerate(records):
        if facts.interview_no:
            by_number[facts.interview_no.upper()].append(index)
    for members in by_number.values():
        names = {records[index].name for index in members if records[index].name}
        days = {records[index].date for index in members if records[index].date}
        if len(members) > 1 and len(names) == 1 and len(days) <= 1:
            for index in members[1:]:
                if not contact_keys(records[index]) or not contact_keys(records[members[0]]):
                    sets.join(("record", index), ("record", members[0]))


def _join_by_name(records: Sequence[Facts], sets: Sets, out: Grouping) -> None:
    """Records without contact join the only person of that name, or are left apart with a question."""
    people: dict[str, set[Hashable]] = defaultdict(set)
    for index, facts in enumerate(records):
        if facts.name and contact_keys(facts):
            people[facts.name].add(sets.root(("record", index)))
    traits: dict[Hashable, set[object]] = defaultdict(set)
    for index, facts in enumerate(records):
        if facts.name in people and contact_keys(facts):
            traits[sets.root(("record", index))] |= traits_of(facts)
    lone: dict[str, int] = {}
    for index, facts in enumerate(records):
        if not facts.name or contact_keys(facts):
            continue
        out.warnings[index].append("no_contact_match_by_name")
        known = people.get(facts.name, set())
        if len(known) == 1 and _supported(facts, traits[next(iter(known))]):
            sets.join(("record", index), next(iter(known)))
        elif known:
            out.warnings[index].append("ambiguous_name_needs_question")
        elif facts.name in lone:
            sets.join(("record", index), ("record", lone[facts.name]))
        else:
            lone[facts.name] = index


_COMMON_PAIRS = frozenset(
    {"工程", "程师", "经理", "主管", "专员", "助理", "总监", "高级", "资深", "初级", "中级", "主任"}
)


def traits_of(facts: Facts) -> set[object]:
    """What speaks for "the same person" beside the name: day, interviewers, place of work, school, kind of job."""
    position = facts.position or ""
    pairs = {position[i : i + 2] for i in range(len(position) - 1)} - _COMMON_PAIRS
    found: set[object] = {("job", pair) for pair in pairs} | {
        ("interviewer", who) for who in facts.interviewers
    }
    for kind in ("date", "department", "school", "last_company", "birth"):
        if value := getattr(facts, kind):
            found.add((kind, value))
    return found


def _supported(facts: Facts, known: set[object]) -> bool:
    """A lone namesake is taken for the person only when something else agrees, or nothing else is told."""
    mine = traits_of(facts)
    return not mine or not known or bool(mine & known)


def _group_interviews(records: Sequence[Facts], out: Grouping) -> None:
    """One interview: same person and same number, or same person, day and (nearly) the same position."""
    numbers: dict[Hashable, int] = {}
    first_file_of: dict[int, set[int]] = defaultdict(set)
    sets = Sets()
    for index, facts in enumerate(records):
        if not facts.is_interview or out.person[index] is None:
            continue
        me: Hashable = ("interview", index)
        sets.root(me)
        for key in interview_keys(facts, out.person[index]):
            sets.join(me, key)
    _join_same_words(records, out, sets)
    for index, facts in enumerate(records):
        if facts.is_interview and out.person[index] is not None:
            out.interview[index] = numbers.setdefault(sets.root(("interview", index)), len(numbers))
            first_file_of[out.interview[index] or 0].add(index)


def interview_keys(facts: Facts, person: object) -> list[tuple[object, ...]]:
    """What identifies an interview of one person. A day without a position stands for any interview that day."""
    keys: list[tuple[object, ...]] = []
    if facts.interview_no:
        keys.append((person, "no", facts.interview_no.upper(), facts.round))
    if facts.date:
        keys.append((person, "day", facts.date, facts.round if _is_turn(facts.round) else None))
    return keys


def _join_same_words(records: Sequence[Facts], out: Grouping, sets: Sets) -> None:
    """The same long evaluation of one person is one interview, unless the days differ."""
    by_words: dict[tuple[object, str], list[int]] = defaultdict(list)
    for index, facts in enumerate(records):
        if facts.is_interview and out.person[index] is not None and len(facts.evaluation or "") >= 15:
            by_words[(out.person[index], "".join((facts.evaluation or "").split()))].append(index)
    for members in by_words.values():
        if len({records[index].date for index in members if records[index].date}) <= 1:
            for index in members[1:]:
                sets.join(("interview", index), ("interview", members[0]))


def _is_turn(turn: str | None) -> bool:
    return False


def repeated(places: Iterable[tuple[str, str]], interviews: Sequence[int | None]) -> list[bool]:
    """For each record: does an earlier record of the same sheet tell the same interview?"""
    seen: set[tuple[str, str, int]] = set()
    out = []
    for (file, sheet), interview in zip(places, interviews, strict=True):
        key = (file, sheet, -1 if interview is None else interview)
        out.append(interview is not None and key in seen)
        if interview is not None:
            seen.add(key)
    return out


def is_same_day(one: date | None, other: date | None) -> bool:
    """Two days that may be one (unknown days are not)."""
    return one is not None and other is not None and abs(one - other) <= NEAR
