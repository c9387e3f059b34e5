"""Accounts and grants: invitations, separated duties, passwords, who holds what."""

from datetime import date, timedelta

import pytest

from guiyan.accounts import queries
from guiyan.accounts.commands import (
    DutiesClash,
    UnknownRole,
    accept_admin_invite,
    create_user,
    end_grant,
    grant_role,
    issue_admin_invite,
)
from guiyan.accounts.models import Grant, User
from guiyan.accounts.roles import ROLES, VERBS
from guiyan.kernel.errors import Conflict, InvalidInput, NotAllowed, NotFound
from guiyan.platform.actors import Scope
from guiyan.platform.testkit.people import (
    MOMENT,
    PASSWORD,
    SETUP,
    acting,
    make_actor,
    make_department,
    make_person,
)

pytestmark = pytest.mark.django_db


def test_given_a_fresh_company_then_there_are_no_accounts():
    assert User.objects.count() == 0


def test_given_an_invitation_when_used_then_an_administrator_exists_and_it_works_once():
    token = issue_admin_invite(username="admin", name="系统管理员", now=MOMENT)
    user = accept_admin_invite(token=token, password=PASSWORD, now=MOMENT)

    assert [power.role for power in queries.actor_of(user, on=MOMENT.date()).powers] == ["sys_admin"]
    with pytest.raises(NotFound):
        accept_admin_invite(token=token, password=PASSWORD, now=MOMENT)


def test_given_an_invitation_when_a_day_has_passed_then_it_is_nothing():
    token = issue_admin_invite(username="admin", name="系统管理员", now=MOMENT)

    with pytest.raises(NotFound):
        accept_admin_invite(token=token, password=PASSWORD, now=MOMENT + timedelta(hours=24))
    assert User.objects.count() == 0


@pytest.mark.parametrize("password", ["short", "password1234", "澜川装备2026!", "x" * 129, "归雁guiyan周敏"])
def test_given_a_weak_password_when_creating_then_refused_and_nobody_is_created(password):
    with pytest.raises(InvalidInput):
        create_user(actor=SETUP, username="zhoumin", name="周敏", password=password, now=MOMENT)
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "password", ["四个常见的词连成一句话就很好记", "  spaces at both ends  ", "x y z " * 20]
)
def test_given_a_long_sentence_when_creating_then_accepted_whole(password):
    user = create_user(actor=SETUP, username="zhoumin", name="周敏", password=password, now=MOMENT)

    assert user.check_password(password)
    assert not user.check_password(password[:-1])


def test_given_a_taken_name_in_other_case_when_creating_then_conflict():
    create_user(actor=SETUP, username="zhoumin", name="周敏", password=None, now=MOMENT)

    with pytest.raises(Conflict):
        create_user(actor=SETUP, username="ZhouMin", name="周民", password=None, now=MOMENT)


@pytest.mark.parametrize(("first", "second"), [("sys_admin", "auditor"), ("auditor", "sys_admin")])
def test_given_one_administrator_role_when_the_other_is_granted_then_refused(first, second):
    user = make_person(first)

    with pytest.raises(DutiesClash):
        grant_role(actor=SETUP, user_id=user.pk, role=second, valid_from=MOMENT.date(), now=MOMENT)
    assert Grant.objects.filter(user=user).count() == 1


def test_given_an_unknown_role_when_granted_then_refused():
    with pytest.raises(UnknownRole, match="wizard"):
        grant_role(
            actor=SETUP, user_id=make_person("boss").pk, role="wizard", valid_from=MOMENT.date(), now=MOMENT
        )


def test_given_a_period_when_asked_by_day_then_half_open():
    user = make_person("boss")
    grant_role(
        actor=SETUP,
        user_id=user.pk,
        role="recruiter",
        now=MOMENT,
        valid_from=date(2026, 11, 1),
        valid_before=date(2026, 11, 3),
    )
    held = [queries.actor_of(user, on=date(2026, 11, day)).may("recall.contact") for day in (1, 2, 3)]

    assert held == [True, True, False]


def test_given_a_grant_ended_today_then_its_verbs_are_gone_today():
    user = make_person("recruiter")
    grant = Grant.objects.get(user=user)
    end_grant(actor=SETUP, grant_id=grant.pk, on=MOMENT.date(), now=MOMENT)

    assert not acting(user).may("candidate.read")


def test_given_an_employee_when_creating_accounts_then_not_allowed():
    with pytest.raises(NotAllowed):
        create_user(actor=make_actor("employee"), username="x", name="x", password=None, now=MOMENT)


def test_given_the_system_administrator_then_no_candidate_verb():
    assert not {
        verb for verb in ROLES["sys_admin"].verbs if verb.split(".")[0] in {"candidate", "recall", "resume"}
    }


def test_given_the_roles_then_every_verb_is_spelled_resource_dot_act():
    assert all(len(verb.split(".")) == 2 for verb in VERBS)
    assert set(ROLES) == {
        "boss", "hr_manager", "recruiter", "business_head", "interviewer", "employee", "sys_admin", "auditor",
    }  # fmt: skip


def test_given_holders_when_asked_then_active_people_with_scope():
    centre = make_department()
    head = make_person("business_head", department=centre)
    make_person("boss")

    assert queries.holders("business_head", on=MOMENT.date()) == [(head.pk, Scope.SUBTREE, centre.pk)]
