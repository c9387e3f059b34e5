from datetime import datetime

import pytest
from django.test import Client

from guiyan.approvals.models import FlowTask
from guiyan.channels.models import WeComCallback, WeComCard
from guiyan.channels.wecom import crypto
from guiyan.recall.models import RecallRequest
from tests.channels.conftest import CORP, KEYS, TOKEN, Sandbox
from tests.channels.worker import run_jobs
from tests.recall.scene import Scene

pytestmark = pytest.mark.django_db
RANDOM = b"0123456789abcdef"


def signed(payload: str, *, keys: crypto.Keys = KEYS, nonce: str = "n1") -> tuple[str, bytes]:
    sealed = crypto.encrypt(keys, payload, RANDOM)
    mark = crypto.signature(keys.token, "1795406400", nonce, sealed)
    body = f"<xml><ToUserName>{CORP}</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    return f"msg_signature={mark}&timestamp=1795406400&nonce={nonce}", body.encode()


def click(userid: str, key: str, code: str = "rc") -> str:
    return (
        f"<xml><ToUserName>{CORP}</ToUserName><FromUserName>{userid}</FromUserName><CreateTime>1795406400</CreateTime>"
        f"<MsgType>event</MsgType><Event>template_card_event</Event><EventKey>{key}</EventKey>"
        f"<ResponseCode>{code}</ResponseCode></xml>"
    )


def deliver(query: str, body: bytes) -> int:
    return Client().post(f"/wecom/callback?{query}", data=body, content_type="text/xml").status_code


def approving(scene: Scene, now: datetime) -> tuple[RecallRequest, FlowTask]:
    request = scene.asked(now)
    run_jobs()
    return request, FlowTask.objects.get(instance_id=request.instance_id, state="OPEN")


def test_the_approver_agrees_on_the_phone_and_the_card_dies_for_all(
    scene: Scene, sandbox: Sandbox, now: datetime
):
    request, task = approving(scene, now)
    (card,) = sandbox.cards("lijing")
    assert card["body"]["main_title"]["title"] == "召回张若岚"
    assert [line["keyname"] for line in card["body"]["horizontal_content_list"]][:2] == ["岗位", "期望薪资"]

    sandbox.act(f"phones/employee/lijing/cards/{card['id']}/click", {"key": f"agree:task-{task.pk}"})
    assert sandbox.hand_on(Client()) == [200]
    run_jobs()

    task.refresh_from_db()
    assert (task.state, task.assignee) == ("APPROVED", scene.hr)
    (card,) = sandbox.cards("lijing")
    assert not card["live"]
    assert "李静" in card["replaced"]
    assert len(sandbox.cards("chenzhiyuan")) == 1
    request.refresh_from_db()
    assert request.state == "AWAITING"


def test_both_agree_on_the_phone_and_the_brief_goes_out(scene: Scene, sandbox: Sandbox, now: datetime):
    request, _ = approving(scene, now)
    for userid in ("lijing", "chenzhiyuan"):
        (card,) = sandbox.cards(userid)
        key = card["body"]["button_list"][2]["key"]
        sandbox.act(f"phones/employee/{userid}/cards/{card['id']}/click", {"key": key})
        sandbox.hand_on(Client())
        run_jobs()

    request.refresh_from_db()
    assert request.state == "BRIEFED"
    assert len(sandbox.cards("zhoumin")) == 1


def test_refusing_on_the_card_rejects_with_words(scene: Scene, sandbox: Sandbox, now: datetime):
    request, task = approving(scene, now)

    assert deliver(*signed(click("lijing", f"refuse:task-{task.pk}"))) == 200
    run_jobs()

    request.refresh_from_db()
    assert request.state == "REJECTED"
    task.refresh_from_db()
    assert task.comment != ""


def test_a_late_click_is_told_what_holds_and_changes_nothing(scene: Scene, sandbox: Sandbox, now: datetime):
    request, task = approving(scene, now)
    (card,) = sandbox.cards("lijing")
    sandbox.act(f"phones/employee/lijing/cards/{card['id']}/click", {"key": f"agree:task-{task.pk}"})
    scene.agree(request, scene.hr, now, verdict="reject")  # meanwhile, in the browser

    sandbox.hand_on(Client())
    run_jobs()

    request.refresh_from_db()
    assert request.state == "REJECTED"
    (card,) = sandbox.cards("lijing")
    assert not card["live"]
    assert WeComCallback.objects.get().result.startswith("refused")


