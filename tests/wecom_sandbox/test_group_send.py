from __future__ import annotations

import pytest

from tests.wecom_sandbox.conftest import CORP, NOON

LINK = {
    "msgtype": "link",
    "link": {"title": "想请您回来聊聊", "desc": "选个时间", "url": "https://hr.example/r/abc"},
}
BODY = {
    "sender": "ZhouMin",
    "external_userid": ["wmZhang"],
    "text": {"content": "张女士您好"},
    "attachments": [LINK],
}
ADD, TASK = "externalcontact/add_msg_template", "externalcontact/get_groupmsg_task"
RESULT = "externalcontact/get_groupmsg_send_result"


def add(sandbox, **change) -> str:
    reply = sandbox.call(ADD, BODY | change)
    assert reply["errcode"] == 0, reply
    answer: str = reply["msgid"]
    return answer


def confirm(sandbox, msgid: str, userid: str = "ZhouMin", *, status: int = 200) -> None:
    sandbox.act(f"phones/employee/{userid}/groupmsg/{msgid}/confirm", status=status)


def statuses(sandbox, msgid: str, userid: str = "ZhouMin") -> dict[str, int]:
    rows = sandbox.call(RESULT, {"msgid": msgid, "userid": userid})["send_list"]
    return {row["external_userid"]: row["status"] for row in rows}


def quota(sandbox, value) -> None:
    sandbox.act("setup", {"corpid": CORP, "corp_name": "x", "group_send_quota": value})


def test_given_a_task_when_not_confirmed_then_nothing_is_sent_however_long_it_takes(sandbox):
    msgid = add(sandbox)
    sandbox.advance(30 * 24 * 3600)

    assert sandbox.call(TASK, {"msgid": msgid})["task_list"] == [{"userid": "ZhouMin", "status": 0}]
    assert statuses(sandbox, msgid) == {"wmZhang": 0}
    assert sandbox.candidate()["chats"][0]["messages"] == []
    (task,) = sandbox.employee()["tasks"]
    assert (task["state"], task["text"], task["attachments"]) == ("waiting", "张女士您好", [LINK])


def test_given_a_task_when_confirmed_then_text_and_link_arrive_and_the_polls_say_sent(sandbox):
    msgid = add(sandbox)
    sandbox.advance(60)
    confirm(sandbox, msgid)

    assert sandbox.call(TASK, {"msgid": msgid})["task_list"] == [
        {"userid": "ZhouMin", "status": 2, "send_time": NOON + 60}
    ]
    assert sandbox.call(RESULT, {"msgid": msgid, "userid": "ZhouMin"})["send_list"] == [
        {"external_userid": "wmZhang", "userid": "ZhouMin", "status": 1, "send_time": NOON + 60}
    ]
    messages = sandbox.candidate()["chats"][0]["messages"]
    assert [(m["sender"], m["kind"], m["body"]) for m in messages] == [
        ("member", "text", {"content": "张女士您好"}),
        ("member", "link", LINK["link"]),
    ]
    assert sandbox.employee()["tasks"][0]["state"] == "sent"
    confirm(sandbox, msgid, status=409)
    assert len(sandbox.candidate()["chats"][0]["messages"]) == 2


def test_given_the_five_steps_when_each_happens_then_the_line_has_its_time_and_no_call_shows_reading(sandbox):
    msgid = add(sandbox)
    confirm(sandbox, msgid)
    before = sandbox.call(RESULT, {"msgid": msgid, "userid": "ZhouMin"})
    chat = sandbox.candidate()["chats"][0]
    sandbox.act("phones/candidate/wmZhang/chats/ZhouMin/read")
    sandbox.advance(10)
    sandbox.act("phones/candidate/wmZhang/chats/ZhouMin/tap", {"message_id": chat["messages"][1]["id"]})
    sandbox.advance(10)
    sandbox.act("phones/candidate/wmZhang/chats/ZhouMin/reply", {"text": "谢谢，我周四下午有空"})

    chat = sandbox.candidate()["chats"][0]
    assert [message["read"] for message in chat["messages"]] == [True, True, False]
    line = chat["line"]
    assert [line[step] - NOON for step in ("made", "confirmed", "sent", "tapped", "answered")] == [
        0,
        0,
        0,
        10,
        20,
    ]
    assert sandbox.call(RESULT, {"msgid": msgid, "userid": "ZhouMin"}) == before
    assert "read" not in sandbox.http.get("/sandbox/api/phones/employee/ZhouMin").text.replace("unread", "")
    assert [line["path"] for line in sandbox.see("journal")["lines"] if "read" in line["path"]] == []


