"""The frame and the kit as Chromium meets them: keys, dialogs, toasts, theme, access, narrow and wide.

No server: every request of the page is answered here from the templates and the static files.
"""

import mimetypes
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Page, Route, expect

from guiyan.platform.uikit.pages import entries
from tests.browser.axe import assert_targets, check_page

pytestmark = pytest.mark.browser
HOME = "http://kit.test/"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'"
NAV = [
    {"label": "Home", "icon": "inbox", "url": "/home", "go": "h", "active": True, "count": 5, "hot": True},
    {"label": "Find", "icon": "search", "url": "/find", "go": "f"},
]
SHELL = {
    "company": "澜川装备",
    "me": {"name": "周敏", "title": "招聘专员", "initial": "周"},
    "nav": [{"title": "", "items": NAV}],
    "tabs": NAV,
    "toasts": [{"text": "已保存"}],
}


def answer(route: Route) -> None:
    """The catalogue, a static file, or an empty page that says where we are."""
    path = route.request.url.removeprefix(HOME)
    if path.startswith("static/"):
        found = finders.find(path.removeprefix("static/").partition("?")[0])
        kind = mimetypes.guess_type(path)[0] or "text/plain"
        if found:
            return route.fulfill(body=Path(str(found)).read_bytes(), content_type=kind)
        return route.fulfill(status=404, body="")
    if path:
        return route.fulfill(body=f"<title>{path}</title>", content_type="text/html")
    with translation.override("zh-hans"):
        request = RequestFactory().get("/")
        body = render_to_string("uikit/catalogue.html", {"entries": entries(), "shell": SHELL}, request)
    return route.fulfill(
        body=body,
        content_type="text/html",
        headers={"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"},
    )


@pytest.fixture(autouse=True)
def _assets() -> None:
    if not finders.find("vendor/icons/sprite.svg"):
        pytest.skip("browser assets are not installed: run the set-up (npm ci, scripts/assets.py)")


@pytest.fixture
def open_at(browser):
    """Open the catalogue `wide` pixels wide; every error of the browser fails the test at its end."""
    errors: list[str] = []
    contexts = []

    def opened(wide: int = 1440, theme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": wide, "height": 900}, locale="zh-CN")
        contexts.append(context)
        context.add_init_script(f"localStorage.setItem('gy-theme', '{theme}')")
        page: Page = context.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route("**/*", answer)
        page.goto(HOME)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("wide", [390, 900, 1440])
def test_given_any_width_and_theme_when_checked_then_axe_finds_nothing_and_nothing_moves(
    open_at, wide, theme
):
    check_page(open_at(wide, theme))


def test_given_a_phone_when_measured_then_every_target_is_44_px_high(open_at):
    assert_targets(open_at(390), least=44)


def test_given_a_desk_when_measured_then_every_target_is_24_px_high(open_at):
    assert_targets(open_at(1440), least=24)


def test_given_a_list_when_j_and_k_are_pressed_then_the_chosen_row_moves_and_x_ticks_it(open_at):
    page = open_at()
    rows = page.locator("#sample-table [data-gy-item]")
    page.evaluate(
        "document.querySelectorAll('[data-gy-list]').forEach((l) => l.closest('table') || l.remove())"
    )

    expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("x")
    expect(page.locator("[data-gy-bulk]")).to_be_visible()
    expect(page.locator("[data-gy-bulk-count]")).to_have_text("1")
    page.keyboard.press("Escape")
    expect(page.locator("[data-gy-bulk]")).to_be_hidden()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")


def test_given_g_and_f_when_pressed_then_find_opens(open_at):
    page = open_at()

    page.keyboard.press("g")
    page.keyboard.press("f")

    expect(page).to_have_url(f"{HOME}find")


def test_given_a_field_in_use_when_keys_are_typed_then_they_are_only_letters(open_at):
    page = open_at()
    field = page.locator("#id_reason")

    field.fill("")
    field.press_sequentially("gf?jx")

    expect(field).to_have_value("gf?jx")
    expect(page).to_have_url(HOME)
    expect(page.locator("#gy-shortcuts")).to_be_hidden()


def test_given_keys_switched_off_when_pressed_then_nothing_happens_until_switched_on(open_at):
    page = open_at()
    page.locator("aside [data-gy-open=gy-me]").click()
    page.locator("[data-gy-keys]").uncheck()
    page.keyboard.press("Escape")

    page.keyboard.press("?")
    expect(page.locator("#gy-shortcuts")).to_be_hidden()

    page.locator("aside [data-gy-open=gy-me]").click()
    page.locator("[data-gy-keys]").check()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#gy-shortcuts")).to_be_visible()


def test_given_a_dialog_when_escaped_then_focus_returns_to_its_button(open_at):
    page = open_at()
    opener = page.locator("[data-gy-open=sample-confirm]")

    opener.click()
    expect(page.locator("#sample-confirm")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#sample-confirm")).to_be_hidden()
    expect(opener).to_be_focused()


def test_given_the_theme_is_switched_when_loaded_again_then_it_is_kept(open_at):
    page = open_at()

    page.locator(".gy-head [data-gy-theme=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_given_a_toast_when_closed_then_it_is_gone(open_at):
    page = open_at()
    toast = page.locator("#toasts .gy-toast")

    expect(toast).to_have_text("已保存")
    toast.locator("[data-gy-toast-close]").click()
    expect(toast).to_have_count(0)


def test_given_the_server_sends_a_toast_when_it_arrives_then_it_offers_undo(open_at):
    page = open_at()

    page.evaluate(
        "document.body.dispatchEvent(new CustomEvent('gy:toast', {bubbles: true, detail: {text: '<b>x</b>', undo: '/undo'}}))"
    )

    toast = page.locator("#toasts .gy-toast").last
    expect(toast).to_contain_text("<b>x</b>")
    expect(toast.locator("[data-gy-toast-undo]")).to_have_attribute("hx-post", "/undo")


def test_given_a_column_is_switched_off_when_loaded_again_then_it_stays_off(open_at):
    page = open_at()
    page.locator("[data-gy-columns=sample-table] summary").click()
    page.locator("[data-gy-columns=sample-table] input[value=pay]").uncheck()
    expect(page.locator("#sample-table td.num").first).to_be_hidden()

    page.reload()
    expect(page.locator("#sample-table td.num").first).to_be_hidden()
