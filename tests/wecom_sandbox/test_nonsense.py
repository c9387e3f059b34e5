"""Whatever comes in, a call answers 200 with an errcode; it never breaks."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wecom_sandbox.calls.registry import ROUTES

KEYS = [
    "touser",
    "toparty",
    "agentid",
    "msgtype",
    "text",
    "content",
    "template_card",
    "card_type",
    "task_id",
    "button_list",
    "checkbox",
    "select_list",
    "submit_button",
    "main_title",
    "card_action",
    "button_selection",
    "horizontal_content_list",
    "jump_list",
    "action_menu",
    "source",
    "userid",
    "userids",
    "partyids",
    "atall",
    "response_code",
    "button",
    "external_userid",
    "sender",
    "attachments",
    "link",
    "url",
    "title",
    "tag_filter",
    "group_list",
    "tag_list",
    "limit",
    "cursor",
    "type",
    "scene",
    "user",
    "state",
    "remark",
    "id",
    "name",
    "tag",
    "group_name",
    "config_id",
    "msgid",
    "style",
    "start_time",
    "end_time",
    "creator",
    "filter_type",
    "remark_mobiles",
    "add_tag",
    "enable_duplicate_check",
    "is_temp",
    "party",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20)
    | st.sampled_from(["text", "template_card", "button_interaction", "link", "ZhouMin", "wmZhang"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip
BODIES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8)
POSTS = sorted(path for path, route in ROUTES.items() if route.method == "POST")


@pytest.mark.parametrize("path", POSTS)
def test_given_any_json_when_posted_then_an_errcode_and_never_a_crash(sandbox, path):
    token = sandbox.token()

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(body=BODIES)
    def check(body):
        fixed = {"agentid": 1000002, "touser": "ZhouMin"} | body
        assert isinstance(sandbox.call(path, fixed, token=token)["errcode"], int)

    check()


@pytest.mark.parametrize(
    "raw", [b'{"touser": "\\ud800"}', b"[1]", b"\xff\xfe", b"[" * 5000, b'{"agentid": 1e400}']
)
def test_given_broken_bodies_when_posted_then_refused_with_200(sandbox, raw):
    reply = sandbox.http.post(f"/cgi-bin/message/send?access_token={sandbox.token()}", content=raw)

    assert reply.status_code == 200
    assert reply.json()["errcode"] in {40033, 40058}


def test_given_values_of_wrong_types_deep_in_a_good_request_then_refused(sandbox):
    notice = {
        "card_type": "text_notice",
        "task_id": ["x"],
        "main_title": {"title": "t"},
        "card_action": {"type": 1, "url": "https://a.example/"},
    }
    good = {"touser": "ZhouMin", "agentid": 1000002, "msgtype": "template_card"}
    assert sandbox.code("message/send", good | {"template_card": notice}) == 40058
    card = notice | {
        "card_type": "button_interaction",
        "task_id": "t1",
        "button_list": [{"text": "好", "key": "k"}],
    }
    code = sandbox.call("message/send", good | {"template_card": card})["response_code"]
    update = {"agentid": 1000002, "response_code": code, "button": {"replace_name": "x"}}
    for parties in (5, [[1]], "1"):
        assert sandbox.code("message/update_template_card", update | {"partyids": parties}) == 40058
    assert (
        sandbox.code("externalcontact/batch/get_by_user", {"userid_list": ["ZhouMin"], "cursor": "²"})
        == 40058
    )
    assert sandbox.code("message/update_template_card", update | {"partyids": [2]}) == 0
    assert sandbox.employee()["messages"][0]["replaced"] == "x"
