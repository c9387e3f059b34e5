"""Deny by default: every door declares its grant; the whole matrix doors × roles is a reviewed file."""

import pytest
from django.core.management import call_command
from django.test import Client

from guiyan.accounts.roles import ROLES, VERBS
from guiyan.config.api import operations
from guiyan.config.snapshots import OPENAPI, PERMISSIONS, allowed, doors, openapi, permission_matrix
from guiyan.platform.checks import every_route_declares_its_grant
from guiyan.platform.routes import SIGNED_IN, route
from guiyan.platform.testkit.people import make_person
from guiyan.platform.testkit.web import signed_in


def grants() -> dict[str, str]:
    """door → grant, or "public: reason"."""
    return {door: declared.grant or f"public: {declared.public}" for door, declared in doors().items()}


def test_given_the_doors_and_roles_then_the_matrix_is_the_reviewed_one():
    reviewed = PERMISSIONS.read_text(encoding="utf-8")

    assert permission_matrix() == reviewed, "Run `guiyan snapshots --write` and review the difference."


def test_given_the_api_then_its_description_is_the_reviewed_one():
    assert openapi() == OPENAPI.read_text(encoding="utf-8"), (
        "Run `guiyan snapshots --write` and review the difference."
    )


def test_given_every_grant_then_some_role_holds_it():
    unknown = {
        grant for grant in grants().values() if not grant.startswith("public") and grant != SIGNED_IN
    } - VERBS

    assert unknown == set()


def test_given_the_start_up_checks_then_nothing_is_undeclared():
    call_command("check")


def test_given_a_door_without_a_grant_then_the_check_names_it(settings):
    settings.ROOT_URLCONF = "tests.architecture.undeclared_urls"

    assert [error.msg for error in every_route_declares_its_grant()] == ["/forgotten declares no grant."]


@pytest.mark.parametrize("arguments", [{}, {"grant": "a.b", "public": "why"}])
def test_given_neither_or_both_when_declaring_then_a_bug(arguments):
    with pytest.raises(ValueError, match="either a grant or"):
        route(**arguments)


def example(path: str) -> str:
    """A path with every variable filled by something that does not exist."""
    out = path
    for kind, value in (
        ("int", "999999999"),
        ("str", "nothing"),
        ("uuid", "00000000-0000-4000-8000-000000000000"),
    ):
        while f"<{kind}:" in out:
            start = out.index(f"<{kind}:")
            out = out[:start] + value + out[out.index(">", start) + 1 :]
    return out


def page_paths() -> list[tuple[str, str]]:
    return [(path, grant) for path, grant in sorted(grants().items()) if path.startswith("/")]


def may(grant: str, role: str) -> bool:
    """Whether the role holds the grant of a page."""
    return grant.startswith("public") or grant == SIGNED_IN or grant in ROLES[role].verbs


@pytest.mark.django_db
def test_given_nobody_when_any_page_is_opened_then_the_sign_in_page_or_a_public_answer():
    client = Client()
    for path, grant in page_paths():
        status = client.get(example(path)).status_code
        expected = {200, 302, 400, 403, 404, 405} if grant.startswith("public") else {302, 401, 405}
        assert status in expected, f"{path} answered {status}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(ROLES))
def test_given_a_role_when_every_page_is_opened_then_only_granted_ones_answer(role):
    client = signed_in(make_person(role))
    for path, grant in page_paths():
        if grant.startswith("public"):
            continue
        for method in (client.get, client.post):
            status = method(example(path)).status_code
            assert status < 500, f"{path} answered {status}"
            if not may(grant, role):
                assert status in {403, 405}, f"{role} got {status} at {path}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(ROLES))
def test_given_a_role_when_every_operation_is_called_then_only_granted_ones_answer(role):
    client = signed_in(make_person(role))
    for method, path, view in operations():
        answer = client.generic(method, "/api/v1" + filled(path), "{}", content_type="application/json")
        assert answer.status_code < 500, f"{method} {path} answered {answer.status_code}"
        if not allowed(view.route, role):
            assert answer.status_code in {400, 403}, f"{role} got {answer.status_code} at {method} {path}"


def filled(path: str) -> str:
    """An API path with each {variable} replaced by an id that does not exist."""
    out = path
    while "{" in out:
        out = out[: out.index("{")] + "999999999" + out[out.index("}") + 1 :]
    return out


@pytest.mark.django_db
def test_given_nobody_when_any_operation_is_called_then_401():
    client = Client()
    for method, path, view in operations():
        if not view.route.public:
            status = client.generic(
                method, "/api/v1" + filled(path), "{}", content_type="application/json"
            ).status_code
            assert status == 401, f"{method} {path} answered {status}"
