from __future__ import annotations

from tests.wecom_sandbox.conftest import CORP, NOON


def test_given_a_member_when_got_by_any_case_then_the_new_app_fields_without_mobile(sandbox):
    user = sandbox.call("user/get", userid="zhoumin")

    assert (user["userid"], user["name"], user["position"], user["department"]) == (
        "ZhouMin",
        "周敏",
        "招聘专员",
        [2],
    )
    assert user["main_department"] == 2
    assert "mobile" not in user


def test_given_departments_when_listed_then_members_of_exactly_one_and_the_tree_below(sandbox):
    assert [u["userid"] for u in sandbox.call("user/list", department_id=1)["userlist"]] == ["WangJianGuo"]
    assert sandbox.call("user/simplelist", department_id=2)["userlist"] == [
        {"userid": "ZhouMin", "name": "周敏", "department": [2]}
    ]
    assert [d["id"] for d in sandbox.call("department/list")["department"]] == [1, 2]
    assert sandbox.call("department/simplelist", id=2)["department_id"] == [
        {"id": 2, "parentid": 1, "order": 0}
    ]
    assert sandbox.code("user/list", department_id=9) == 60123


def test_given_a_scope_when_asked_outside_it_then_60011_and_lists_leave_them_out(sandbox):
    agent = {"agentid": 1000002, "secret": "app-secret", "name": "归雁", "scope": ["ZhouMin"]}
    sandbox.act("setup", {"corpid": CORP, "corp_name": "澜川装备", "agents": [agent]})

    assert sandbox.code("user/get", userid="WangJianGuo") == 60011
    assert sandbox.call("user/list", department_id=1)["userlist"] == []
    assert sandbox.call("externalcontact/get_follow_user_list")["follow_user"] == ["ZhouMin"]


def test_given_a_mobile_when_looked_up_then_the_userid_or_46004(sandbox):
    assert sandbox.call("user/getuserid", {"mobile": "13800000001"})["userid"] == "ZhouMin"
    assert sandbox.code("user/getuserid", {"mobile": "13899999999"}) == 46004


def test_given_customers_when_listed_then_ids_and_84061_for_a_member_without_any(sandbox):
    assert sandbox.call("externalcontact/list", userid="ZhouMin")["external_userid"] == ["wmZhang", "wmLi"]
    assert sandbox.code("externalcontact/list", userid="WangJianGuo") == 84061
    assert sandbox.code("externalcontact/list", userid="nobody") == 60111


def test_given_a_customer_when_got_then_contact_and_followers_and_the_right_refusals(sandbox):
    reply = sandbox.call("externalcontact/get", external_userid="wmZhang")

    assert reply["external_contact"] == {
        "external_userid": "wmZhang", "name": "张若岚", "type": 1, "gender": 0, "avatar": ""
    }  # fmt: skip
    (follower,) = reply["follow_user"]
    assert (follower["userid"], follower["remark"], follower["createtime"]) == (
        "ZhouMin",
        "供应链 张若岚",
        NOON,
    )
    assert sandbox.code("externalcontact/get", external_userid="wmNobody") == 40096
    assert sandbox.code("externalcontact/get", external_userid="wmNew") == 84061
    assert sandbox.code("externalcontact/get") == 41035


def test_given_many_customers_when_got_by_user_then_paged_with_a_cursor(sandbox):
    body = {"userid_list": ["ZhouMin"], "limit": 1}
    first = sandbox.call("externalcontact/batch/get_by_user", body)
    second = sandbox.call("externalcontact/batch/get_by_user", body | {"cursor": first["next_cursor"]})

    ids = [p["external_contact_list"][0]["external_contact"]["external_userid"] for p in (first, second)]
    assert ids == ["wmZhang", "wmLi"]
    assert (first["next_cursor"], second["next_cursor"]) == ("1", "")
    assert sandbox.code("externalcontact/batch/get_by_user", {"userid_list": ["x"] * 101}) == 40058


