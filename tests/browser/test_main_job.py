"""The main job as people do it: the boss remembers, two agree, the specialist writes, 张若岚 answers, it closes.

Screenshots go to docs/screenshots/ when GUIYAN_SCREENSHOTS=1, else to test-results/.
"""

import os
import re
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import Watch, assert_targets, check_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("system")]
ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / ("docs/screenshots" if os.environ.get("GUIYAN_SCREENSHOTS") else "test-results")
ASK = "供应链又独立了，正缺能扛事的人。春天那位张若岚，问缺料先讲自己错在哪，我印象很深。请她回来聊聊。"


def shoot(page: Page, name: str) -> None:
    """A picture of the whole page as it stands."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def looked_at(page: Page, name: str) -> None:
    """Checked by axe, for stillness and width, and photographed."""
    check_page(page)
    shoot(page, name)


@pytest.mark.usefixtures("system")
class TestBringZhangBack:
    """One story in order; each test continues where the one before stopped."""

    found: ClassVar[dict[str, str]] = {}

    def test_1_the_boss_finds_her_from_half_a_memory(self, visit):
        boss = visit("wangjianguo")
        watch = Watch(boss.page)
        looked_at(boss.go("/"), "home-boss")
        boss.page.keyboard.press("/")
        boss.page.locator("[data-gy-search-field]").fill("姓张 供应链 春天")
        first = boss.page.locator("[data-gy-list] [data-gy-item]").first
        expect(first).to_contain_text("张若岚")
        expect(first.locator("mark").first).to_be_visible()
        looked_at(boss.page, "find")
        boss.page.wait_for_url(re.compile(r"[?&]q="))
        boss.page.keyboard.press("Enter")
        expect(boss.page.locator("h1")).to_have_text("张若岚")
        self.found["dossier"] = boss.page.url.removeprefix(boss.system.url)
        for words in (
            "团队架构调整",
            "恢复供应链经理编制",
            "缺料率一年从 6.8% 降到 2.1%",
            "35K 左右",
            "138 **** 6027",
        ):
            expect(boss.page.locator("main")).to_contain_text(words)
        assert "13800006027" not in boss.page.content()
        looked_at(boss.page, "dossier")
        watch.assert_clean()

    def test_2_he_asks_for_her_and_cannot_ask_twice(self, visit):
        boss = visit("wangjianguo")
        candidate = self.found["dossier"].rstrip("/").split("/")[-1]
        page = boss.go(f"/recall/ask?candidate={candidate}")
        page.locator("[name=requisition]").first.check()
        page.fill("#why", ASK)
        looked_at(page, "recall-sheet")
        page.locator("form:has(#why) button[type=submit]").click()
        page.wait_for_url(re.compile(r"/recall/requests/\d+"))
        self.found["recall"] = page.url.removeprefix(boss.system.url).split("?")[0]
        expect(page.locator("main")).to_contain_text(ASK)
        looked_at(page, "recall")
        boss.go(f"/recall/ask?candidate={candidate}")
        expect(page.locator("[role=alert]").first).to_be_visible()
        assert page.locator("#why").count() == 0

    def test_3_the_hr_manager_agrees_in_the_browser(self, visit):
        hr = visit("lijing")
        page = hr.go("/approvals/")
        page.locator("[data-gy-item]", has_text="张若岚").first.click()
        expect(page.locator("main")).to_contain_text(ASK)
        looked_at(page, "approvals")
        page.locator("input[name=comment]").fill("信息已核对，授权有效。")
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text(ASK)
        page.locator("form:has(input[name=comment]) button.btn-primary").click()
        expect(page.locator("main")).not_to_contain_text(ASK)
        page = hr.go(self.found["recall"])
        expect(page.locator("main")).to_contain_text("信息已核对，授权有效。")

    def test_4_the_business_head_agrees_on_the_wecom_card(self, visit):
        someone = visit()
        page = someone.page
        page.goto(f"{someone.system.sandbox}/?employee=chenzhiyuan&candidate=wmDemoZhangRuolan")
        card = page.get_by_test_id("app-card").filter(has_text="张若岚").last
        expect(card).to_be_visible()
        button = card.locator("[data-testid^='card-button-agree']").first
        expect(button).to_be_enabled()
        button.click()
        expect(card.get_by_test_id("card-replaced")).to_be_visible()

    def test_5_the_specialist_is_briefed_and_the_guard_holds_back_an_internal_remark(self, visit):
        specialist = visit("zhoumin")
        page = specialist.go(self.found["recall"])
        expect(page.locator("main")).to_contain_text("两处不一致")
        looked_at(page, "recall-briefed")
        watch = Watch(page)
        page = specialist.go(self.found["recall"] + "/compose")
        expect(page.locator("main")).to_contain_text("陈志远")
        field = page.locator("textarea[name=text]")
        written = field.input_value()
        assert written.startswith("张女士您好")
        field.fill(written + "\n陈总当时只是觉得您英语口语一般。")
        send = page.locator("button[type=submit]:has(svg)", has_text=re.compile("手机"))
        expect(page.locator(".gy-note, [role=alert]").filter(has_text="英语口语一般").first).to_be_visible()
        expect(send).to_be_disabled()
        looked_at(page, "composer")
        with page.expect_response(re.compile("/compose/check")) as checked:
            field.fill(written)
        assert checked.value.status == 200
        watch.assert_clean()
        expect(send).to_be_enabled()
        send.click()
        page.wait_for_url(re.compile(re.escape(self.found["recall"]) + r"($|\?)"))

    def test_6_she_confirms_on_her_phone_and_the_candidate_gets_the_message(self, visit):
        someone = visit()
        page = someone.page
        page.goto(f"{someone.system.sandbox}/?employee=zhoumin&candidate=wmDemoZhangRuolan")
        page.get_by_test_id("groupmsg-task").filter(has_text="张女士").get_by_test_id(
            "confirm-groupmsg"
        ).click()
        message = page.get_by_test_id("candidate-message").filter(has_text="张女士您好").last
        expect(message).to_be_visible()
        link = page.get_by_test_id("candidate-link").last
        expect(link).to_be_visible()
        shoot(page, "sandbox")
        with page.context.expect_page() as opening:
            link.click()
        letter = opening.value
        letter.wait_for_load_state()
        self.found["letter"] = letter.url
        expect(letter.locator("h1")).to_contain_text("张女士")

    def test_7_the_candidate_answers_on_a_phone_without_javascript(self, visit):
        candidate = visit(width=390, height=844, java_script_enabled=False)
        candidate.page.goto(self.found["letter"])
        shoot(candidate.page, "candidate-390")
        candidate.page.locator("button[value=INTERESTED]").click()
        words = candidate.page.locator("textarea[name=words], input[name=words]")
        if words.count():
            words.first.fill("周四下午三点可以。")
            candidate.page.locator("form:has([name=words]) button").first.click()
        expect(candidate.page.locator("body")).to_contain_text(re.compile("谢谢|收到|记下"))

    def test_8_the_answer_is_on_the_specialists_desk_and_the_recall_closes(self, visit):
        specialist = visit("zhoumin")
        page = specialist.go("/")
        expect(page.locator("main")).to_contain_text("张若岚")
        looked_at(page, "home")
        page = specialist.go(self.found["recall"])
        page.evaluate("document.getElementById('recall-close').showModal()")
        page.select_option("#outcome", index=0)
        page.locator("#recall-close button[type=submit], #recall-close .btn-primary").last.click()
        page.wait_for_load_state("networkidle")
        page = specialist.go(self.found["dossier"])
        for words in ("发起召回", "召回已通过", "召回结束", "周四下午三点可以。"):
            expect(page.locator("main")).to_contain_text(words)
        looked_at(page, "dossier-after")


PHONE = [
    ("wangjianguo", "/", "home-390"),
    ("wangjianguo", "/find/?q=姓张 供应链 春天", "find-390"),
    ("zhoumin", "/candidates", "candidates-390"),
    ("lijing", "/approvals/", "approvals-390"),
    ("zhoumin", "/recall/", "recalls-390"),
]


@pytest.mark.parametrize(("login", "path", "name"), PHONE)
def test_given_a_phone_then_the_page_fits_and_everything_can_be_tapped(visit, login, path, name):
    visitor = visit(login, width=390, height=844)
    page = visitor.go(path)

    looked_at(page, name)
    assert_targets(page)


PAGES = [
    ("zhoumin", "/", "home"), ("wangjianguo", "/find/?q=李", "find"), ("zhoumin", "/candidates", "candidates"),
    ("zhoumin", "/requisitions", "requisitions"), ("zhoumin", "/recall/", "recalls"), ("zhoumin", "/recall/board", "board"),
    ("lijing", "/approvals/", "approvals"), ("lijing", "/organisation/", "organisation"), ("lijing", "/import/", "import"),
]  # fmt: skip


@pytest.mark.parametrize(("login", "path", "name"), PAGES)
def test_given_english_then_no_chinese_word_of_ours_is_left_and_the_page_is_accessible(
    visit, login, path, name
):
    visitor = visit(login)
    visitor.context.add_cookies([{"name": "guiyan-language", "value": "en", "url": visitor.system.url}])
    page = visitor.go(path)
    check_page(page)
    shoot(page, f"en-{name}")
    frame = " ".join(page.locator(".gy-side nav, h1, th, label").all_inner_texts())

    for word in ("工作台", "候选人", "审批", "召回", "姓名", "筛选", "部门"):
        assert word not in frame


def test_given_the_first_visit_then_the_weight_stays_in_its_budget(visit):
    stranger = visit()
    watch = Watch(stranger.page)
    stranger.sign_in("zhoumin")
    stranger.page.wait_for_load_state("networkidle")
    watch.assert_light(first=True)
