from __future__ import annotations

from tests.wecom_sandbox.conftest import CORP


def gettoken(sandbox, **query):
    return sandbox.http.get("/cgi-bin/gettoken", params=query).json()


def test_given_the_right_secret_when_asked_twice_then_the_same_token_with_less_time_left(sandbox):
    first = gettoken(sandbox, corpid=CORP, corpsecret="app-secret")
    sandbox.advance(200)
    second = gettoken(sandbox, corpid=CORP, corpsecret="app-secret")

    assert (first["errcode"], first["errmsg"], first["expires_in"]) == (0, "ok", 7200)
    assert (second["access_token"], second["expires_in"]) == (first["access_token"], 7000)
    assert len(first["access_token"]) <= 512


def test_given_each_wrong_credential_when_asked_then_its_own_code(sandbox):
    assert gettoken(sandbox, corpsecret="app-secret")["errcode"] == 41002
    assert gettoken(sandbox, corpid=CORP)["errcode"] == 41004
    assert gettoken(sandbox, corpid="wwother", corpsecret="app-secret")["errcode"] == 40013
    assert gettoken(sandbox, corpid=CORP, corpsecret="nope")["errcode"] == 40001


def test_given_missing_unknown_and_expired_tokens_when_used_then_41001_40014_42001_and_a_new_one_works(
    sandbox,
):
    old = sandbox.token()

    assert sandbox.code("user/get", token="", userid="ZhouMin") == 41001
    assert sandbox.code("user/get", token="nonsense", userid="ZhouMin") == 40014
    sandbox.advance(7199)
    assert sandbox.code("user/get", token=old, userid="ZhouMin") == 0
    sandbox.advance(1)
    assert sandbox.code("user/get", token=old, userid="ZhouMin") == 42001
    assert sandbox.token() != old
    assert sandbox.code("user/get", userid="ZhouMin") == 0


def test_given_an_error_when_answered_then_http_200_and_the_real_text_shape(sandbox):
    reply = sandbox.call("user/get", userid="nobody")

    assert reply["errcode"] == 60111
    assert reply["errmsg"].startswith("userid not found, hint: [")
    assert (
        "from ip: testclient, more info at https://open.work.weixin.qq.com/devtool/query?e=60111"
        in reply["errmsg"]
    )


def test_given_one_agent_s_token_when_sending_as_another_then_301002(sandbox):
    sandbox.act(
        "setup", {"corpid": CORP, "corp_name": "x", "agents": [{"agentid": 7, "secret": "s7", "name": "b"}]}
    )
    body = {"touser": "ZhouMin", "msgtype": "text", "agentid": 1000002, "text": {"content": "hi"}}

    assert sandbox.code("message/send", body, token=sandbox.token("s7")) == 301002
    assert sandbox.code("message/send", body | {"agentid": 999}) == 40056
    assert sandbox.employee()["messages"] == []


def test_given_a_wrong_method_path_or_body_when_called_then_refused_with_200(sandbox):
    token = sandbox.token()

    assert sandbox.code("message/send", touser="ZhouMin") == 40063
    assert sandbox.code("no/such/call", {}) == 40066
    reply = sandbox.http.post(f"/cgi-bin/message/send?access_token={token}", content=b"{no json")
    assert reply.json()["errcode"] == 40058


def test_given_forced_faults_when_called_then_only_the_next_n_calls_of_that_path_fail(sandbox):
    sandbox.act("faults", {"fail": {"path": "user/get", "errcode": 45009, "times": 2}})

    assert [sandbox.code("user/get", userid="ZhouMin") for _ in range(3)] == [45009, 45009, 0]
    assert sandbox.see("state")["faults"]["fail"] == []


def test_given_expire_deny_ip_and_revoke_when_switched_then_42001_60020_40014(sandbox):
    token = sandbox.token()
    sandbox.act("faults", {"expire_tokens": True})
    assert sandbox.code("user/get", token=token, userid="ZhouMin") == 42001

    sandbox.act("faults", {"deny_ip": True})
    assert sandbox.code("user/get", userid="ZhouMin") == 60020
    sandbox.act("faults", {"clear": True})
    assert sandbox.code("user/get", userid="ZhouMin") == 0

    token = sandbox.token()
    sandbox.act("faults", {"revoke_tokens": True})
    assert sandbox.code("user/get", token=token, userid="ZhouMin") == 40014


def test_given_more_calls_than_the_minute_allows_then_45009_until_the_next_minute(sandbox):
    token = sandbox.token()
    sandbox.act("faults", {"calls_per_minute": 2})

    assert [sandbox.code("user/get", token=token, userid="ZhouMin") for _ in range(3)] == [0, 0, 45009]
    sandbox.advance(60)
    assert sandbox.code("user/get", token=token, userid="ZhouMin") == 0


def test_given_unknown_keys_in_a_control_body_then_422_and_nothing_changes(sandbox):
    reply = sandbox.act("clock", {"advance_seconds": 5, "surprise": 1}, status=422)

    assert "surprise" in reply["error"]
    assert sandbox.see("state")["clock"]["offset_seconds"] == 0


def test_given_another_site_s_origin_or_a_form_when_posting_control_then_refused(sandbox):
    url = "/sandbox/api/reset"
    assert sandbox.http.post(url, json={}, headers={"origin": "https://evil.example"}).status_code == 403
    assert sandbox.http.post(url, content="a=b", headers={"content-type": "text/plain"}).status_code == 415
    assert len(sandbox.see("state")["users"]) == 2


def test_given_another_company_when_set_up_on_the_same_file_then_409(sandbox):
    reply = sandbox.act("setup", {"corpid": "wwother", "corp_name": "x"}, status=409)

    assert CORP in reply["error"]
    assert sandbox.see("state")["corp"]["corpid"] == CORP
