from datetime import datetime, timedelta

import pytest
from django.test import Client

from guiyan.channels.wecom import connection, delivery
from guiyan.channels.wecom.errors import Busy, OutcomeUnknown
from guiyan.recall import commands, links, queries
from guiyan.recall.models import Brief, FollowUp, Outreach
from guiyan.recruiting import commands as recruiting
from tests.channels.conftest import Sandbox
from tests.channels.worker import run_jobs
from tests.recall.scene import MESSAGE, Scene

pytestmark = pytest.mark.django_db


def test_from_release_to_answer_over_the_real_protocol(scene: Scene, sandbox: Sandbox, now: datetime):
    outreach = scene.queued(now)
    run_jobs()
    outreach.refresh_from_db()
    assert (outreach.state, outreach.stage) == ("HANDED", "created")
    (task,) = sandbox.tasks()
    assert task["text"] == MESSAGE

    delivery.poll(outreach.pk, now=now)
    outreach.refresh_from_db()
    assert outreach.stage == "created"

    sandbox.act(f"phones/employee/zhoumin/groupmsg/{task['msgid']}/confirm")
    delivery.poll(outreach.pk, now=now)
    outreach.refresh_from_db()
    assert outreach.stage == "sent"
    assert FollowUp.objects.get().key == "remind:1"

    chat = sandbox.see("phones/candidate/wmZhangRuolan")
    assert links.path_of(outreach) in str(chat)
    path = links.path_of(outreach)
    assert Client().post(f"{path}/answer", {"answer": "INTERESTED", "words": "周四下午"}).status_code == 302
    outreach.refresh_from_db()
    assert outreach.stage == "answered"
    run_jobs()
    assert any("张若岚" in str(card["body"]["main_title"]) for card in sandbox.cards("wangjianguo"))


def test_the_specialist_is_told_with_the_points_when_all_agree(scene: Scene, sandbox: Sandbox, now: datetime):
    request = scene.approved(now)
    run_jobs()

    cards = [card["body"] for card in sandbox.cards("zhoumin")]
    told = [card for card in cards if card["card_type"] == "text_notice"]
    assert len(told) == 1
    assert "张若岚" in told[0]["main_title"]["title"]
    assert "英语" not in str(cards)
    assert told[0]["card_action"]["url"].endswith(f"/recall/requests/{request.pk}")
    assert Brief.objects.get(request=request).notified_at == now


def test_given_a_kill_after_the_call_and_before_the_note_then_nothing_is_sent_twice(
    scene: Scene, sandbox: Sandbox, now: datetime
):
    outreach = scene.queued(now)
    outgoing = commands.begin_attempt(outreach_id=outreach.pk, now=now)
    assert outgoing is not None
    link = {**outgoing.link, "url": f"http://127.0.0.1:8000{outgoing.link_path}"}
    made = connection.customers().add_mass_message(
        sender=outgoing.sender_wecom, external_userid=outgoing.external_id, text=outgoing.text, link=link
    )  # here the worker is killed: WeCom has the task, we have SENDING

    delivery.deliver(outreach.pk, now=now + timedelta(seconds=30))
    assert len(sandbox.tasks()) == 1
    delivery.deliver(outreach.pk, now=now + timedelta(minutes=3))

    outreach.refresh_from_db()
    assert (outreach.state, outreach.wecom_msgid) == ("HANDED", made.msgid)
    assert len(sandbox.tasks()) == 1


def test_given_a_kill_before_the_call_then_the_message_is_sent_once(
    scene: Scene, sandbox: Sandbox, now: datetime
):
    outreach = scene.queued(now)
    commands.begin_attempt(outreach_id=outreach.pk, now=now)  # killed here: nothing left the house

    assert queries.to_deliver(now=now + timedelta(minutes=3)) == [outreach.pk]
    for _ in range(2):
        delivery.deliver(outreach.pk, now=now + timedelta(minutes=3))

    outreach.refresh_from_db()
    assert outreach.state == "HANDED"
    assert len(sandbox.tasks()) == 1