def test_given_a_remark_when_changed_then_kept_and_its_limits_hold(sandbox):
    pair = {"userid": "ZhouMin", "external_userid": "wmLi"}
    assert (
        sandbox.code("externalcontact/remark", pair | {"remark": "李想-采购", "remark_mobiles": ["138"]}) == 0
    )
    assert sandbox.code("externalcontact/remark", pair | {"remark": "长" * 21}) == 40058
    assert sandbox.code("externalcontact/remark", pair) == 40058
    assert sandbox.code("externalcontact/remark", pair | {"external_userid": "wmNew", "remark": "x"}) == 84061

    follower = sandbox.call("externalcontact/get", external_userid="wmLi")["follow_user"][0]
    assert (follower["remark"], follower["remark_mobiles"]) == ("李想-采购", ["138"])
    sandbox.call("externalcontact/remark", pair | {"remark_mobiles": [""]})
    assert (
        sandbox.call("externalcontact/get", external_userid="wmLi")["follow_user"][0]["remark_mobiles"] == []
    )


def test_given_tags_when_added_marked_renamed_and_deleted_then_each_step_shows(sandbox):
    group = sandbox.call("externalcontact/add_corp_tag", {"group_name": "来源", "tag": [{"name": "召回"}]})[
        "tag_group"
    ]
    tag_id = group["tag"][0]["id"]
    again = sandbox.call("externalcontact/add_corp_tag", {"group_name": "来源", "tag": [{"name": "召回"}]})[
        "tag_group"
    ]
    assert again["tag"][0]["id"] == tag_id

    pair = {"userid": "ZhouMin", "external_userid": "wmLi"}
    assert sandbox.code("externalcontact/mark_tag", pair | {"add_tag": [tag_id]}) == 0
    tags = sandbox.call("externalcontact/get", external_userid="wmLi")["follow_user"][0]["tags"]
    assert tags == [{"group_name": "来源", "tag_name": "召回", "tag_id": tag_id, "type": 1}]
    assert sandbox.code("externalcontact/mark_tag", pair | {"add_tag": ["etnone"]}) == 40068
    assert sandbox.code("externalcontact/mark_tag", pair) == 40058

    assert sandbox.code("externalcontact/edit_corp_tag", {"id": tag_id, "name": "回归"}) == 0
    other = sandbox.token("contact-secret")
    assert sandbox.code("externalcontact/del_corp_tag", {"tag_id": [tag_id]}, token=other) == 48002
    assert sandbox.code("externalcontact/del_corp_tag", {"tag_id": [tag_id]}) == 0
    assert sandbox.call("externalcontact/get_corp_tag_list", {})["tag_group"] == []
    assert sandbox.call("externalcontact/get", external_userid="wmLi")["follow_user"][0]["tags"] == []


def test_given_an_app_outside_the_allowed_list_when_calling_customer_contact_then_48002(sandbox):
    agent = {"agentid": 7, "secret": "s7", "name": "b", "external_contact": False}
    sandbox.act("setup", {"corpid": CORP, "corp_name": "x", "agents": [agent]})

    assert sandbox.code("externalcontact/get_follow_user_list", token=sandbox.token("s7")) == 48002


def test_given_contact_ways_when_made_wrongly_then_their_codes_and_rightly_then_kept(sandbox):
    add = "externalcontact/add_contact_way"
    good = {"type": 1, "scene": 2, "user": ["ZhouMin"], "state": "k1", "remark": "官网"}
    wrong: dict[int, dict[str, int | None]] = {
        41037: {"type": None},
        41038: {"scene": None},
        41039: {"type": 3},
        41040: {"scene": 9},
        41042: {"style": 7},
    }
    for code, change in wrong.items():
        assert sandbox.code(add, {**good, **change}) == code
    assert sandbox.code(add, good | {"type": 2, "user": ["ZhouMin"] * 101}) == 41041
    assert sandbox.code(add, good | {"state": "长" * 31}) == 40058
    assert sandbox.code(add, good | {"user": ["ZhouMin", "WangJianGuo"]}) == 40058

    made = sandbox.call(add, good)
    config = {"config_id": made["config_id"]}
    assert made["qr_code"].endswith(f"/sandbox/qr/{made['config_id']}.svg")
    picture = sandbox.http.get(made["qr_code"])
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/svg+xml")
    assert sandbox.code("externalcontact/update_contact_way", config | {"state": "k2"}) == 0
    way = sandbox.call("externalcontact/get_contact_way", config)["contact_way"]
    assert (way["state"], way["remark"], way["user"], way["type"]) == ("k2", "官网", ["ZhouMin"], 1)
    assert sandbox.call("externalcontact/list_contact_way", {})["contact_way"] == [config]
    assert sandbox.code("externalcontact/del_contact_way", config) == 0
    assert sandbox.code("externalcontact/get_contact_way", config) == 41044
    assert sandbox.code("externalcontact/get_contact_way", {}) == 41043
