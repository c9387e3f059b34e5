"""What every answer carries, and how refusals look at each door."""

import pytest
from django.test import Client, override_settings

from guiyan.kernel.errors import Refused
from guiyan.platform.api import refusal_words
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import make_person
from guiyan.platform.testkit.web import signed_in

pytestmark = pytest.mark.django_db
PATHS = ["/sign-in", "/", "/nowhere", "/api/v1/departments", "/api/v1/nowhere", "/healthz"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("person", ["nobody", "boss"])
def test_given_any_answer_then_it_carries_the_security_headers(path, person):
    client = Client() if person == "nobody" else signed_in(make_person("boss"))
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]

    for part in ("default-src 'none'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe-" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_given_a_signed_in_person_then_pages_are_not_stored_by_the_browser():
    assert signed_in(make_person("boss")).get("/").headers["Cache-Control"] == "no-store"


def test_given_a_form_from_elsewhere_then_refused_in_words():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in", {"username": "a", "password": "b"})

    assert answer.status_code == 403


def test_given_the_api_without_a_csrf_token_then_refused():
    client = signed_in(make_person("hr_manager"), Client(enforce_csrf_checks=True))
    answer = client.post(
        "/api/v1/departments", {"name": "x", "parent_id": 1}, content_type="application/json"
    )

    assert answer.status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example"])
def test_given_a_foreign_host_then_400_and_nothing_of_ours(host):
    answer = Client(headers={"host": host}).get("/sign-in")

    assert answer.status_code == 400
    assert "归雁" not in answer.content.decode()


def test_given_nobody_then_a_page_leads_to_sign_in_and_the_api_says_401():
    assert Client().get("/organisation/").headers["Location"] == "/sign-in?next=%2Forganisation%2F"
    answer = Client().get("/api/v1/departments")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_given_nobody_when_htmx_asks_then_the_browser_is_led_to_sign_in():
    answer = Client().get("/organisation/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in")


def test_given_a_denied_page_then_403_in_words_and_one_audit_row():
    user = make_person("auditor")
    answer = signed_in(user).get("/organisation/")

    assert answer.status_code == 403
    assert "没有" in answer.content.decode()
    row = EventRow.objects.get(name="authz.denied")
    assert (row.by, row.facts["path"], row.facts["code"]) == (user.pk, "/organisation/", "not_allowed")


def test_given_a_refused_htmx_call_then_a_toast():
    answer = signed_in(make_person("auditor")).get("/organisation/", headers={"HX-Request": "true"})

    assert answer.status_code == 403
    assert answer.headers["HX-Retarget"] == "#toasts"


class TooMuch(Refused):
    """A refusal with numbers."""

    code = "too_much"
    message = "You do not have the right to do this (%(verb)s)."
    fix = "Wait %(seconds)s seconds and try again."


@pytest.mark.parametrize(("language", "words"), [
    ("zh-hans", ("您没有做这件事的权限（x.y）。", "请等 5 秒再试。")),
    ("en", ("You do not have the right to do this (x.y).", "Wait 5 seconds and try again.")),
])  # fmt: skip
def test_given_a_refusal_then_words_in_the_readers_language_with_its_facts(language, words):
    with override_settings(LANGUAGE_CODE=language):
        from django.utils.translation import override

        with override(language):
            assert refusal_words(TooMuch(verb="x.y", seconds=5)) == words