def test_the_same_callback_three_times_has_one_effect(scene: Scene, sandbox: Sandbox, now: datetime):
    _, task = approving(scene, now)
    payload = click("lijing", f"agree:task-{task.pk}")

    answers = [deliver(*signed(payload, nonce=nonce)) for nonce in ("a", "b", "c")]
    run_jobs()

    assert answers == [200, 200, 200]
    assert WeComCallback.objects.count() == 1
    task.refresh_from_db()
    assert task.state == "APPROVED"


def test_nobody_decides_for_somebody_else(scene: Scene, sandbox: Sandbox, now: datetime):
    _, task = approving(scene, now)

    for userid in ("wangjianguo", "zhoumin", "nobody"):
        assert deliver(*signed(click(userid, f"agree:task-{task.pk}"))) == 200
    run_jobs()

    task.refresh_from_db()
    assert task.state == "OPEN"
    assert set(WeComCallback.objects.values_list("result", flat=True)) == {"unknown card"}


def test_someone_who_left_cannot_decide(scene: Scene, sandbox: Sandbox, now: datetime):
    _, task = approving(scene, now)
    scene.hr.is_active = False
    scene.hr.save(update_fields=["is_active"])

    deliver(*signed(click("lijing", f"agree:task-{task.pk}")))
    run_jobs()

    task.refresh_from_db()
    assert task.state == "OPEN"


@pytest.mark.parametrize(
    "broken", ["signature", "receiver", "cipher", "dtd_outside", "dtd_inside", "size", "empty"]
)
def test_what_is_not_from_wecom_is_refused_without_a_reason(sandbox: Sandbox, broken: str):
    query, body = signed("<xml><Event>x</Event></xml>")
    if broken == "signature":
        query = query.replace("nonce=n1", "nonce=n2")
    elif broken == "receiver":
        query, body = signed("<xml/>", keys=crypto.Keys(TOKEN, KEYS.aes_key, "ww-other"))
    elif broken == "cipher":
        mark = crypto.signature(TOKEN, "1795406400", "n1", "AAAA")
        query, body = (
            f"msg_signature={mark}&timestamp=1795406400&nonce=n1",
            b"<xml><Encrypt>AAAA</Encrypt></xml>",
        )
    elif broken == "dtd_outside":
        body = b'<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><Encrypt>&x;</Encrypt></xml>'
    elif broken == "dtd_inside":
        query, body = signed('<!DOCTYPE xml [<!ENTITY x "y">]><xml><Event>&x;</Event></xml>')
    elif broken == "size":
        body = b"<xml>" + b"a" * 70_000 + b"</xml>"
    else:
        body = b""

    answer = Client().post(f"/wecom/callback?{query}", data=body, content_type="text/xml")

    assert answer.status_code == 403
    assert answer.content == b""
    assert not WeComCallback.objects.exists()


def test_the_address_proves_itself_with_the_plain_echo(sandbox: Sandbox):
    sealed = crypto.encrypt(KEYS, "1616140317555161061", RANDOM)
    mark = crypto.signature(TOKEN, "1", "n", sealed)

    answer = Client().get(
        "/wecom/callback", {"msg_signature": mark, "timestamp": "1", "nonce": "n", "echostr": sealed}
    )

    assert answer.content == b"1616140317555161061"


def test_payloads_lie_sealed_in_the_database(scene: Scene, sandbox: Sandbox, now: datetime):
    deliver(*signed(click("lijing", "agree:task-1")))

    raw = bytes(WeComCallback.objects.values_list("payload", flat=True)[0])
    assert b"lijing" not in raw


def test_a_withdrawn_request_closes_the_cards(scene: Scene, sandbox: Sandbox, now: datetime):
    from guiyan.recall import commands

    request, _ = approving(scene, now)
    commands.withdraw_request(actor=scene.by_boss, request_id=request.pk, words="", now=now)
    run_jobs()

    (card,) = sandbox.cards("lijing")
    assert not card["live"]
    assert WeComCard.objects.get().closed_at == now
