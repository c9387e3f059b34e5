"""Conditions met: noticed once per cause, never for the wrong people."""

from datetime import date
from decimal import Decimal

import pytest

from guiyan.people import commands as people
from guiyan.people.events import OrganisationChanged
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import SETUP, acting
from guiyan.recruiting import commands, events
from guiyan.recruiting.models import Candidate, ReconsiderCondition, Requisition
from tests.recruiting.story import at, ending, interviews, november, people_of_the_story

pytestmark = pytest.mark.django_db
MET = "recruiting.condition.met"


@pytest.fixture
def story():
    made = people_of_the_story()
    interviews(made)
    ending(made)
    return made


def opened(story, **facts) -> Requisition:
    given = {"title": "供应链经理", "department_id": story.centre.pk, "salary_max": Decimal(38000), **facts}
    return commands.create_requisition(actor=acting(story.hr), open_now=True, now=at(11, 16), **given)


def test_given_the_story_when_the_position_opens_then_one_event_names_the_cause(story):
    november(story)

    rows = list(EventRow.objects.filter(name=MET))
    assert [row.subjects for row in rows] == [[f"candidate:{story.zhang.pk}"]]
    assert rows[0].facts["requisition_id"] == story.requisition.pk
    assert rows[0].at == at(11, 16, 9)
    sources = set(ReconsiderCondition.objects.values_list("met_source", flat=True))
    assert f"requisition:{story.requisition.pk}" in sources


def test_given_the_same_cause_twice_then_told_once_and_a_new_cause_again(story):
    first = opened(story)
    assert commands.review_requisition(requisition_id=first.pk, now=at(11, 16)) == [story.zhang.pk]
    assert commands.review_requisition(requisition_id=first.pk, now=at(11, 17)) == []

    commands.change_requisition_state(
        actor=acting(story.hr), requisition_id=first.pk, state="CANCELLED", reason="x", now=at(11, 18)
    )
    second = opened(story)
    assert commands.review_requisition(requisition_id=second.pk, now=at(11, 19)) == [story.zhang.pk]
    assert EventRow.objects.filter(name=MET).count() == 2


def test_given_a_handler_that_runs_late_then_it_judges_as_of_its_event(story):
    november(story)
    ReconsiderCondition.objects.update(met_at=None, met_source="", met_words="")

    assert commands.review_requisition(requisition_id=story.requisition.pk, now=at(3, 25)) == []
    assert commands.review_requisition(requisition_id=story.requisition.pk, now=at(11, 2)) == []
    assert commands.review_requisition(requisition_id=story.requisition.pk, now=at(11, 16, 10)) == [
        story.zhang.pk
    ]


def test_given_a_band_too_low_then_silent_until_it_rises(story):
    job = opened(story, salary_max=Decimal(28000))
    assert commands.review_requisition(requisition_id=job.pk, now=at(11, 16)) == []

    commands.update_requisition(
        actor=acting(story.hr), requisition_id=job.pk, salary_max=Decimal(31000), now=at(11, 17)
    )
    commands.on_requisition_changed(
        events.RequisitionChanged(requisition_id=job.pk, state="OPEN", fields=("salary_max",), at=at(11, 17))
    )
    assert EventRow.objects.filter(name=MET).count() == 1


def test_given_a_restored_department_alone_then_the_band_still_waits(story):
    change = people.record_change(
        actor=SETUP, department_id=story.centre.pk, kind="RESTORED", effective_on=date(2026, 11, 2), words="恢复", document="d",
        now=at(11, 2),
    )  # fmt: skip
    commands.on_organisation_changed(
        OrganisationChanged(change_id=change.pk, department_id=story.centre.pk, kind="RESTORED", at=at(11, 2))
    )
    assert not EventRow.objects.filter(name=MET).exists()


def test_given_somebody_who_works_here_now_then_nobody_is_told(story):
    Candidate.objects.filter(pk=story.zhang.pk).update(employee=story.recruiter.employee)

    assert commands.review_requisition(requisition_id=opened(story).pk, now=at(11, 16)) == []


def test_given_a_date_that_arrives_then_told_on_that_day(story):
    person = commands.create_candidate(actor=acting(story.recruiter), name="沈佳音", now=at(1, 5))
    application = commands.open_application(
        actor=acting(story.recruiter), candidate_id=person.pk, position="计划经理", now=at(1, 5)
    )
    commands.close_application(
        actor=acting(story.hr), application_id=application.pk, outcome="REJECTED", reason="TIMING", now=at(1, 9),
        conditions=[{"kind": "DATE_ARRIVES", "on_date": date(2026, 6, 1)}],
    )  # fmt: skip

    assert commands.review_dates(now=at(5, 31, 23, 59)) == []
    assert commands.review_dates(now=at(6, 1, 0, 1)) == [person.pk]
    assert commands.review_dates(now=at(6, 2)) == []