def test_given_an_unknown_outcome_then_it_is_cleared_up_and_not_sent_again(
    scene: Scene, sandbox: Sandbox, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    """The answer is lost on its way back: WeCom has the task, we only know that we do not know."""
    from guiyan.channels.wecom.calls import Customers

    outreach = scene.queued(now)
    real = Customers.add_mass_message

    def lost(self: Customers, **facts: object) -> object:
        real(self, **facts)  # type: ignore[arg-type]
        raise OutcomeUnknown("cut")

    monkeypatch.setattr(Customers, "add_mass_message", lost)
    delivery.deliver(outreach.pk, now=now)
    outreach.refresh_from_db()
    assert outreach.state == "SENDING"
    monkeypatch.setattr(Customers, "add_mass_message", real)

    delivery.deliver(outreach.pk, now=now + timedelta(minutes=3))

    outreach.refresh_from_db()
    assert outreach.state == "HANDED"
    assert len(sandbox.tasks()) == 1


def test_given_wecom_cannot_be_asked_for_hours_then_a_person_decides(
    scene: Scene, sandbox: Sandbox, now: datetime
):
    outreach = scene.queued(now)
    commands.begin_attempt(outreach_id=outreach.pk, now=now)
    sandbox.fail("externalcontact/get_groupmsg_list_v2", -1, times=20)

    with pytest.raises(Busy):
        delivery.deliver(outreach.pk, now=now + timedelta(minutes=3))
    delivery.deliver(outreach.pk, now=now + timedelta(hours=7))

    outreach.refresh_from_db()
    assert outreach.state == "UNKNOWN"
    assert sandbox.tasks() == []


def test_given_an_opt_out_between_release_and_the_job_then_zero_are_sent(
    scene: Scene, sandbox: Sandbox, now: datetime
):
    outreach = scene.queued(now)
    recruiting.set_do_not_contact(actor=scene.by_recruiter, candidate_id=scene.candidate.pk, now=now)

    run_jobs()

    outreach.refresh_from_db()
    assert outreach.state == "STOPPED"
    assert sandbox.tasks() == []
    assert sandbox.calls("externalcontact/add_msg_template") == 0


def test_a_busy_wecom_puts_the_message_back_and_later_it_goes_once(
    scene: Scene, sandbox: Sandbox, now: datetime
):
    outreach = scene.queued(now)
    sandbox.fail("externalcontact/add_msg_template", 45009)

    with pytest.raises(Exception, match="45009"):
        delivery.deliver(outreach.pk, now=now)
    outreach.refresh_from_db()
    assert outreach.state == "QUEUED"

    delivery.deliver(outreach.pk, now=now)
    assert len(sandbox.tasks()) == 1


def test_a_person_who_is_no_friend_any_more_is_a_named_failure(scene: Scene, sandbox: Sandbox, now: datetime):
    outreach = scene.queued(now)
    delivery.deliver(outreach.pk, now=now)
    (task,) = sandbox.tasks()
    sandbox.act("phones/candidate/wmZhangRuolan/delete_friend", {"userid": "zhoumin"})
    sandbox.act(f"phones/employee/zhoumin/groupmsg/{task['msgid']}/confirm")

    delivery.poll(outreach.pk, now=now)

    outreach.refresh_from_db()
    assert (outreach.stage, outreach.failure) == ("failed", "not_friend")


def test_a_sender_without_that_contact_is_stopped_with_the_remedy(
    scene: Scene, sandbox: Sandbox, now: datetime
):
    scene.candidate.wecom_external_id = "wmNobody"
    scene.candidate.save(update_fields=["wecom_external_id"])
    outreach = scene.queued(now)

    delivery.deliver(outreach.pk, now=now)

    outreach.refresh_from_db()
    assert outreach.state == "STOPPED"
    assert "41048" in outreach.stopped_words


def test_candidate_reading_in_wechat_never_reaches_us(scene: Scene, sandbox: Sandbox, now: datetime):
    outreach = scene.queued(now)
    delivery.deliver(outreach.pk, now=now)
    (task,) = sandbox.tasks()
    sandbox.act(f"phones/employee/zhoumin/groupmsg/{task['msgid']}/confirm")
    sandbox.act("phones/candidate/wmZhangRuolan/chats/zhoumin/read")

    delivery.poll(outreach.pk, now=now)

    outreach.refresh_from_db()
    assert outreach.stage == "sent"
    assert outreach.opened_at is None


def test_a_reminder_that_is_due_reaches_the_specialists_phone(scene: Scene, sandbox: Sandbox, now: datetime):
    scene.sent(now)
    commands.raise_due_follow_ups(now=now + timedelta(days=7))

    run_jobs()

    assert any(
        "提醒" in card["body"]["main_title"]["title"] or "Remind" in card["body"]["main_title"]["title"]
        for card in sandbox.cards("zhoumin")
    )
    assert Outreach.objects.count() == 1
