"""Signing in through the page: sessions, delays, the same words for unknown names."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from guiyan.accounts.commands import change_password, disable_user, grant_role
from guiyan.accounts.models import SignInAttempt, User
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import MOMENT, PASSWORD, SETUP, acting, make_person
from guiyan.platform.testkit.web import signed_in

pytestmark = pytest.mark.django_db
HOME = "/"


@pytest.fixture
def person() -> User:
    return make_person("recruiter", "周敏", password=PASSWORD)


def enter(client: Client, username: str, password: str, **more: str):
    return client.post(reverse("accounts:sign_in"), {"username": username, "password": password, **more})


def test_given_the_right_words_when_signing_in_then_a_new_session_opens_and_is_noted(person):
    client = Client()
    client.get(reverse("accounts:sign_in"))
    answer = enter(client, person.username.upper(), PASSWORD)

    assert (answer.status_code, answer["Location"]) == (302, HOME)
    assert client.get(HOME).status_code == 200
    assert EventRow.objects.filter(name="accounts.signed_in", by=person.pk).count() == 1


def test_given_a_preset_session_when_signing_in_then_its_id_changes(person):
    client = Client()
    client.session["planted"] = True
    before = client.session.session_key
    enter(client, person.username, PASSWORD)

    assert client.session.session_key != before


@pytest.mark.parametrize("username", ["nobody-here", None])
def test_given_a_wrong_pair_when_signing_in_then_one_answer_for_both(person, username):
    answer = enter(Client(), username or person.username, "not the password")

    assert answer.status_code == 400
    assert "姓名和密码对不上" in answer.content.decode()


def test_given_five_failures_when_trying_again_then_asked_to_wait_and_later_let_in(person):
    client = Client()
    with time_machine.travel(MOMENT, tick=False):
        for _ in range(5):
            enter(client, person.username, "wrong wrong wrong")
        assert enter(client, person.username, PASSWORD).status_code == 429
    with time_machine.travel(MOMENT + timedelta(minutes=16), tick=False):
        assert enter(client, person.username, PASSWORD).status_code == 302
    assert (
        not SignInAttempt.objects.filter(failures__gt=0, key__isnull=False)
        .exclude(key="")
        .filter(failures=5)
        .exists()
    )


@pytest.mark.parametrize(
    "bad", ["//evil.example", "https:evil.example", "/\\evil", "javascript:alert(1)", "%2f%2fevil"]
)
def test_given_a_foreign_next_when_signed_in_then_lands_at_home(person, bad):
    assert enter(Client(), person.username, PASSWORD, next=bad)["Location"] == HOME


def test_given_an_unknown_field_when_signing_in_then_refused_by_name(person):
    answer = enter(Client(), person.username, PASSWORD, is_superuser="1")

    assert answer.status_code == 400
    assert "is_superuser" in answer.content.decode()


@pytest.mark.parametrize("end", ["disable", "role", "password"])
def test_given_an_open_session_when_rights_change_then_it_ends_at_the_next_request(person, end):
    client = signed_in(person)
    assert client.get(HOME).status_code == 200
    if end == "disable":
        disable_user(actor=SETUP, user_id=person.pk, now=MOMENT)
    elif end == "role":
        grant_role(actor=SETUP, user_id=person.pk, role="interviewer", valid_from=MOMENT.date(), now=MOMENT)
    else:
        change_password(actor=acting(person), current=PASSWORD, wanted="another long sentence", now=MOMENT)

    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize(("role", "minutes", "status"), [
    ("recruiter", 29, 200), ("recruiter", 31, 302), ("sys_admin", 14, 200), ("sys_admin", 16, 302),
])  # fmt: skip
def test_given_an_idle_session_when_time_passes_then_it_ends_after_its_limit(role, minutes, status):
    user = make_person(role)
    with time_machine.travel(MOMENT, tick=False):
        client = signed_in(user)
    with time_machine.travel(MOMENT + timedelta(minutes=minutes), tick=False):
        assert client.get(HOME).status_code == status


def test_given_a_busy_session_when_twelve_hours_pass_then_it_ends():
    user = make_person("recruiter")
    with time_machine.travel(MOMENT, tick=False) as clock:
        client = signed_in(user)
        for _ in range(25):
            assert client.get(HOME).status_code == 200
            clock.shift(timedelta(minutes=28.5))
        clock.move_to(MOMENT + timedelta(hours=12, minutes=1))
        assert client.get(HOME).status_code == 302


def test_given_a_stored_password_then_it_is_argon2id(person):
    assert "argon2id$" in person.password


def test_given_signing_out_when_the_cookie_is_used_again_then_nobody(person):
    client = signed_in(person)
    answer = client.post(reverse("accounts:sign_out"))

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(HOME).status_code == 302
