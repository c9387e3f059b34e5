"""The facts a recall rests on, as frozen records: everything says where it came from and when."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Lang = Literal["zh-hans", "en"]
LANGS: tuple[Lang, ...] = ("zh-hans", "en")

# Reasons that lie with the company: they may be told as they are. The others touch the person or
# a third one; their words stay inside and the specialist gets a gentler sentence.
SAYABLE_REASONS = frozenset({"HEADCOUNT_FROZEN", "BUDGET_LIMIT", "TEAM_REORG", "TIMING"})


@dataclass(frozen=True)
class Source:
    """One record a fact rests on. `kind` picks icon and link, `on` is a date in the company's zone."""

    kind: str  # wecom, phone, email, evaluation, disposition, organisation, requisition, expectation, contact
    id: str
    label: str
    person: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Person:
    """The candidate. `address` is how to greet them ("张女士"), empty when it is not known for sure."""

    name: str
    address: str = ""
    pronoun: str = ""
    current_work: str = ""


@dataclass(frozen=True)
class Remark:
    """Words of one evaluation with one visibility; an evaluation may give a shareable and an internal one."""

    source: Source
    words: str
    shareable: bool
    by_requester: bool = False
    recommended: bool | None = None


@dataclass(frozen=True)
class Disposition:
    """How the application ended. `reason` is the code of R2; `shareable_words` were released to tell."""

    source: Source
    reason: str
    words: str
    condition: str = ""
    shareable_words: str = ""


@dataclass(frozen=True)
class Expectation:
    """What the candidate said they want. Pay in CNY per month; `text` is their wording, short."""

    source: Source
    kind: Literal["pay", "availability", "city", "role", "other"]
    text: str
    pay_low: Decimal | None = None
    pay_high: Decimal | None = None


@dataclass(frozen=True)
class Talk:
    """One conversation; `channel` as in Source.kind, `with_name` the colleague who had it."""

    source: Source
    channel: str
    with_name: str
    summary: str = ""


@dataclass(frozen=True)
class Change:
    """Something that happened in the company since: a department is back, a band rose. `text` is sayable."""

    source: Source
    text: str


@dataclass(frozen=True)
class Opening:
    """The requisition the recall is for. Band in CNY per month; `opened_on` = last (re)opening."""

    source: Source
    title: str
    is_open: bool
    vacancies: int
    pay_low: Decimal | None = None
    pay_high: Decimal | None = None
    opened_on: date | None = None
    reopened: bool = False


@dataclass(frozen=True)
class Reach:
    """How the person can be reached, and how old that knowledge is."""

    wecom_friend_of: str = ""
    phone_source: Source | None = None  # `on` = the day the number was last known to work
    email_source: Source | None = None
    preference: str = ""
    preference_source: Source | None = None
    contacts_90_days: int = 0
    contact_cap_90_days: int = 2


@dataclass(frozen=True)
class Dossier:
    """Everything a brief is made from."""

    person: Person
    opening: Opening
    requester: str
    position_then: str = ""
    applied_on: date | None = None
    application_source: Source | None = None
    disposition: Disposition | None = None
    remarks: tuple[Remark, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    talks: tuple[Talk, ...] = ()
    changes: tuple[Change, ...] = ()
    reach: Reach = field(default_factory=Reach)


@dataclass(frozen=True)
class TalkingPoint:
    """One thing to say or ask: bold `intent`, a `sentence`, and the records it rests on.

    `shareable` True = the words may be passed on, False = for the specialist only, None = not a quote.
    `stale` and `conflict` are the flags in words, empty when there is none.
    """

    code: str
    intent: str
    sentence: str
    sources: tuple[Source, ...]
    shareable: bool | None = None
    stale: str = ""
    conflict: str = ""


@dataclass(frozen=True)
class BriefDraft:
    """Ordered points, and how many internal remarks stay out of them."""

    lang: Lang
    points: tuple[TalkingPoint, ...]
    kept_out: int
