from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from typer.testing import CliRunner

import wecom_sandbox
from tests.wecom_sandbox.conftest import CORP, SETUP, running
from wecom_sandbox.cli import main
from wecom_sandbox.texts import EN, ZH

ROOT = Path(wecom_sandbox.__file__).parent


def authorize(sandbox, **change):
    query = {
        "appid": CORP,
        "redirect_uri": "http://127.0.0.1:8000/wecom/back?next=1",
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "s-1",
    } | change
    return sandbox.http.get("/connect/oauth2/authorize", params=query), query


def grant(sandbox, query, **form):
    reply = sandbox.http.post(
        "/sandbox/oauth/grant", data=form | {"query": urlencode(query)}, follow_redirects=False
    )
    return reply.status_code, parse_qs(urlsplit(reply.headers.get("location", "")).query)


def test_given_both_languages_then_the_same_words_exist_and_the_page_uses_only_known_ones(sandbox):
    assert set(ZH) == set(EN)
    used = re.findall(
        r"words\.(\w+)", (ROOT / "static/phones.js").read_text() + (ROOT / "static/draw.js").read_text()
    )
    assert set(used) <= set(ZH)
    assert '<html lang="zh-CN"' in sandbox.http.get("/").text
    assert '<html lang="en"' in sandbox.http.get("/?lang=en").text


def test_given_the_page_then_a_strict_policy_and_no_inline_script_or_style(sandbox):
    reply = sandbox.http.get("/")

    policy = reply.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))", reply.text) == []
    assert not re.search(r"\sstyle=|\son\w+=", reply.text)
    for path in re.findall(r'(?:src|href)="(/static/[^"]+)"', reply.text):
        assert sandbox.http.get(path).status_code == 200


def test_given_a_customer_who_picks_themselves_then_a_one_shot_code_of_5_minutes(sandbox):
    page, query = authorize(sandbox)
    assert page.status_code == 200
    assert "form-action 'self' http://127.0.0.1:8000" in page.headers["content-security-policy"]
    status, back = grant(sandbox, query, person="c:wmZhang")
    assert (status, back["state"], back["next"]) == (303, ["s-1"], ["1"])

    who = sandbox.call("auth/getuserinfo", code=back["code"][0])
    assert (who["errcode"], who["external_userid"]) == (0, "wmZhang")
    assert sandbox.code("auth/getuserinfo", code=back["code"][0]) == 40029
    late = grant(sandbox, query, person="c:wmZhang")[1]["code"][0]
    sandbox.advance(300)
    assert sandbox.code("auth/getuserinfo", code=late) == 40029


def test_given_a_member_and_a_stranger_then_userid_and_openid_only(sandbox):
    _, query = authorize(sandbox, scope="snsapi_privateinfo")
    member = sandbox.call("auth/getuserinfo", code=grant(sandbox, query, person="u:ZhouMin")[1]["code"][0])
    assert member["userid"] == "ZhouMin"
    detail = sandbox.call("auth/getuserdetail", {"user_ticket": member["user_ticket"]})
    assert detail["mobile"] == "13800000001"
    assert sandbox.code("auth/getuserdetail", {"user_ticket": "x"}) == 84015
    sandbox.advance(1800)
    assert sandbox.code("auth/getuserdetail", {"user_ticket": member["user_ticket"]}) == 84014

    stranger = sandbox.call("auth/getuserinfo", code=grant(sandbox, query, person="c:wmNew")[1]["code"][0])
    assert "external_userid" not in stranger
    assert len(stranger["openid"]) == 28


def test_given_a_refusal_then_back_without_a_code(sandbox):
    _, query = authorize(sandbox)
    status, back = grant(sandbox, query, deny="1")

    assert (status, back) == (303, {"next": ["1"], "state": ["s-1"]})


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"appid": "wwother"}, "40013"),
        ({"redirect_uri": "https://evil.example/"}, "50001"),
        ({"redirect_uri": "javascript:alert(1)"}, "50001"),
        ({"scope": "everything"}, "40035"),
    ],
)
def test_given_a_wrong_authorize_request_then_refused_and_no_code(sandbox, change, problem):
    page, query = authorize(sandbox, **change)

    assert page.status_code == 400
    assert problem in page.text
    assert grant(sandbox, query, person="u:ZhouMin")[0] == 400


