from __future__ import annotations

import pytest

TEXT = {"touser": "ZhouMin", "msgtype": "text", "agentid": 1000002, "text": {"content": "您好"}}
BUTTONS = [{"text": "同意", "style": 1, "key": "agree:7"}, {"text": "拒绝", "style": 3, "key": "refuse:7"}]
CARD = {
    "card_type": "button_interaction",
    "task_id": "approval-7",
    "main_title": {"title": "召回张若岚", "desc": "请您确认"},
    "horizontal_content_list": [{"keyname": "岗位", "value": "供应链经理"}],
    "button_list": BUTTONS,
}


def card(**change) -> dict:
    fields = {key: value for key, value in {**CARD, **change}.items() if value is not None}
    body = {"touser": "ZhouMin|WangJianGuo", "msgtype": "template_card", "agentid": 1000002}
    return body | {"template_card": fields}


def test_given_a_text_when_sent_then_on_the_phone_and_no_response_code(sandbox):
    reply = sandbox.call("message/send", TEXT)

    assert (reply["errcode"], reply["invaliduser"]) == (0, "")
    assert "response_code" not in reply
    (message,) = sandbox.employee()["messages"]
    assert (message["msgid"], message["body"], message["agent_name"]) == (
        reply["msgid"],
        {"content": "您好"},
        "归雁",
    )


def test_given_partly_wrong_recipients_then_0_with_the_list_and_all_wrong_is_81013(sandbox):
    partly = sandbox.call("message/send", TEXT | {"touser": "ZHOUMIN|Ghost|Other"})

    assert (partly["errcode"], partly["invaliduser"]) == (0, "ghost|other")
    assert len(sandbox.employee()["messages"]) == 1
    assert sandbox.code("message/send", TEXT | {"touser": "Ghost"}) == 81013
    assert sandbox.code("message/send", TEXT | {"touser": ""}) == 81013


def test_given_all_or_a_department_when_sent_then_everybody_there_gets_it(sandbox):
    sandbox.call("message/send", TEXT | {"touser": "@all"})
    reply = sandbox.call("message/send", TEXT | {"touser": "", "toparty": "1|77"})

    assert reply["invalidparty"] == "77"
    assert len(sandbox.employee("WangJianGuo")["messages"]) == 2
    assert len(sandbox.employee("ZhouMin")["messages"]) == 1


def test_given_long_contents_then_cut_at_byte_limits_or_refused(sandbox):
    sandbox.call("message/send", TEXT | {"text": {"content": "雁" * 1000}})
    assert sandbox.employee()["messages"][-1]["body"]["content"] == "雁" * 682  # 2046 of 2048 bytes

    textcard = {"title": "标" * 60, "description": "述" * 300, "url": "https://a.example/"}
    sandbox.call("message/send", TEXT | {"msgtype": "textcard", "textcard": textcard})
    body = sandbox.employee()["messages"][-1]["body"]
    assert (len(body["title"]), len(body["description"]), body["btntxt"]) == (42, 170, "详情")

    markdown = TEXT | {"msgtype": "markdown", "markdown": {"content": "x" * 2049}}
    assert sandbox.code("message/send", markdown) == 45002
    assert (
        sandbox.code(
            "message/send", TEXT | {"msgtype": "textcard", "textcard": textcard | {"btntxt": "五个字多了"}}
        )
        == 40058
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"msgtype": "dance"}, 40008),
        ({"msgtype": None}, 40008),
        ({"agentid": None}, 41011),
        ({"text": {"content": ""}}, 40063),
        ({"text": None}, 40063),
        ({"touser": "|".join(["x"] * 1001)}, 40058),
        ({"enable_duplicate_check": 1, "duplicate_check_interval": 14401}, 40058),
    ],
)
def test_given_a_wrong_field_when_sent_then_its_code_and_nothing_arrives(sandbox, change, code):
    assert sandbox.code("message/send", TEXT | change) == code
    assert sandbox.employee()["messages"] == []


def test_given_the_duplicate_check_when_the_same_request_comes_again_then_answered_but_not_delivered(sandbox):
    body = TEXT | {"enable_duplicate_check": 1, "duplicate_check_interval": 600}
    first = sandbox.call("message/send", body)
    second = sandbox.call("message/send", body)

    assert second == first
    assert len(sandbox.employee()["messages"]) == 1
    sandbox.call("message/send", body | {"text": {"content": "别的"}})
    sandbox.advance(600)
    sandbox.call("message/send", body)
    assert len(sandbox.employee()["messages"]) == 3


def test_given_more_than_30_messages_a_minute_to_one_member_then_the_rest_vanish_without_an_error(sandbox):
    token = sandbox.token()
    codes = {sandbox.code("message/send", TEXT, token=token) for _ in range(32)}

    assert codes == {0}
    assert len(sandbox.employee()["messages"]) == 30
    sandbox.advance(60)
    sandbox.call("message/send", TEXT)
    assert len(sandbox.employee()["messages"]) == 31


