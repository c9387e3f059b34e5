"""When a candidate may be recalled and contacted. Each refusal says which fact stands in the way."""

from datetime import date, timedelta

from django.db.models import Q

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import Conflict, Refused, gettext_noop
from guiyan.recall.facts import contacts_since
from guiyan.recall.models import Outreach, RecallRequest
from guiyan.recall.models.requests import Candidate, Requisition
from guiyan.recruiting.queries import CONTACT_CAP, CONTACT_DAYS


class DoNotContact(Refused):
    """The person asked not to be contacted again; every channel obeys."""

    code = "do_not_contact"
    message = gettext_noop("%(name)s asked on %(on)s not to be contacted again.")
    fix = gettext_noop("Respect it. Only the person can take it back.")


class ConsentLapsed(Refused):
    """The basis for keeping and using this person's data for recall has ended."""

    code = "consent_lapsed"
    message = gettext_noop("The consent of %(name)s to be contacted ended on %(on)s.")
    fix = gettext_noop("Ask the HR manager whether there is a new consent to record.")


class EmployedHere(Refused):
    """The person already works here."""

    code = "employed_here"
    message = gettext_noop("%(name)s works here already.")
    fix = gettext_noop("Speak to them as a colleague.")


class ContactedTooOften(Refused):
    """The frequency cap over all recalls is reached."""

    code = "contacted_too_often"
    message = gettext_noop(
        "%(name)s was contacted %(times)s times in the last %(days)s days; %(cap)s is the limit."
    )
    fix = gettext_noop("Wait until %(on)s.")


class NotReady(Conflict):
    """The request is not in a state in which a message may be written."""

    code = "recall_not_ready"
    message = gettext_noop("This recall is %(state)s; no message can go out now.")
    fix = gettext_noop("Wait for the approval, or look at how it ended.")


CONTACTABLE = (RecallRequest.State.BRIEFED, RecallRequest.State.CONTACTED, RecallRequest.State.ANSWERED)


def state_refusal(request: RecallRequest) -> NotReady | None:
    """Why no message may be written in the request's state, or None."""
    return None if request.state in CONTACTABLE else NotReady(state=str(request.get_state_display()))


class AnotherOnItsWay(Conflict):
    """Another recall is writing to this very person; two messages at once would feel like a machine."""

    code = "another_on_its_way"
    message = gettext_noop("Another message to %(name)s is on its way (%(number)s).")
    fix = gettext_noop("Wait until it has arrived, or agree with the colleague who sent it.")


class AlreadyOpen(Conflict):
    """One open request per candidate and requisition."""

    code = "recall_already_open"
    message = gettext_noop("There is already an open recall of %(name)s for this job: %(number)s.")
    fix = gettext_noop("Follow that one.")


class JobNotRecallable(Refused):
    """The requisition is filled or cancelled."""

    code = "requisition_closed"
    message = gettext_noop("%(title)s is %(state)s.")
    fix = gettext_noop("Choose another job, or have it opened again first.")


def contact_refusal(
    candidate: Candidate, *, today: date, within: RecallRequest | None = None
) -> Refused | None:
    """Why this person may not be contacted on this day, or None. The strongest reason first.

    A consent without an end, or none on record, is no refusal: the HR manager answers for it in the approval.
    What was already sent `within` this recall does not count against its own reminder.
    """
    name = candidate.name
    if candidate.do_not_contact_at is not None:
        return DoNotContact(name=name, on=local_day(candidate.do_not_contact_at).isoformat())
    if candidate.employee_id is not None:
        return EmployedHere(name=name)
    if candidate.consent_until is not None and candidate.consent_until < today:
        return ConsentLapsed(name=name, on=candidate.consent_until.isoformat())
    return _on_its_way(candidate, within) or _too_often(candidate, today, within)


def _on_its_way(candidate: Candidate, within: RecallRequest | None) -> Refused | None:
    """A message of another recall that was released and has neither arrived nor failed."""
    if within is None:
        return None
    others = Outreach.objects.filter(request__candidate=candidate).exclude(request=within)
    released = Q(state__in=[Outreach.State.QUEUED, Outreach.State.SENDING, Outreach.State.UNKNOWN])
    waiting = Q(state=Outreach.State.HANDED, sent_at=None, failed_at=None, opened_at=None)
    found = others.filter(released | waiting).select_related("request").order_by("pk").first()
    return (
        AnotherOnItsWay(name=candidate.name, number=found.request.number, state=found.state)
        if found
        else None
    )


def _too_often(candidate: Candidate, today: date, within: RecallRequest | None) -> Refused | None:
    rows = contacts_since(candidate, today - timedelta(days=CONTACT_DAYS))
    if within is not None:
        rows = rows.exclude(foreign_id__startswith=f"recall:{within.pk}:")
    times = rows.count()
    if times < CONTACT_CAP:
        return None
    oldest = rows.order_by("-at")[CONTACT_CAP - 1]
    free = local_day(oldest.at) + timedelta(days=CONTACT_DAYS + 1)
    return ContactedTooOften(
        name=candidate.name, times=times, days=CONTACT_DAYS, cap=CONTACT_CAP, on=free.isoformat()
    )


def recall_refusal(candidate: Candidate, requisition: Requisition | None, *, today: date) -> Refused | None:
    """Why this person may not be recalled (for this job), or None."""
    refusal = contact_refusal(candidate, today=today)
    if refusal is not None or requisition is None:
        return refusal
    if requisition.state in (requisition.State.FILLED, requisition.State.CANCELLED):
        return JobNotRecallable(title=requisition.title, state=str(requisition.get_state_display()))
    running = RecallRequest.objects.filter(
        candidate=candidate, requisition=requisition, state__in=RecallRequest.OPEN
    ).first()
    if running is not None:
        return AlreadyOpen(
            name=candidate.name, number=running.number, request_id=running.pk, state=running.state
        )
    return None
