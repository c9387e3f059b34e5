"""What imported history is handed over as."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One record of old files. `candidate_id`/`application_id` None = new; rows with one key are one new thing.

    Phones E.164, the first is the main one. Pay is whole CNY a month before tax. `met_on` None: the day is unknown,
    so no meeting is made and the words become a note. `outcome` "" = nothing decided; codes of Disposition.
    """

    name: str
    source: str
    person_key: Hashable
    candidate_id: int | None = None
    application_id: int | None = None
    application_key: Hashable = None  # None: the record names a person and no application
    english_name: str = ""
    salutation: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    wechat: str = ""
    id_number: str = ""
    city: str = ""
    years: int | None = None  # of experience, on `met_on`
    company: str = ""
    title: str = ""
    school: str = ""
    degree: str = ""
    tags: tuple[str, ...] = ()
    do_not_contact_words: str = ""
    position: str = ""
    department_name: str = ""
    foreign_number: str = ""
    met_on: date | None = None
    round_name: str = ""
    interviewers: tuple[str, ...] = ()
    evaluation: str = ""
    outcome: str = ""
    reason: str = ""
    reason_words: str = ""
    pay_words: str = ""
    pay_min: int | None = None
    pay_max: int | None = None
    wishes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryResult:
    """Where a row went."""

    candidate_id: int
    application_id: int | None