def test_given_strangers_and_unknown_ids_then_in_the_fail_list_and_only_such_is_41048(sandbox):
    reply = sandbox.call(ADD, BODY | {"external_userid": ["wmZhang", "wmNew", "wmNobody"]})

    assert (reply["errcode"], reply["fail_list"]) == (0, ["wmNew", "wmNobody"])
    assert sandbox.code(ADD, BODY | {"external_userid": ["wmNew"]}) == 41048
    assert sandbox.code(ADD, BODY | {"sender": "WangJianGuo"}) == 41048


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": None, "attachments": []}, 40063),
        ({"text": {"content": "雁" * 1334}}, 45002),
        ({"attachments": [LINK] * 10}, 41064),
        ({"attachments": [{"msgtype": "song"}]}, 41065),
        (
            {"attachments": [{"msgtype": "link", "link": {"title": "标" * 43, "url": "https://a.example"}}]},
            41065,
        ),
        ({"attachments": [{"msgtype": "link", "link": {"title": "t"}}]}, 41065),
        ({"attachments": [{"msgtype": "file", "file": {"media_id": "m"}}]}, 40007),
        ({"sender": "", "external_userid": []}, 40063),
        ({"sender": "nobody"}, 60111),
        ({"external_userid": ["x"] * 10_001}, 40058),
        ({"chat_type": "group"}, 40058),
    ],
)
def test_given_wrong_content_when_made_then_its_code_and_no_task(sandbox, change, code):
    body = {key: value for key, value in (BODY | change).items() if value is not None}

    assert sandbox.code(ADD, body) == code
    assert sandbox.employee()["tasks"] == []


def test_given_no_sender_then_each_customer_goes_to_who_last_talked_with_them(sandbox):
    follow = [{"external_userid": "wmLi", "name": "李想", "follow": [{"userid": "WangJianGuo"}]}]
    sandbox.act("setup", {"corpid": CORP, "corp_name": "x", "contacts": follow})
    sandbox.advance(5)
    sandbox.act("phones/employee/WangJianGuo/chats/wmLi/send", {"text": "好久不见"})
    msgid = add(sandbox, sender="", external_userid=["wmZhang", "wmLi"])

    assert {row["userid"] for row in sandbox.call(TASK, {"msgid": msgid})["task_list"]} == {
        "ZhouMin",
        "WangJianGuo",
    }
    assert statuses(sandbox, msgid, "WangJianGuo") == {"wmLi": 0}
    assert statuses(sandbox, msgid, "ZhouMin") == {"wmZhang": 0}


def test_given_only_a_sender_then_all_their_customers_and_tags_narrow_them(sandbox):
    assert statuses(sandbox, add(sandbox, external_userid=[])) == {"wmZhang": 0, "wmLi": 0}
    made = sandbox.call("externalcontact/add_corp_tag", {"group_name": "来源", "tag": [{"name": "召回"}]})
    tag_id = made["tag_group"]["tag"][0]["id"]
    sandbox.call(
        "externalcontact/mark_tag", {"userid": "ZhouMin", "external_userid": "wmLi", "add_tag": [tag_id]}
    )
    narrowed = {"group_list": [{"tag_list": [tag_id]}]}
    assert statuses(sandbox, add(sandbox, external_userid=[], tag_filter=narrowed)) == {"wmLi": 0}


def test_given_a_customer_who_left_when_confirmed_then_status_2_and_nothing_arrives(sandbox):
    msgid = add(sandbox)
    sandbox.act("phones/candidate/wmZhang/delete_friend", {"userid": "ZhouMin"})
    confirm(sandbox, msgid)

    assert statuses(sandbox, msgid) == {"wmZhang": 2}
    assert sandbox.candidate()["chats"][0]["messages"] == []


