"""What a company knows by name: its interviewers, positions, cities, employers, tags, departments."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from guiyan.kernel.names import split_name
from guiyan.kernel.periods import Period
from guiyan.search.engine.folding import fold


@dataclass(frozen=True, slots=True)
class Interviewer:
    """Someone who interviews: `name` as in the index, `title` such as 供应链总监."""

    name: str
    title: str = ""


class Phrases:
    """Longest known phrase at a place. Values are the phrases as written by the company."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.known = {fold(p): p for p in phrases if len(p) > 1}
        self.longest = max(map(len, self.known), default=0)

    def at(self, folded: str, start: int) -> str | None:
        """The longest phrase that begins at `start`, as written."""
        for length in range(min(self.longest, len(folded) - start), 1, -1):
            if written := self.known.get(folded[start : start + length]):
                return written
        return None

    def spans(self, folded: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, phrase) from left to right, not overlapping."""
        start = 0
        while start < len(folded):
            found = self.at(folded, start)
            if found:
                yield start, start + len(found), found
            start += len(found) if found else 1


_SENIOR = ("总", "董事", "vp", "ceo", "coo", "cfo", "cto", "president", "director")
_TECHNICAL = ("工程师", "架构", "技术", "研发", "主管", "电气", "工")
_FITTING = {
    "总": _SENIOR,
    "董": ("董",),
    "工": _TECHNICAL,
    "姐": (),
    "哥": (),
    "老师": (),
    "先生": (),
    "女士": (),
}
ALIAS_ENDINGS = "总|董|经理|主管|厂长|厂|主任|部长|工|姐|哥|老师|先生|女士|科长|组长"
_ALIAS = re.compile(
    rf"(?P<hr>hr|人事|招聘)?(?P<age>老|小)?(?P<who>[\u3400-\u9fff]{{1,2}}?)(?P<title>{ALIAS_ENDINGS})?"
)


@dataclass(frozen=True)
class Lexicon:
    """The company's own words, as values. `epochs` are named times such as 疫情那会儿."""

    interviewers: tuple[Interviewer, ...] = ()
    positions: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    epochs: dict[str, Period] = field(default_factory=dict)

    @cached_property
    def position_phrases(self) -> Phrases:
        return Phrases(self.positions)

    @cached_property
    def city_phrases(self) -> Phrases:
        return Phrases({*self.cities, *(city.removesuffix("市") for city in self.cities)})

    @cached_property
    def company_phrases(self) -> Phrases:
        return Phrases(self.companies)

    @cached_property
    def tag_phrases(self) -> Phrases:
        return Phrases(self.tags)

    @cached_property
    def department_phrases(self) -> Phrases:
        return Phrases(self.departments)

    @cached_property
    def _by_surname(self) -> dict[str, list[Interviewer]]:
        """People recorded under their own names; 王总 in an imported record is no name."""
        groups: dict[str, list[Interviewer]] = {}
        for person in self.interviewers:
            if not _is_alias(person.name):
                groups.setdefault(fold(split_name(person.name).surname), []).append(person)
        return groups

    @cached_property
    def _names(self) -> dict[str, str]:
        """Folded name -> name as recorded, aliases included."""
        return {fold(person.name): person.name for person in self.interviewers}

    @cached_property
    def _aliases(self) -> list[str]:
        return [person.name for person in self.interviewers if _is_alias(person.name)]

    def called(self, words: str) -> list[str]:
        """Interviewers whom these words may mean: full name, 陈总, 老陈, 小王, HR小周, 志远, 林工.

        A person meant is followed by the names under which imported records may hold them.
        """
        folded = fold(words).strip()
        written = self._names.get(folded)
        if written and not _is_alias(written):
            return self.known_as(written)
        meant = self._meant(folded) or self._by_given(folded)
        return list(dict.fromkeys([*meant, *([written] if written else [])]))

    def known_as(self, name: str) -> list[str]:
        """A person's own name, then recorded nicknames that mean this person: 王建业, 王总."""
        return [name, *(alias for alias in self._aliases if name in self._meant(fold(alias)))]

    def _meant(self, folded: str) -> list[str]:
        """Whom a nickname may mean: people of that surname whose title fits best."""
        alias = _ALIAS.fullmatch(folded)
        if not alias or not (alias["title"] or alias["age"]):
            return []
        people = self._by_surname.get(alias["who"], [])
        if alias["title"]:
            wanted = _FITTING.get(alias["title"], (alias["title"],))
        else:
            wanted = ("hr", "人事", "招聘") if alias["hr"] else ()
        fitting = [p.name for p in people if any(sign in fold(p.title) for sign in wanted)]
        if not fitting and alias["age"] == "小":
            fitting = [p.name for p in people if not any(sign in fold(p.title) for sign in _SENIOR)]
        return fitting or [p.name for p in people]

    def _by_given(self, folded: str) -> list[str]:
        """志远: everybody of that given name."""
        if len(folded) != 2:
            return []
        return [p.name for p in self.interviewers if len(p.name) == 3 and fold(p.name).endswith(folded)]


def _is_alias(name: str) -> bool:
    """王总, 小王, HR小周: a way to call someone, not a name."""
    alias = _ALIAS.fullmatch(fold(name))
    return bool(alias and (alias["title"] or alias["age"]) and not _looks_whole(name))


def _looks_whole(name: str) -> bool:
    """A three-character name that begins with a surname and only happens to end like a title (陈立工)."""
    parts = split_name(name)
    return len(parts.full) == 3 and len(parts.given) == 2 and parts.given not in ALIAS_ENDINGS.split("|")
