from __future__ import annotations

import pytest

from tests.wecom_sandbox.conftest import AES_KEY, CORP, NOON, SETUP, TOKEN, running, settled
from tests.wecom_sandbox.test_messages import card, update


@pytest.fixture
def linked(sandbox, receiver):
    """A sandbox whose callbacks go to `receiver`."""
    reply = sandbox.act(
        "setup", SETUP | {"callback": {"url": receiver.url, "token": TOKEN, "aes_key": AES_KEY}}
    )
    assert reply["callback"]["verified"] is True
    return sandbox


def queue(sandbox) -> dict:
    answer: dict = sandbox.see("state")["callback"]["queue"]
    return answer


def way(sandbox, **change) -> str:
    body = {"type": 1, "scene": 2, "user": ["ZhouMin"], "state": "key-1"} | change
    answer: str = sandbox.call("externalcontact/add_contact_way", body)["config_id"]
    return answer


def test_given_a_button_click_then_an_encrypted_card_event_with_a_fresh_code_that_updates(linked, receiver):
    sent = linked.call("message/send", card())
    card_id = linked.employee()["messages"][0]["id"]
    linked.act(f"phones/employee/ZhouMin/cards/{card_id}/click", {"key": "agree:7"})
    receiver.wait(1)

    event = receiver.event(0)
    code = event.pop("ResponseCode")
    assert event == {
        "ToUserName": CORP,
        "FromUserName": "ZhouMin",
        "CreateTime": str(NOON),
        "MsgType": "event",
        "Event": "template_card_event",
        "EventKey": "agree:7",
        "TaskId": "approval-7",
        "CardType": "button_interaction",
        "AgentID": "1000002",
    }
    assert code != sent["response_code"]
    assert linked.code("message/update_template_card", update(code)) == 0
    assert linked.code("message/update_template_card", update(sent["response_code"])) == 0
    assert linked.employee("WangJianGuo")["messages"][0]["replaced"] == "周敏 已同意"


def test_given_a_vote_when_submitted_then_the_event_carries_the_chosen_options(linked, receiver):
    asked = {
        "question_key": "when",
        "mode": 1,
        "option_list": [{"id": "thu", "text": "周四"}, {"id": "fri", "text": "周五"}],
    }
    vote = card(
        card_type="vote_interaction",
        button_list=None,
        checkbox=asked,
        submit_button={"text": "好", "key": "go"},
    )
    linked.call("message/send", vote)
    url = f"phones/employee/ZhouMin/cards/{linked.employee()['messages'][0]['id']}/click"
    linked.act(url, {"key": "go", "selected": {"when": ["sat"]}}, status=422)
    linked.act(url, {"key": "go", "selected": {"when": ["thu", "fri"]}})
    receiver.wait(1)

    assert receiver.event(0)["EventKey"] == "go"
    request = next(line for line in linked.see("journal")["lines"] if line["direction"] == "callback")[
        "request"
    ]
    assert (
        "<SelectedItem><QuestionKey><![CDATA[when]]></QuestionKey><OptionIds><OptionId><![CDATA[thu]]></OptionId>"
        "<OptionId><![CDATA[fri]]></OptionId></OptionIds></SelectedItem>" in request
    )


def test_given_a_scan_then_add_event_with_state_and_a_welcome_code_of_one_use(linked, receiver):
    linked.act("phones/candidate/wmNew/scan", {"config_id": way(linked)})
    receiver.wait(1)
    event = receiver.event(0)
    welcome = {"welcome_code": event["WelcomeCode"], "text": {"content": "欢迎"}}

    assert (event["Event"], event["ChangeType"]) == ("change_external_contact", "add_external_contact")
    assert (event["UserID"], event["ExternalUserID"], event["State"]) == ("ZhouMin", "wmNew", "key-1")
    send = "externalcontact/send_welcome_msg"
    assert linked.code(send, {"text": {"content": "欢迎"}}) == 41049
    assert linked.code(send, welcome | {"welcome_code": "unknown"}) == 41050
    assert linked.code(send, {"welcome_code": event["WelcomeCode"]}) == 40063
    assert linked.code(send, welcome) == 0
    assert linked.code(send, welcome) == 41051
    (message,) = linked.candidate("wmNew")["chats"][0]["messages"]
    assert (message["body"], message["origin"]) == ({"content": "欢迎"}, "welcome")
    follower = linked.call("externalcontact/get", external_userid="wmNew")["follow_user"][0]
    assert (follower["state"], follower["add_way"]) == ("key-1", 1)


def test_given_a_welcome_code_older_than_20_seconds_or_a_begun_chat_then_41050_and_41051(linked, receiver):
    linked.act("phones/candidate/wmNew/scan", {"config_id": way(linked)})
    receiver.wait(1)
    code = receiver.event(0)["WelcomeCode"]
    body = {"welcome_code": code, "text": {"content": "欢迎"}}
    linked.act("phones/candidate/wmNew/chats/ZhouMin/reply", {"text": "在吗"})
    assert linked.code("externalcontact/send_welcome_msg", body) == 41051
    linked.advance(20)
    assert linked.code("externalcontact/send_welcome_msg", body) == 41050


def test_given_a_way_that_needs_acceptance_then_no_relation_and_no_event_before_it(linked, receiver):
    linked.act("phones/candidate/wmNew/scan", {"config_id": way(linked, skip_verify=False)})
    assert linked.code("externalcontact/get", external_userid="wmNew") == 84061
    assert linked.employee()["requests"] == [{"external_userid": "wmNew", "name": "新人"}]
    assert queue(linked) == {"waiting": 0, "done": 0, "given_up": 0}

    linked.act("phones/employee/ZhouMin/chats/wmNew/accept")
    receiver.wait(1)
    assert receiver.event(0)["ChangeType"] == "add_external_contact"