def test_given_a_used_up_quota_when_confirmed_then_status_3_until_the_next_period(sandbox):
    quota(sandbox, {"count": 1, "per": "day"})
    first, second, third = (add(sandbox) for _ in range(3))
    confirm(sandbox, first)
    confirm(sandbox, second)
    sandbox.advance(12 * 3600 - 1)  # 23:59:59 in China
    assert (statuses(sandbox, first), statuses(sandbox, second)) == ({"wmZhang": 1}, {"wmZhang": 3})
    sandbox.advance(1)
    confirm(sandbox, third)
    assert statuses(sandbox, third) == {"wmZhang": 1}


def test_given_no_quota_set_then_as_many_as_the_month_has_days(sandbox):
    sent = [add(sandbox) for _ in range(31)]
    for msgid in sent:
        confirm(sandbox, msgid)

    assert [statuses(sandbox, msgid)["wmZhang"] for msgid in sent] == [1] * 30 + [3]  # November


def test_given_a_monthly_number_as_quota_then_it_counts_per_month(sandbox):
    quota(sandbox, 1)
    first, second = add(sandbox), add(sandbox)
    confirm(sandbox, first)
    confirm(sandbox, second)

    assert (statuses(sandbox, first)["wmZhang"], statuses(sandbox, second)["wmZhang"]) == (1, 3)


def test_given_a_task_when_put_aside_and_reminded_then_it_comes_back_and_the_4th_reminder_is_41094(sandbox):
    msgid = add(sandbox)
    sandbox.act(f"phones/employee/ZhouMin/groupmsg/{msgid}/ignore")
    assert sandbox.employee()["tasks"][0]["state"] == "ignored"

    remind = "externalcontact/remind_groupmsg_send"
    assert [sandbox.code(remind, {"msgid": msgid}) for _ in range(4)] == [0, 0, 0, 41094]
    task = sandbox.employee()["tasks"][0]
    assert (task["state"], task["reminders"]) == ("waiting", 3)
    sandbox.advance(24 * 3600)
    assert sandbox.code(remind, {"msgid": msgid}) == 0


def test_given_a_cancelled_task_then_it_cannot_be_confirmed_and_41093_follows(sandbox):
    msgid = add(sandbox)
    cancel = "externalcontact/cancel_groupmsg_send"

    assert sandbox.code(cancel, {"msgid": msgid}) == 0
    assert sandbox.employee()["tasks"][0]["state"] == "cancelled"
    confirm(sandbox, msgid, status=409)
    assert statuses(sandbox, msgid) == {"wmZhang": 0}
    assert sandbox.code(cancel, {"msgid": msgid}) == 41093
    assert sandbox.code("externalcontact/remind_groupmsg_send", {"msgid": msgid}) == 41093


def test_given_missing_and_unknown_msgids_then_41046_and_41047(sandbox):
    for path in (TASK, RESULT, "externalcontact/cancel_groupmsg_send"):
        assert sandbox.code(path, {}) == 41046
        assert sandbox.code(path, {"msgid": "msgNone"}) == 41047


def test_given_the_dispatch_delay_when_asked_at_once_then_41063_and_later_fine(sandbox):
    sandbox.act("faults", {"groupmsg_dispatch_seconds": 3})
    msgid = add(sandbox)

    assert sandbox.code(TASK, {"msgid": msgid}) == 41063
    sandbox.advance(3)
    assert sandbox.code(TASK, {"msgid": msgid}) == 0


def test_given_tasks_when_listed_then_newest_first_paged_and_the_span_is_a_month(sandbox):
    first, second = add(sandbox), add(sandbox)
    path = "externalcontact/get_groupmsg_list_v2"
    span = {"start_time": NOON - 10, "end_time": NOON + 10, "chat_type": "single"}

    page = sandbox.call(path, span | {"limit": 1})
    assert [row["msgid"] for row in page["group_msg_list"]] == [second]
    rest = sandbox.call(path, span | {"limit": 1, "cursor": page["next_cursor"]})
    assert ([row["msgid"] for row in rest["group_msg_list"]], rest["next_cursor"]) == ([first], "")
    assert sandbox.code(path, span | {"end_time": NOON + 32 * 24 * 3600}) == 40058
