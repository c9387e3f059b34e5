"""One journey through the page in a real browser: confirm, read, reply, tap a card, faults, start over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.wecom_sandbox.conftest import CORP, SETUP
from tests.wecom_sandbox.test_durability import free_port, served
from tests.wecom_sandbox.test_group_send import BODY
from tests.wecom_sandbox.test_messages import card

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture
def live(tmp_path):
    """(HTTP client, `call` with a token) of a sandbox process that is set up."""
    with served(tmp_path, free_port()) as http:
        http.post("/sandbox/api/setup", json=SETUP).raise_for_status()
        token = http.get("/cgi-bin/gettoken", params={"corpid": CORP, "corpsecret": "app-secret"}).json()

        def call(path: str, body: dict) -> dict:
            answer: dict = http.post(
                f"/cgi-bin/{path}", params={"access_token": token["access_token"]}, json=body
            ).json()
            return answer

        yield http, call


@pytest.fixture
def page(live, browser):
    http, _ = live
    tab = browser.new_page(viewport={"width": 1440, "height": 924})
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    tab.goto(str(http.base_url))
    yield tab
    tab.close()
    assert complaints == []


def test_given_a_task_and_a_card_when_people_tap_then_both_phones_and_the_line_follow(page: Page, live):
    _, call = live
    assert call("externalcontact/add_msg_template", BODY)["errcode"] == 0
    sent = call("message/send", card(task_id="t1"))

    page.get_by_test_id("confirm-groupmsg").click()
    expect(page.get_by_test_id("candidate-message").first).to_contain_text("张女士您好")
    expect(page.get_by_test_id("candidate-link")).to_have_attribute("href", "https://hr.example/r/abc")
    page.get_by_test_id("candidate-reply").fill("周四下午有空")
    page.get_by_test_id("candidate-reply").press("Enter")
    expect(page.get_by_test_id("line-answered")).to_have_attribute("data-done", "true")
    expect(page.get_by_test_id("candidate-reply")).to_have_value("")

    page.get_by_test_id("card-button-agree:7").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=journal-row][data-path=click_card]")).to_be_visible()
    update = {"agentid": 1000002, "userids": ["ZhouMin"], "response_code": sent["response_code"]}
    assert (
        call("message/update_template_card", update | {"button": {"replace_name": "已同意"}})["errcode"] == 0
    )
    expect(page.get_by_test_id("card-replaced")).to_have_text("已同意")

    page.get_by_test_id("employee-tab-chats").click()
    page.get_by_test_id("chat-open-wmZhang").click()
    expect(page.get_by_test_id("employee-message").last).to_contain_text("周四下午有空")
    page.get_by_test_id("delete-friend").click()
    expect(page.get_by_test_id("employee-phone").get_by_test_id("relation-ended")).to_have_text(
        "对方已把您删除"
    )


def test_given_faults_the_journal_and_starting_over_when_used_by_keyboard_then_they_work(page: Page, live):
    http, call = live
    page.get_by_test_id("open-faults").press("Enter")
    page.get_by_test_id("fault-fail").check()
    page.get_by_test_id("fault-path").fill("message/send")
    page.get_by_test_id("fault-apply").press("Enter")
    expect(page.get_by_test_id("warnings")).to_contain_text("message/send → 45009 ×1")
    assert call("message/send", card(task_id="t2"))["errcode"] == 45009

    row = page.locator('[data-testid=journal-row][data-errcode="45009"]')
    row.get_by_role("button").press("Enter")
    expect(page.get_by_test_id("journal-detail")).to_contain_text('"errcode": 45009')
    page.keyboard.press("Escape")
    page.get_by_test_id("advance-day").press("Enter")
    expect(page.locator("[data-path=advance_clock]")).to_be_visible()
    page.get_by_test_id("reset").press("Enter")
    page.get_by_test_id("reset-confirm").press("Enter")
    expect(page.get_by_test_id("journal-row")).to_have_count(0)
    assert http.get("/sandbox/api/state").json()["clock"]["offset_seconds"] == 0


@pytest.mark.parametrize(
    ("width", "path"), [(1440, "/"), (390, "/?lang=en"), (390, "/?tab=chats&chat=wmZhang")]
)
def test_given_any_width_when_checked_with_axe_then_no_findings_and_no_sideways_scroll(
    page: Page, live, width, path
):
    if not AXE.exists():
        pytest.skip("axe-core is not installed (npm install)")
    http, call = live
    call("externalcontact/add_msg_template", BODY)
    call("message/send", card(task_id="t3"))
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{str(http.base_url).rstrip('/')}{path}")
    page.get_by_test_id("confirm-groupmsg").wait_for()
    page.evaluate(AXE.read_text(encoding="utf-8"))

    assert page.evaluate("axe.run().then(found => found.violations.map(one => one.id))") == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
