"""Ending applications: the structured reason, the reconsider condition, hires that fill places."""

from decimal import Decimal

import pytest

from guiyan.kernel.errors import InvalidInput, NotAllowed, NotFound
from guiyan.kernel.states import IllegalMove
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import acting, make_person
from guiyan.recruiting import commands
from guiyan.recruiting.models import Application, Disposition, ReconsiderCondition, Requisition
from tests.recruiting.story import at, people_of_the_story

pytestmark = pytest.mark.django_db
NEVER = [{"kind": "NEVER"}]


def close(story, **facts):
    given = {"outcome": "REJECTED", "reason": "SKILL_GAP", "conditions": NEVER, "now": at(3, 27), **facts}
    return commands.close_application(actor=acting(story.hr), application_id=story.application.pk, **given)


REFUSED = [
    ({"reason": ""}, commands.ReasonNeeded),
    ({"conditions": []}, commands.ConditionNeeded),
    ({"reason": "BAD_HAIR"}, InvalidInput),
    ({"outcome": "LOST"}, InvalidInput),
    ({"conditions": [{"kind": "WHEN_PIGS_FLY"}]}, InvalidInput),
    ({"conditions": [{"kind": "BAND_AT_LEAST"}]}, InvalidInput),
    ({"conditions": [{"kind": "DATE_ARRIVES"}]}, InvalidInput),
    ({"conditions": [{"kind": "DEPARTMENT_RESTORED"}]}, InvalidInput),
    ({"conditions": [{"kind": "OTHER", "words": ""}]}, InvalidInput),
    ({"conditions": [{"kind": "NEVER", "colour": "red"}]}, InvalidInput),
    ({"words": "长" * 2001}, InvalidInput),
]


@pytest.mark.parametrize(("facts", "refusal"), REFUSED)
def test_given_an_incomplete_ending_then_refused_and_nothing_changes(facts, refusal):
    story = people_of_the_story()
    before = EventRow.objects.count()

    with pytest.raises(refusal):
        close(story, **facts)

    story.application.refresh_from_db()
    assert story.application.state == Application.State.OPEN
    assert not Disposition.objects.exists()
    assert EventRow.objects.count() == before


def test_given_a_whole_ending_then_reason_conditions_and_event_are_kept():
    story = people_of_the_story()

    ending = close(
        story,
        reason="SALARY_GAP",
        words="差 4K。",
        conditions=[{"kind": "BAND_AT_LEAST", "amount": Decimal(34000)}],
    )

    condition = ReconsiderCondition.objects.get(disposition=ending)
    assert (condition.position, condition.department_id, condition.amount) == (
        "供应链经理",
        story.centre.pk,
        Decimal("34000.00"),
    )
    assert (ending.decided_by_name, ending.decided_by_id) == ("李静", story.hr.employee.pk)
    row = EventRow.objects.get(name="recruiting.application.closed")
    assert row.subjects == [f"candidate:{story.zhang.pk}"]
    assert row.facts == {
        "candidate_id": story.zhang.pk, "application_id": story.application.pk, "outcome": "REJECTED", "reason": "SALARY_GAP",
    }  # fmt: skip


def test_given_a_closed_application_when_closed_again_then_refused():
    story = people_of_the_story()
    close(story)

    with pytest.raises(IllegalMove):
        close(story)
    assert Disposition.objects.count() == 1


def test_given_a_boss_without_the_verb_then_not_allowed():
    story = people_of_the_story()

    with pytest.raises(NotAllowed):
        commands.close_application(
            actor=acting(story.boss), application_id=story.application.pk, outcome="WITHDREW", now=at(3, 27)
        )
    assert not Disposition.objects.exists()


def hired(story, name="候选二"):
    job = Requisition.objects.first() or commands.create_requisition(
        actor=acting(story.hr), title="计划经理", department_id=story.centre.pk, open_now=True, now=at(2, 1)
    )
    person = commands.create_candidate(actor=acting(story.recruiter), name=name, now=at(2, 1))
    made = commands.open_application(
        actor=acting(story.recruiter), candidate_id=person.pk, requisition_id=job.pk, now=at(2, 2)
    )
    return job, made


def test_given_the_last_place_when_hired_then_the_requisition_is_filled_and_reopening_frees_it():
    story = people_of_the_story()
    job, application = hired(story)
    _job, second = hired(story, "候选三")

    commands.mark_hired(actor=acting(story.hr), application_id=application.pk, now=at(2, 20))
    job.refresh_from_db()
    assert (job.state, job.filled) == (Requisition.State.FILLED, 1)

    with pytest.raises(commands.NoVacancy):
        commands.mark_hired(actor=acting(story.hr), application_id=second.pk, now=at(2, 21))
    second.refresh_from_db()
    assert second.state == Application.State.OPEN

    with pytest.raises(commands.RequisitionNotOpen):
        commands.reopen_application(actor=acting(story.hr), application_id=application.pk, now=at(2, 22))


def test_given_a_closed_application_when_reopened_then_the_ending_is_gone_and_told():
    story = people_of_the_story()
    close(story)

    commands.reopen_application(actor=acting(story.hr), application_id=story.application.pk, now=at(4, 1))

    story.application.refresh_from_db()
    assert story.application.state == Application.State.OPEN
    assert not Disposition.objects.exists()
    assert EventRow.objects.filter(name="recruiting.application.opened", facts__reopened=True).count() == 1


def test_given_another_persons_head_when_adding_a_condition_then_not_found():
    story = people_of_the_story()
    ending = close(story)
    stranger = make_person("business_head", department=story.other, scope_department=story.other)

    with pytest.raises(NotFound):
        commands.add_condition(actor=acting(stranger), disposition_id=ending.pk, kind="NEVER", now=at(4, 1))
    assert ReconsiderCondition.objects.count() == 1
