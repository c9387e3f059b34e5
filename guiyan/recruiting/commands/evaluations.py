"""What interviewers write, and what of it may reach the candidate."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotAllowed, NotFound
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.recruiting import events, policies
from guiyan.recruiting.commands.applications import touch
from guiyan.recruiting.commands.candidates import refuse
from guiyan.recruiting.models import Evaluation, Interview, InterviewSeat, Remark

MAX_WORDS = 2000


@transaction.atomic
def write_evaluation(
    *, actor: Actor, rating: str, remarks: Sequence[tuple[str, bool]], now: datetime, seat_id: int | None = None,
    interview_id: int | None = None,
) -> Evaluation:  # fmt: skip
    """One interviewer's judgement: a rating and remarks (words, may reach the candidate). Writing again replaces it.

    Give the seat, or the interview when the actor sits in it. The meeting becomes held. Emits EvaluationWritten.
    """
    seat = _seat(actor, seat_id, interview_id)
    if not policies.may_write_evaluation(actor, seat):
        raise NotAllowed(verb="evaluation.write")
    if rating not in Evaluation.Rating.values:
        raise refuse(_("Rating"), _("It is missing."), _("Choose one of the five."))
    kept = [(words.strip(), shareable) for words, shareable in remarks if words.strip()]
    _check(kept)
    evaluation, _new = Evaluation.objects.update_or_create(
        seat=seat, defaults={"rating": rating, "written_at": now, "source": ""}
    )
    evaluation.remarks.all().delete()
    Remark.objects.bulk_create(
        Remark(evaluation=evaluation, words=words, shareable=shareable, order=order)
        for order, (words, shareable) in enumerate(kept)
    )
    interview = seat.interview
    if interview.state == Interview.State.SCHEDULED:
        interview.move_to(Interview.State.DONE)
        interview.save(update_fields=["state"])
    candidate = interview.application.candidate
    touch(candidate, local_day(interview.at))
    emit(
        events.EvaluationWritten(candidate_id=candidate.pk, evaluation_id=evaluation.pk, at=now), actor=actor
    )
    return evaluation


@transaction.atomic
def set_remark_shareable(*, actor: Actor, remark_id: int, shareable: bool, now: datetime) -> Remark:
    """Release a remark for the candidate, or take it back: only its interviewer or the HR manager."""
    rows = Remark.objects.select_for_update(of=("self",)).select_related(
        "evaluation__seat__employee", "evaluation__seat__interview__application"
    )
    remark = rows.filter(pk=remark_id).first()
    if remark is None or not _sees(actor, remark.evaluation.seat):
        raise NotFound()
    if not policies.may_release_remark(actor, remark):
        raise NotAllowed(verb="evaluation.write")
    if remark.shareable != shareable:
        remark.shareable = shareable
        remark.save(update_fields=["shareable"])
        emit(
            events.EvaluationWritten(
                candidate_id=remark.evaluation.seat.interview.application.candidate_id,
                evaluation_id=remark.evaluation_id,
                at=now,
            ),
            actor=actor,
        )
    return remark


def _seat(actor: Actor, seat_id: int | None, interview_id: int | None) -> InterviewSeat:
    rows = InterviewSeat.objects.select_for_update(of=("self",)).select_related(
        "employee", "interview__application__candidate"
    )
    if seat_id is not None:
        found = rows.filter(pk=seat_id).first()
    else:
        mine = {"interview_id": interview_id, "employee__user_id": actor.user_id}
        found = rows.filter(**mine).first() if actor.user_id is not None else None
    if found is None or not _sees(actor, found):
        raise NotFound()
    return found


def _sees(actor: Actor, seat: InterviewSeat) -> bool:
    candidate_id = seat.interview.application.candidate_id
    return policies.visible_candidates(actor, "evaluation.write").filter(pk=candidate_id).exists()


def _check(remarks: Sequence[tuple[str, bool]]) -> None:
    if not remarks:
        raise refuse(
            _("Remarks"), _("Nothing was written."), _("Write at least one sentence about what you heard.")
        )
    if any(len(words) > MAX_WORDS for words, _shareable in remarks):
        raise refuse(_("Remarks"), _("One of them is too long."), _("Shorten it to 2,000 characters."))
