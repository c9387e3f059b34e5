import threading
from collections.abc import Callable

import httpx
import pytest

from guiyan.channels.models import WeComToken
from guiyan.channels.wecom import connection, errors
from guiyan.channels.wecom.calls import App, Customers
from guiyan.channels.wecom.client import Wire
from guiyan.channels.wecom.wire import Token
from tests.channels.conftest import CORP, Sandbox, free_port

pytestmark = pytest.mark.django_db


class Memory:
    """A token store without a database."""

    def __init__(self) -> None:
        self.token = ""

    def get(self, key: str, fetch: Callable[[], Token]) -> str:
        self.token = self.token or fetch().access_token
        return self.token

    def drop(self, key: str, token: str) -> None:
        if self.token == token:
            self.token = ""


def wire(sandbox: Sandbox, secret: str = "app-secret", **options: object) -> Wire:  # noqa: S107 - invented here
    facts = {
        "base_url": sandbox.url,
        "corpid": CORP,
        "secret": secret,
        "name": "t",
        "tokens": Memory(),
        "sleep": lambda _: None,
    }
    return Wire(**{**facts, **options})  # type: ignore[arg-type]


def test_a_member_is_read_through_a_token_that_is_fetched_once(sandbox: Sandbox):
    app = App(wire(sandbox), 1000002)

    assert app.user("zhoumin").name == "周敏"
    assert app.user("lijing").name == "李静"
    assert sandbox.calls("gettoken") == 1


def test_an_expired_token_is_renewed_and_the_call_made_once_more(sandbox: Sandbox):
    app = App(wire(sandbox), 1000002)
    app.user("zhoumin")
    sandbox.act("faults", {"revoke_tokens": True})

    assert app.user("zhoumin").name == "周敏"
    assert sandbox.calls("gettoken") == 2


def test_a_token_rejected_twice_is_an_error_not_a_loop(sandbox: Sandbox):
    sandbox.fail("user/get", 42001, times=2)

    with pytest.raises(errors.TokenRejected):
        App(wire(sandbox), 1000002).user("zhoumin")

    assert sandbox.calls("user/get") == 2


def test_a_wrong_secret_is_never_tried_again(sandbox: Sandbox):
    with pytest.raises(errors.BadCredentials, match="WECOM_SECRET"):
        App(wire(sandbox, secret="wrong"), 1000002).user("zhoumin")

    assert sandbox.calls("gettoken") == 1


def test_a_busy_wecom_is_asked_three_times_with_growing_pauses(sandbox: Sandbox):
    pauses: list[float] = []
    app = App(wire(sandbox, sleep=pauses.append), 1000002)
    sandbox.fail("user/get", -1, times=2)
    assert app.user("zhoumin").name == "周敏"
    assert pauses == [1.0, 2.0]

    sandbox.fail("user/get", 45033, times=3)
    with pytest.raises(errors.TooManyAtOnce):
        app.user("zhoumin")


@pytest.mark.parametrize(
    ("code", "kind"),
    [(60020, errors.AddressNotAllowed), (45009, errors.TooOften), (48002, errors.NoPermission)],
)
def test_codes_become_errors_that_name_cause_and_remedy(
    sandbox: Sandbox, code: int, kind: type[errors.WeComError]
):
    sandbox.fail("user/get", code)

    with pytest.raises(kind) as error:
        App(wire(sandbox), 1000002).user("zhoumin")

    assert error.value.code == code
    assert error.value.cause in str(error.value)
    assert error.value.remedy in str(error.value)


def test_an_unknown_code_keeps_its_number_and_words():
    error = errors.error_for(99999, "odd", "user/get")

    assert type(error) is errors.WeComError
    assert "99999 odd" in str(error)


def test_nobody_at_the_address_is_not_reached_and_a_cut_answer_is_unknown():
    gone = Wire(
        base_url=f"http://127.0.0.1:{free_port()}", corpid=CORP, secret="s", name="t", tokens=Memory()
    )
    with pytest.raises(errors.NotReached):
        gone.get("user/get", Token)

    def cut(request: httpx.Request) -> httpx.Response:
        if "gettoken" in str(request.url):
            return httpx.Response(200, json={"errcode": 0, "access_token": "t", "expires_in": 7200})
        raise httpx.ReadTimeout("late", request=request)

    half = Wire(
        base_url="http://wecom.invalid", corpid=CORP, secret="s", name="t", tokens=Memory(),
        http=httpx.Client(transport=httpx.MockTransport(cut)),
    )  # fmt: skip
    with pytest.raises(errors.OutcomeUnknown):
        half.post("message/send", Token, {})


def test_contacts_and_their_friends_are_read(sandbox: Sandbox):
    customers = Customers(wire(sandbox, secret="contact-secret"))

    assert customers.contacts_of("zhoumin") == ["wmZhangRuolan"]
    assert customers.contact("wmZhangRuolan").follow_user[0].userid == "zhoumin"
    with pytest.raises(errors.NotFriends):
        customers.contacts_of("lijing")
    assert customers.add_contact_way("zhoumin", state="abc123").config_id


def test_the_product_keeps_its_tokens_sealed_in_the_database(sandbox: Sandbox):
    connection.app().user("zhoumin")
    connection.app().user("lijing")

    row = WeComToken.objects.get(key=f"{CORP}:app")
    raw = bytes(WeComToken.objects.filter(pk=row.pk).values_list("token", flat=True)[0] or b"")
    assert str(row.token).encode() not in raw
    assert sandbox.calls("gettoken") == 1


@pytest.mark.django_db(transaction=True)
def test_four_processes_with_a_dead_token_renew_it_once(sandbox: Sandbox):
    from django.db import connection as database
    from django_tenants.utils import schema_context

    schema = database.schema_name  # type: ignore[attr-defined]  # django-tenants adds it
    connection.app().user("zhoumin")
    sandbox.act("faults", {"revoke_tokens": True})
    seen: list[object] = []

    def work() -> None:
        try:
            with schema_context(schema):
                seen.append(connection.app().user("lijing").name)
        except Exception as error:  # noqa: BLE001 - the test shows it
            seen.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == ["李静"] * 4
    assert sandbox.calls("gettoken") == 2
