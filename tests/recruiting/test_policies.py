"""Who sees whom: roles × scopes, for candidates and requisitions, for reading and writing."""

import pytest

from guiyan.kernel.errors import NotAllowed, NotFound
from guiyan.platform.actors import NOBODY, Actor
from guiyan.platform.testkit.people import acting, make_person
from guiyan.recruiting import commands, policies, queries
from tests.recruiting.story import at, people_of_the_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """张若岚 applied in the centre; 研发 has a person of its own; 何俊 interviews the latter."""
    story = people_of_the_story()
    recruiter = acting(story.recruiter)
    dev = commands.create_candidate(actor=recruiter, name="研发人选", now=at(3, 1))
    job = commands.create_requisition(
        actor=acting(story.hr), title="算法工程师", department_id=story.other.pk, open_now=True, now=at(3, 1)
    )
    application = commands.open_application(
        actor=recruiter, candidate_id=dev.pk, requisition_id=job.pk, now=at(3, 1)
    )
    users = {
        "boss": story.boss, "hr_manager": story.hr, "recruiter": story.recruiter, "head of the centre": story.head,
        "head of research": make_person("business_head", department=story.other, scope_department=story.other),
        "interviewer with a seat": make_person("interviewer", "何俊"), "interviewer without": make_person("interviewer"),
        "employee": make_person("employee"), "sys_admin": make_person("sys_admin"), "auditor": make_person("auditor"),
    }  # fmt: skip
    commands.schedule_interview(
        actor=recruiter, application_id=application.pk, round_name="一面", at=at(3, 9),
        interviewers=[users["interviewer with a seat"].employee.pk], now=at(3, 2),
    )  # fmt: skip
    return story, dev, job, users


TABLE = [
    # who, candidates seen, requisitions seen
    ("boss", {"张若岚", "研发人选"}, 1),
    ("hr_manager", {"张若岚", "研发人选"}, 1),
    ("recruiter", {"张若岚", "研发人选"}, 1),
    ("head of the centre", {"张若岚"}, 0),
    ("head of research", {"研发人选"}, 1),
    ("interviewer with a seat", {"研发人选"}, 0),
    ("interviewer without", set(), 0),
    ("employee", set(), 0),
    ("sys_admin", set(), 0),
    ("auditor", set(), 0),
]


def test_given_each_role_then_it_sees_exactly_its_rows(world):
    _story, _dev, _job, users = world
    for who, people, openings in TABLE:
        actor = acting(users[who])
        assert set(policies.visible_candidates(actor).values_list("name", flat=True)) == people, who
        assert policies.visible_requisitions(actor).count() == openings, who


def test_given_each_role_then_list_and_dossier_agree(world, now):
    story, dev, _job, users = world
    for who, people, _openings in TABLE:
        actor = acting(users[who])
        if not actor.may("candidate.read"):
            with pytest.raises(NotAllowed):
                queries.candidate_list(actor)
            continue
        assert {row.name for row in queries.candidate_list(actor).rows} == people, who
        for person in (story.zhang, dev):
            if person.name in people:
                assert queries.dossier(actor, person.pk, now=now).name == person.name
            else:
                with pytest.raises(NotFound):
                    queries.dossier(actor, person.pk, now=now)


def test_given_nobody_or_a_job_with_other_verbs_then_no_rows(world):
    assert not policies.visible_candidates(NOBODY).exists()
    assert not policies.visible_candidates(Actor.system("importing", "import.run")).exists()


def test_given_a_seen_person_without_the_verb_then_not_allowed_else_not_found(world, now):
    story, _dev, _job, users = world
    with pytest.raises(NotAllowed):
        commands.add_tag(actor=acting(users["boss"]), candidate_id=story.zhang.pk, name="x", now=now)
    with pytest.raises(NotFound):
        commands.add_tag(
            actor=acting(users["interviewer without"]), candidate_id=story.zhang.pk, name="x", now=now
        )
    with pytest.raises(NotFound):
        commands.reveal_contact(actor=acting(users["boss"]), candidate_id=999_999, field="phone", now=now)


def test_given_a_grant_that_ended_then_the_rows_are_gone_at_once(world, now):
    from guiyan.accounts.models import Grant

    _story, _dev, _job, users = world
    head = users["head of the centre"]
    assert policies.visible_candidates(acting(head)).count() == 1

    Grant.objects.filter(user=head).update(valid_before=now.date())

    assert policies.visible_candidates(acting(head)).count() == 0


def test_given_a_head_then_search_rows_and_list_rows_are_the_same(world):
    _story, _dev, _job, users = world
    actor = acting(users["head of research"])
    cards = queries.search_cards(policies.visible_candidates(actor), actor=actor)
    assert {card.name for card in cards.values()} == {"研发人选"}


def test_given_an_opening_elsewhere_then_the_recruiter_of_one_branch_cannot_open_there(world, now):
    story, _dev, job, users = world
    head = acting(users["head of the centre"])
    with pytest.raises(NotFound):
        queries.requisition_view(head, job.pk)
    with pytest.raises(NotAllowed):
        commands.create_requisition(actor=head, title="x", department_id=story.centre.pk, now=now)