def test_given_both_ways_of_ending_then_their_events_and_what_calls_say_afterwards(linked, receiver):
    linked.act("phones/candidate/wmZhang/delete_friend", {"userid": "ZhouMin"})
    linked.act("phones/employee/ZhouMin/chats/wmLi/delete")
    receiver.wait(2)

    kinds = [(receiver.event(at)["ChangeType"], receiver.event(at)["ExternalUserID"]) for at in (0, 1)]
    assert kinds == [("del_follow_user", "wmZhang"), ("del_external_contact", "wmLi")]
    assert linked.code("externalcontact/get", external_userid="wmZhang") == 0
    assert linked.code("externalcontact/get", external_userid="wmLi") == 84061
    linked.act("phones/candidate/wmZhang/chats/ZhouMin/reply", {"text": "x"}, status=409)


def test_given_changes_made_by_the_api_then_no_event_but_the_same_in_the_client_has_one(linked, receiver):
    linked.call("externalcontact/remark", {"userid": "ZhouMin", "external_userid": "wmLi", "remark": "甲"})
    assert queue(linked)["done"] == 0
    linked.act("phones/employee/ZhouMin/chats/wmLi/remark", {"remark": "乙"})
    linked.act("phones/employee/ZhouMin/enter_agent", {"agentid": 1000002})
    receiver.wait(2)

    assert receiver.event(0)["ChangeType"] == "edit_external_contact"
    assert (receiver.event(1)["Event"], receiver.event(1)["EventKey"]) == ("enter_agent", "")
    settled(lambda: queue(linked)["done"], 2)


def test_given_a_program_that_fails_twice_then_the_same_bytes_come_three_times(linked, receiver):
    receiver.answers = [500, 503]
    linked.act("phones/candidate/wmZhang/delete_friend", {"userid": "ZhouMin"})
    receiver.wait(3)

    assert receiver.posts[0] == receiver.posts[1] == receiver.posts[2]
    settled(lambda: queue(linked), {"waiting": 0, "done": 1, "given_up": 0})


def test_given_a_program_that_fails_three_times_then_given_up(linked, receiver):
    receiver.answers = [500, 500, 500]
    linked.act("phones/candidate/wmZhang/delete_friend", {"userid": "ZhouMin"})
    receiver.wait(3)

    settled(lambda: queue(linked), {"waiting": 0, "done": 0, "given_up": 1})
    assert len(receiver.posts) == 3


def test_given_duplicates_switched_on_then_every_event_comes_twice(linked, receiver):
    linked.act("faults", {"duplicate_callbacks": 1})
    linked.act("phones/candidate/wmZhang/delete_friend", {"userid": "ZhouMin"})
    receiver.wait(2)

    assert receiver.posts[0] == receiver.posts[1]
    settled(lambda: queue(linked)["done"], 1)


def test_given_an_address_that_cannot_decrypt_then_unverified_and_events_wait_until_it_can(sandbox, receiver):
    receiver.verifies = False
    callback = {"url": receiver.url, "token": TOKEN, "aes_key": AES_KEY}
    reply = sandbox.act("setup", SETUP | {"callback": callback})["callback"]
    assert (reply["verified"], reply["error"]) == (False, "HTTP 200, the body is not the decrypted echostr")

    sandbox.act("phones/candidate/wmZhang/delete_friend", {"userid": "ZhouMin"})
    assert (queue(sandbox)["waiting"], receiver.posts) == (1, [])
    receiver.verifies = True
    receiver.wait(1)
    settled(lambda: queue(sandbox)["done"], 1)
    assert sandbox.see("state")["callback"]["verified"] is True


def test_given_a_restart_with_an_event_in_the_outbox_then_it_is_delivered_and_state_is_kept(
    tmp_path, receiver
):
    callback = {"url": receiver.url, "token": TOKEN, "aes_key": AES_KEY}
    receiver.verifies = False
    with running(tmp_path) as first:
        first.act("setup", SETUP | {"callback": callback})
        first.advance(100)
        token = first.token()
        sent = first.call("message/send", card())
        first.act("phones/candidate/wmZhang/delete_friend", {"userid": "ZhouMin"})
        before = first.employee()
    receiver.verifies = True

    with running(tmp_path) as second:
        receiver.wait(1)
        assert receiver.event(0)["ChangeType"] == "del_follow_user"
        assert second.see("state")["clock"] == {"now": NOON + 100, "offset_seconds": 100}
        assert second.token() == token
        assert second.employee() == before
        assert second.code("message/update_template_card", update(sent["response_code"])) == 0


def test_given_secrets_in_traffic_when_the_journal_is_read_then_none_of_them_is_there(linked, receiver):
    token = linked.token()
    sent = linked.call("message/send", card())
    linked.act("phones/candidate/wmNew/scan", {"config_id": way(linked)})
    receiver.wait(1)
    settled(lambda: queue(linked)["done"], 1)

    journal = linked.http.get("/sandbox/api/journal").text
    for secret in (token, "app-secret", sent["response_code"], receiver.event(0)["WelcomeCode"], AES_KEY):
        assert secret not in journal
    paths = [line["path"] for line in linked.see("journal")["lines"]]
    assert "message/send" in paths
    assert "change_external_contact/add_external_contact" in paths
    assert AES_KEY not in linked.http.get("/sandbox/api/state").text