def test_given_trusted_domains_then_only_those(sandbox):
    sandbox.act("setup", {"corpid": CORP, "corp_name": "x", "trusted_domains": ["hr.example"]})

    assert authorize(sandbox)[0].status_code == 400
    assert authorize(sandbox, redirect_uri="https://hr.example/back")[0].status_code == 200


def test_given_the_scan_page_when_a_person_scans_then_friends(sandbox):
    body = {"type": 1, "scene": 2, "user": ["ZhouMin"]}
    config_id = sandbox.call("externalcontact/add_contact_way", body)["config_id"]
    url = f"/sandbox/scan/{config_id}"

    assert "wmNew" in sandbox.http.get(url).text
    reply = sandbox.http.post(url, data={"person": "wmNew"}, follow_redirects=False)
    assert (reply.status_code, reply.headers["location"]) == (303, "/?employee=ZhouMin&candidate=wmNew")
    assert sandbox.code("externalcontact/get", external_userid="wmNew") == 0
    assert sandbox.http.get("/sandbox/scan/unknown").status_code == 404


def test_given_a_reset_then_people_stay_and_what_happened_is_gone(sandbox):
    config = {
        "config_id": sandbox.call(
            "externalcontact/add_contact_way", {"type": 1, "scene": 1, "user": ["ZhouMin"]}
        )["config_id"]
    }
    sandbox.act("phones/candidate/wmZhang/delete_friend", {"userid": "ZhouMin"})
    sandbox.advance(86400)
    sandbox.act("reset")

    state = sandbox.see("state")
    assert [user["userid"] for user in state["users"]] == ["ZhouMin", "WangJianGuo"]
    assert state["contacts"][0]["follow"] == [{"userid": "ZhouMin", "relation": "friends"}]
    assert (state["clock"]["offset_seconds"], state["counts"]["journal"]) == (0, 0)
    assert sandbox.code("externalcontact/get_contact_way", config) == 0
    sandbox.act("reset", {"all": True})
    assert sandbox.see("state")["users"] == []


def test_given_the_same_set_up_twice_then_nothing_doubles_and_ended_friendships_stay_ended(sandbox):
    sandbox.act("phones/candidate/wmZhang/delete_friend", {"userid": "ZhouMin"})
    before = sandbox.see("state")
    sandbox.act("setup", SETUP)

    assert sandbox.see("state") == before


def test_given_a_member_of_an_unknown_department_then_422_and_nothing_is_kept(sandbox):
    bad = {"userid": "X", "name": "X", "department": [77]}
    body = {"corpid": CORP, "corp_name": "新名", "users": [{"userid": "Y", "name": "Y"}, bad]}
    reply = sandbox.act("setup", body, status=422)

    assert "department 77" in reply["error"]
    state = sandbox.see("state")
    assert (len(state["users"]), state["corp"]["corp_name"]) == (2, "澜川装备")


def test_given_the_reset_command_then_a_later_start_is_empty(tmp_path):
    with running(tmp_path) as box:
        box.act("setup", SETUP)
    result = CliRunner().invoke(main, ["reset", "--data-dir", str(tmp_path)])

    assert (result.exit_code, result.output.splitlines()[0][:21]) == (0, "The sandbox is empty.")
    with running(tmp_path) as box:
        assert box.see("state")["corp"] == {}


def test_given_the_source_then_it_imports_nothing_of_the_product():
    for path in ROOT.rglob("*.py"):
        assert not re.search(r"^\s*(?:from|import) guiyan", path.read_text(encoding="utf-8"), re.MULTILINE), (
            path
        )
