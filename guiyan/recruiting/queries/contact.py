"""May this person be contacted, and how often were they: asked by every channel before it writes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from guiyan.kernel.dates import local_day
from guiyan.recruiting.models import Candidate, Communication

CONTACT_CAP = 2  # contacts from us within CONTACT_DAYS
CONTACT_DAYS = 90
CHANNELS = ("PHONE", "WECOM", "WECHAT", "EMAIL", "SMS")
FROM_US = ("OUT", "BOTH")


@dataclass(frozen=True, slots=True)
class ContactState:
    """`why` names what forbids contact, gravest first: do_not_contact, employed, consent, too_often."""

    candidate_id: int
    contacted: int
    why: tuple[str, ...]
    do_not_contact_at: datetime | None
    consent_until: date | None
    employed_here: bool
    has_wecom: bool
    has_phone: bool

    @property
    def allowed(self) -> bool:
        """Nothing forbids it."""
        return not self.why


def contact_state(candidate_id: int, *, now: datetime) -> ContactState:
    """The state of one candidate. Two SQL statements. Raises Candidate.DoesNotExist. Asks no viewer: for rules."""
    person = Candidate.objects.get(pk=candidate_id)
    since = now - timedelta(days=CONTACT_DAYS)
    rows = Communication.objects.filter(candidate=person, direction__in=FROM_US, channel__in=CHANNELS)
    return state_of(person, rows.filter(at__gt=since, at__lte=now).count(), today=local_day(now))


def counts(said: Communication, *, now: datetime) -> bool:
    """Whether a conversation counts against the cap."""
    recent = now - timedelta(days=CONTACT_DAYS) < said.at <= now
    return recent and said.direction in FROM_US and said.channel in CHANNELS


def state_of(person: Candidate, contacted: int, *, today: date) -> ContactState:
    """The state from a row and the number of contacts in the last 90 days."""
    ended = person.consent_until is not None and person.consent_until < today
    found = {
        "do_not_contact": person.do_not_contact_at is not None,
        "employed": person.employee_id is not None,
        "consent": ended,
        "too_often": contacted >= CONTACT_CAP,
    }
    return ContactState(
        person.pk, contacted, tuple(why for why, holds in found.items() if holds), person.do_not_contact_at,
        person.consent_until, person.employee_id is not None, person.wecom_external_id is not None,
        person.phone_index is not None,
    )  # fmt: skip
