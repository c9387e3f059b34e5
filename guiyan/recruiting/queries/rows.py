"""The dossier as one frozen read model. Words are already in the reader's language; what may not be read is absent."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a fact comes from: kind picks the icon (templates/ui/README.md), tone "", old or clash."""

    label: str
    kind: str = ""
    url: str = ""
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Older:
    """An older, different value of the same fact."""

    value: str
    sources: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of knowledge. `state` "", stale or empty; `older` makes it a clash, newest first."""

    key: str
    label: str
    value: str
    sources: tuple[Mark, ...] = ()
    older: tuple[Older, ...] = ()
    state: str = ""
    stale: str = ""
    badge: str = ""
    badge_tone: str = ""
    badge_icon: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words somebody said or wrote. `shareable` None: no interviewer's choice; `remark_id` when it can be changed."""

    text: str
    sources: tuple[Mark, ...]
    shareable: bool | None
    remark_id: int | None = None
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of the timeline. `kind` interview, talk or change; `when` a date where the hour is not known."""

    key: str
    kind: Literal["interview", "talk", "change"]
    title: str
    icon: str
    tone: str
    who: str
    when: date | datetime
    day: date
    text: str = ""
    quotes: tuple[Quote, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """The moments of one month, newest first."""

    day: date
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the third cell: ok, no, or ask."""

    state: str
    text: str
    sources: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Then:
    """Why not then, what would change it, how it stands now: the heart of the dossier."""

    disposition_id: int
    reason: str
    reason_text: str
    reason_sources: tuple[Mark, ...]
    condition: str
    condition_text: str
    condition_sources: tuple[Mark, ...]
    met: str
    now_title: str
    checks: tuple[Check, ...]
    ask: str
    requisition_id: int | None = None


@dataclass(frozen=True, slots=True)
class MetaLine:
    """One short fact beside an icon."""

    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked contact: field name, spoken label, masked value, icon."""

    field: str
    label: str
    masked: str
    icon: str


@dataclass(frozen=True, slots=True)
class Going:
    """An application under way, for the dialogs that act on it."""

    id: int
    number: str
    position: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A meeting at which the viewer sits and has not written yet."""

    id: int
    interview_id: int
    round_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ResumeFile:
    """A résumé one can take out."""

    id: int
    name: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything one viewer may know about one person."""

    id: int
    name: str
    pinyin: str
    tag: str
    tag_tone: str
    tag_icon: str
    meta: tuple[MetaLine, ...]
    contacts: tuple[Masked, ...]
    wecom: str
    consent: str
    tags: tuple[str, ...]
    then: Then | None
    moments: tuple[Moment, ...]
    wishes: tuple[Fact, ...]
    work: tuple[Fact, ...]
    files: tuple[ResumeFile, ...]
    applications: tuple[Fact, ...]
    reach: tuple[Fact, ...]
    going: tuple[Going, ...]
    seats: tuple[Seat, ...]
    do_not_contact: bool
    reads_pay: bool
    can: frozenset[str] = field(default_factory=frozenset)

    def count(self, kind: str = "") -> int:
        """How many moments of a kind (all when empty)."""
        return sum(1 for moment in self.moments if not kind or moment.kind == kind)

    def months(self, kind: str = "") -> tuple[Month, ...]:
        """The timeline grouped by month, newest first, of one kind or all."""
        grouped: dict[tuple[int, int], list[Moment]] = {}
        for moment in self.moments:
            if not kind or moment.kind == kind:
                grouped.setdefault((moment.day.year, moment.day.month), []).append(moment)
        return tuple(Month(moments[0].day, tuple(moments)) for moments in grouped.values())
