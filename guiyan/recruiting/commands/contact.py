"""Reaching a person: looking at masked values, their wish to be left alone, their WeCom contact."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotAllowed, NotFound, Refused, gettext_noop
from guiyan.people.models import Employee
from guiyan.platform.actors import Actor
from guiyan.platform.classes import C2, C3
from guiyan.platform.events import emit
from guiyan.platform.models import EventRow
from guiyan.recruiting import events, policies
from guiyan.recruiting.commands.candidates import refuse
from guiyan.recruiting.models import Candidate

REVEALS_PER_HOUR = 30
REVEALABLE = {"phone": C2, "email": C2, "wechat": C2, "other_phones": C2, "id_number": C3}


class TooManyReveals(Refused):
    """Somebody looks at more numbers than work needs."""

    code = "too_many_reveals"
    status = 429
    message = gettext_noop("You looked at %(limit)d contacts within an hour.")
    fix = gettext_noop("Go on after %(again)s, or ask your HR manager.")


class WecomTaken(Refused):
    """The WeCom contact belongs to another dossier."""

    code = "wecom_taken"
    status = 409
    message = gettext_noop("This WeCom contact is linked to %(name)s.")
    fix = gettext_noop("Unlink it there first, if it was a mistake.")


@transaction.atomic
def reveal_contact(*, actor: Actor, candidate_id: int, field: str, now: datetime, purpose: str = "") -> str:
    """The plain value of one masked field, written to the log. At most 30 an hour for one person.

    An identity number needs a purpose. Raises TooManyReveals, NotFound when there is no value.
    """
    if field not in REVEALABLE:
        raise refuse(field, _("There is no such field."), _("Choose phone or e-mail."))
    if not actor.reads("candidate.reveal", REVEALABLE[field]):
        raise NotAllowed(verb="candidate.reveal")
    candidate = policies.lock_candidate(actor, "candidate.reveal", candidate_id)
    if REVEALABLE[field] >= C3 and not purpose.strip():
        raise refuse(_("Purpose"), _("It is empty."), _("Say what you need the number for."))
    value = getattr(candidate, field)
    if not value:
        raise NotFound()
    _limit(actor, now)
    emit(
        events.ContactRevealed(candidate_id=candidate.pk, field=field, purpose=purpose.strip()[:120], at=now),
        actor=actor,
    )
    return str(value)


def _limit(actor: Actor, now: datetime) -> None:
    """Counts the audit rows themselves, so that no second book is kept."""
    since = now - timedelta(hours=1)
    rows = EventRow.objects.filter(
        name=events.ContactRevealed.name, by=actor.user_id, at__gt=since, at__lte=now
    )
    seen = list(rows.order_by("-at").values_list("at", flat=True)[:REVEALS_PER_HOUR])
    if len(seen) == REVEALS_PER_HOUR:
        raise TooManyReveals(limit=REVEALS_PER_HOUR, again=f"{_local_time(seen[-1] + timedelta(hours=1))}")


def _local_time(moment: datetime) -> str:
    from guiyan.kernel.dates import SHANGHAI

    return f"{moment.astimezone(SHANGHAI):%H:%M}"


@transaction.atomic
def set_do_not_contact(*, actor: Actor, candidate_id: int, now: datetime, words: str = "") -> Candidate:
    """The person asked never to be contacted again: every channel obeys at once. Emits DoNotContactSet."""
    candidate = policies.lock_candidate(actor, "communication.write", candidate_id)
    if candidate.do_not_contact_at is None:
        candidate.do_not_contact_at, candidate.do_not_contact_words = now, words.strip()[:200]
        candidate.save(update_fields=["do_not_contact_at", "do_not_contact_words"])
        emit(events.DoNotContactSet(candidate_id=candidate.pk, at=now), actor=actor)
    return candidate


@transaction.atomic
def lift_do_not_contact(*, actor: Actor, candidate_id: int, now: datetime, words: str) -> Candidate:
    """The person allows contact again; says in words how we know. Emits DoNotContactSet(lifted)."""
    candidate = policies.lock_candidate(actor, "candidate.write", candidate_id)
    if not words.strip():
        raise refuse(
            _("Words"), _("Nothing was written."), _("Say when and how the person allowed it again.")
        )
    if candidate.do_not_contact_at is not None:
        candidate.do_not_contact_at, candidate.do_not_contact_words = None, ""
        candidate.save(update_fields=["do_not_contact_at", "do_not_contact_words"])
        emit(events.DoNotContactSet(candidate_id=candidate.pk, lifted=True, at=now), actor=actor)
    return candidate


@transaction.atomic
def link_wecom(
    *, actor: Actor, candidate_id: int, external_userid: str, owner_employee_id: int | None, now: datetime
) -> Candidate:
    """The person is the WeCom contact `external_userid`, a friend of the employee. Emits WecomLinked.

    Raises WecomTaken when another dossier has it. Linking again renews the day it was last seen.
    """
    candidate = policies.lock_candidate(actor, "candidate.write", candidate_id)
    if not external_userid.strip():
        raise refuse(_("WeCom contact"), _("It is empty."), _("Give the external user id."))
    other = Candidate.objects.filter(wecom_external_id=external_userid).exclude(pk=candidate.pk).first()
    if other is not None:
        raise WecomTaken(name=other.name)
    if owner_employee_id and not Employee.objects.filter(pk=owner_employee_id).exists():
        raise NotFound()
    candidate.wecom_external_id, candidate.wecom_owner_id = external_userid.strip(), owner_employee_id
    candidate.wecom_since = local_day(now)
    candidate.save(update_fields=["wecom_external_id", "wecom_owner", "wecom_since"])
    emit(events.WecomLinked(candidate_id=candidate.pk, employee_id=owner_employee_id, at=now), actor=actor)
    return candidate
