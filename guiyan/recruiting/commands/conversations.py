"""What was said, and what the person wants."""

import re
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotFound
from guiyan.people.models import Employee
from guiyan.people.queries import employee_of_user
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.recruiting import events, policies
from guiyan.recruiting.commands.applications import touch
from guiyan.recruiting.commands.candidates import refuse
from guiyan.recruiting.models import Application, Communication, Expectation

Channel, Direction = Communication.Channel, Communication.Direction
MAX_WORDS = 5000
_QUOTED = re.compile(r"[「“\"](?P<inner>[^「」]+)[」”\"]", re.DOTALL)


@transaction.atomic
def record_communication(
    *,
    actor: Actor,
    candidate_id: int,
    channel: str,
    direction: str,
    words: str,
    now: datetime,
    at: datetime | None = None,
    employee_id: int | None = None,
    title: str = "",
    shareable: bool = False,
    quoted: bool | None = None,
    seconds: int | None = None,
    messages: int | None = None,
    application_id: int | None = None,
    foreign_id: str | None = None,
    source: str = "",
    time_known: bool = True,
) -> Communication:
    """Something said between company and candidate, at `at` (default `now`). Emits CommunicationRecorded.

    Words wholly in 「」 count as quoted (the marks are taken off) unless `quoted` says otherwise. The same
    `foreign_id` again gives the row that is there, so that a channel may report twice.
    """
    candidate = policies.lock_candidate(actor, "communication.write", candidate_id)
    if foreign_id and (known := Communication.objects.filter(foreign_id=foreign_id).first()):
        return known
    _check(channel, direction, words, at or now, now)
    employee = _colleague(employee_id, actor)
    if application_id and not Application.objects.filter(pk=application_id, candidate=candidate).exists():
        raise NotFound()
    whole = _QUOTED.fullmatch(words.strip())
    said = Communication.objects.create(
        candidate=candidate, application_id=application_id, channel=channel, direction=direction, at=at or now,
        time_known=time_known, employee=employee, employee_name=_speaker(employee, actor), title=title.strip(),
        words=whole["inner"] if whole and quoted is not False else words.strip(),
        quoted=bool(whole) if quoted is None else quoted, shareable=shareable, seconds=seconds, messages=messages,
        source=source.strip(), foreign_id=foreign_id,
    )  # fmt: skip
    if channel != Channel.NOTE:
        touch(candidate, local_day(said.at))
    emit(
        events.CommunicationRecorded(
            candidate_id=candidate.pk, communication_id=said.pk, channel=channel, direction=direction, at=now
        ),
        actor=actor,
    )
    return said


def _colleague(employee_id: int | None, actor: Actor) -> Employee | None:
    """The employee named, or the acting one. Raises NotFound for an id that nobody has."""
    if not employee_id:
        return employee_of_user(actor.user_id)
    employee = Employee.objects.filter(pk=employee_id).first()
    if employee is None:
        raise NotFound()
    return employee


def _speaker(employee: Employee | None, actor: Actor) -> str:
    """Who of us spoke; a job is nobody."""
    if employee is not None:
        return employee.name
    return actor.name if actor.signed_in else ""


def _check(channel: str, direction: str, words: str, at: datetime, now: datetime) -> None:
    if channel not in Channel.values:
        raise refuse(
            _("Channel"), _("“%(raw)s” is unknown.") % {"raw": channel}, _("Choose one of the list.")
        )
    if direction not in Direction.values:
        raise refuse(_("Direction"), _("“%(raw)s” is unknown.") % {"raw": direction}, _("Say who spoke."))
    if not words.strip():
        raise refuse(_("Words"), _("Nothing was written."), _("Write what was said, in a sentence or two."))
    if len(words) > MAX_WORDS:
        raise refuse(_("Words"), _("They are too long."), _("Shorten them to 5,000 characters."))
    if at > now:
        raise refuse(_("Time"), _("It lies in the future."), _("Enter when it was said."))


@transaction.atomic
def record_expectation(
    *,
    actor: Actor,
    candidate_id: int,
    topic: str,
    now: datetime,
    words: str = "",
    pay_words: str = "",
    pay_min: Decimal | None = None,
    pay_max: Decimal | None = None,
    said_on: date | None = None,
    source_kind: str = "",
    source: str = "",
    communication_id: int | None = None,
) -> Expectation:
    """What the candidate wants: pay in encrypted columns (CNY a month before tax), the rest in words.

    `source_kind` is one of the kit's record kinds (wecom, screening, phone, resume …). Emits ExpectationRecorded.
    """
    candidate = policies.lock_candidate(actor, "communication.write", candidate_id)
    if topic not in Expectation.Topic.values:
        raise refuse(_("Topic"), _("“%(raw)s” is unknown.") % {"raw": topic}, _("Choose one of the list."))
    pay = topic == Expectation.Topic.PAY
    if pay and not (pay_words.strip() or pay_min is not None or pay_max is not None):
        raise refuse(_("Pay"), _("Nothing was entered."), _("Enter words or an amount in yuan a month."))
    if not pay and (not words.strip() or len(words) > 200):
        raise refuse(_("Wish"), _("It is empty or too long."), _("Write it in at most 200 characters."))
    if pay_min is not None and pay_max is not None and pay_max < pay_min:
        raise refuse(_("Pay"), _("The upper end is below the lower end."), _("Exchange the two."))
    said = said_on or local_day(now)
    if said > local_day(now):
        raise refuse(_("Date"), _("It lies in the future."), _("Enter when it was said."))
    wish = Expectation.objects.create(
        candidate=candidate,
        topic=topic,
        words="" if pay else words.strip(),
        pay_words=pay_words.strip() or None if pay else None,
        pay_min=pay_min if pay else None,
        pay_max=pay_max if pay else None,
        said_on=said,
        source_kind=source_kind,
        source=source.strip(),
        communication_id=communication_id,
    )
    emit(
        events.ExpectationRecorded(candidate_id=candidate.pk, expectation_id=wish.pk, topic=topic, at=now),
        actor=actor,
    )
    return wish