def test_given_a_message_when_recalled_in_24_hours_then_gone_and_later_refused(sandbox):
    first = sandbox.call("message/send", TEXT)["msgid"]
    assert sandbox.code("message/recall", {"msgid": first}) == 0
    assert sandbox.employee()["messages"][0]["recalled"] is True
    assert sandbox.employee()["messages"][0]["body"] == {}

    second = sandbox.call("message/send", TEXT)["msgid"]
    sandbox.advance(24 * 3600 + 1)
    assert sandbox.code("message/recall", {"msgid": second}) == 40058
    assert sandbox.code("message/recall", {"msgid": "unknown"}) == 40058


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"card_type": "poem"}, 40008),
        ({"task_id": None}, 42014),
        ({"task_id": "有汉字"}, 42014),
        ({"task_id": "x" * 129}, 42014),
        ({"button_list": []}, 40058),
        ({"button_list": BUTTONS * 4}, 40058),
        ({"button_list": [{"text": "同意"}]}, 40063),
        ({"button_list": [{"text": "同意", "key": "k" * 1025}]}, 40058),
        ({"button_list": [{"text": "看", "type": 1, "url": "javascript:x"}]}, 40058),
        ({"horizontal_content_list": [{"keyname": "一", "value": "二"}] * 7}, 40058),
        ({"jump_list": [{"type": 1, "title": "看", "url": "https://a.example"}] * 4}, 40058),
        ({"main_title": {}}, 40063),
        ({"card_type": "text_notice"}, 40063),
        ({"card_type": "vote_interaction"}, 40063),
        ({"card_type": "multiple_interaction", "select_list": []}, 40058),
    ],
)
def test_given_a_faulty_card_when_sent_then_its_code_and_no_card_arrives(sandbox, change, code):
    assert sandbox.code("message/send", card(**change)) == code
    assert sandbox.employee()["messages"] == []


def test_given_a_text_notice_when_sent_then_shown_without_a_response_code(sandbox):
    notice = {
        "card_type": "text_notice",
        "main_title": {"title": "要点"},
        "task_id": None,
        "button_list": None,
    }
    reply = sandbox.call("message/send", card(**notice, card_action={"type": 1, "url": "https://a.example/"}))

    assert reply["errcode"] == 0
    assert "response_code" not in reply
    assert sandbox.employee()["messages"][0]["body"]["main_title"]["title"] == "要点"


def test_given_a_used_task_id_when_sent_again_then_42014(sandbox):
    assert sandbox.code("message/send", card()) == 0
    assert sandbox.code("message/send", card()) == 42014
    assert len(sandbox.employee()["messages"]) == 1


def update(code: str, **change) -> dict:
    body = {"agentid": 1000002, "userids": ["ZhouMin", "WangJianGuo"], "response_code": code}
    return body | {"button": {"replace_name": "周敏 已同意"}} | change


def test_given_a_card_when_updated_then_every_holder_sees_it_and_the_code_is_spent(sandbox):
    sent = sandbox.call("message/send", card())
    reply = sandbox.call(
        "message/update_template_card", update(sent["response_code"], userids=["zhoumin", "Ghost"])
    )

    assert (reply["errcode"], reply["invaliduser"]) == (0, ["ghost"])
    assert sandbox.employee("ZhouMin")["messages"][0]["replaced"] == "周敏 已同意"
    assert sandbox.employee("WangJianGuo")["messages"][0]["replaced"] is None
    assert sandbox.code("message/update_template_card", update(sent["response_code"])) == 60140
    assert sandbox.employee("WangJianGuo")["messages"][0]["live"] is True


def test_given_a_response_code_of_72_hours_when_used_then_60140_and_just_before_it_works(sandbox):
    early = sandbox.call("message/send", card())["response_code"]
    late = sandbox.call("message/send", card(task_id="approval-8"))["response_code"]
    sandbox.advance(72 * 3600 - 1)
    assert sandbox.code("message/update_template_card", update(early)) == 0
    sandbox.advance(1)
    assert sandbox.code("message/update_template_card", update(late)) == 60140


def test_given_a_refused_update_then_the_code_is_still_good(sandbox):
    code = sandbox.call("message/send", card())["response_code"]

    assert sandbox.code("message/update_template_card", update(code, userids=["Ghost"])) == 81013
    assert sandbox.code("message/update_template_card", update(code, template_card=CARD)) == 40058
    assert sandbox.code("message/update_template_card", update(code, button=None)) == 40058
    assert sandbox.code("message/update_template_card", update("unknown")) == 60140
    assert sandbox.code("message/update_template_card", update(code, userids=[], atall=1)) == 0
    assert sandbox.employee("WangJianGuo")["messages"][0]["replaced"] == "周敏 已同意"


def test_given_a_new_card_in_an_update_then_it_takes_the_place_of_the_old(sandbox):
    code = sandbox.call("message/send", card())["response_code"]
    fresh = CARD | {"main_title": {"title": "换个时间"}, "button_list": BUTTONS[:1]}

    assert sandbox.code("message/update_template_card", update(code, button=None, template_card=fresh)) == 0
    (message,) = sandbox.employee()["messages"]
    assert (message["body"]["main_title"]["title"], message["live"]) == ("换个时间", True)


def test_given_a_dead_card_or_a_wrong_key_when_clicked_then_refused(sandbox):
    code = sandbox.call("message/send", card())["response_code"]
    card_id = sandbox.employee()["messages"][0]["id"]

    sandbox.act(f"phones/employee/ZhouMin/cards/{card_id}/click", {"key": "nope"}, status=404)
    sandbox.act(f"phones/employee/WangJianGuo/cards/{card_id}/click", {"key": "agree:7"}, status=404)
    assert sandbox.employee()["messages"][0]["clicked"] is None
    sandbox.act(f"phones/employee/ZhouMin/cards/{card_id}/click", {"key": "agree:7"})
    sandbox.call("message/update_template_card", update(code))
    sandbox.act(f"phones/employee/ZhouMin/cards/{card_id}/click", {"key": "refuse:7"}, status=409)
    assert sandbox.employee()["messages"][0]["clicked"] == "agree:7"
