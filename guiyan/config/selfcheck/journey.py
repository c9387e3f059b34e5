"""The main job, step by step: a past candidate is found, asked for, agreed to, written to, and answers."""

import re
import time
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin

from guiyan.config.selfcheck.browser import Browser, Page, Unexpected
from guiyan.config.selfcheck.phones import Phones

CANDIDATE, HALF_A_NAME = "张若岚", "zrl"
BOSS, HR_MANAGER, HEAD, SPECIALIST = "wangjianguo", "lijing", "chenzhiyuan", "zhoumin"
_PATIENCE_S = 240.0
Step = tuple[str, Callable[[], None]]


class Journey:
    """The people's browsers, the phones, and what one step leaves for the next."""

    def __init__(self, *, base_url: str, sandbox_port: int, passwords: dict[str, str]) -> None:
        self._base_url, self._passwords = base_url, passwords
        self._phones = Phones(sandbox_port)
        self._browsers: dict[str, Browser] = {}
        self._page = Page("", "")
        self._request = self._dossier = self._link = self._customer = ""
        self._candidate = Browser(base_url)

    def steps(self) -> Iterator[Step]:
        """Names as a reader of the report wants them, in order."""
        yield "the boss signs in", self.boss_signs_in
        yield "searches half a name", self.search
        yield "opens the dossier", self.open_dossier
        yield "asks for a recall", self.ask
        yield "a second request is refused", self.ask_again
        yield "the HR manager agrees in the inbox", self.hr_manager_agrees
        yield "the business head agrees on a WeCom card", self.head_agrees
        yield "the specialist sees the brief", self.see_brief
        yield "writes and sends", self.write
        yield "confirms on the phone", self.confirm
        yield "the candidate opens the page", self.open_page
        yield "and answers", self.answer
        yield "the specialist closes with the outcome", self.close_request
        yield "the timeline shows all of it", self.timeline
        yield "nothing was sent twice", self.nothing_twice
        yield "a stranger sees nothing", self.stranger

    def end(self) -> None:
        """Close every connection."""
        for browser in (*self._browsers.values(), self._candidate):
            browser.close()
        self._phones.close()

    def boss_signs_in(self) -> None:
        """The home page greets the boss."""
        self._signed_in(BOSS).get("/").must_say("王建国")

    def search(self) -> None:
        """Initials lead to the person."""
        page = self._browsers[BOSS].get("/find/", q=HALF_A_NAME).must_say(CANDIDATE)
        hit = next((part for part in page.text.split("<li")[1:] if CANDIDATE in part), "")
        self._dossier = Page(page.url, hit).find(r'href="(/candidates/\d+)')

    def open_dossier(self) -> None:
        """The dossier offers to bring the person back."""
        self._page = self._browsers[BOSS].get(self._dossier).must_say(CANDIDATE)

    def ask(self) -> None:
        """The sheet's own choice of job is taken."""
        boss = self._browsers[BOSS]
        self._page = boss.get(self._page.find(r'href="(/recall/ask\?candidate=\d+)'))
        sent = boss.send(
            self._page, self._page.form("/recall/ask"), words="她当时的判断是对的，请她回来谈一次。"
        )
        self._request = sent.url.removeprefix(self._base_url)
        sent.must_say(CANDIDATE)

    def ask_again(self) -> None:
        """The same person for the same job cannot be asked for twice; the refusal is a sentence."""
        form = self._page.form("/recall/ask")
        try:
            self._browsers[BOSS].send(self._page, form, words="再来一次")
        except Unexpected as refused:
            if "answered 409" not in str(refused) and "answered 422" not in str(refused):
                raise
        else:
            raise Unexpected("a second open request for one job was accepted")

    def hr_manager_agrees(self) -> None:
        """The request lies in the HR manager's inbox; the card's form says yes."""
        manager = self._signed_in(HR_MANAGER)
        page = self._open_approval(manager)
        manager.send(page, page.form(r"/approvals/tasks/\d+/approve"))

    def head_agrees(self) -> None:
        """The business head taps the card; the recall becomes approved."""
        card = self._phones.wait_for_card(HEAD, CANDIDATE)
        self._phones.tap_button(HEAD, card, "同意")
        specialist = self._signed_in(SPECIALIST)
        self._wait_for(specialist, rf'href="({self._request}/compose)"')

    def see_brief(self) -> None:
        """Talking points with their sources wait for the specialist."""
        self._page = self._browsers[SPECIALIST].get(self._request).must_say(CANDIDATE, "沟通要点")

    def write(self) -> None:
        """The template's text passes the guard and goes to the specialist's own phone."""
        specialist = self._browsers[SPECIALIST]
        page = specialist.get(f"{self._request}/compose")
        form = page.form(f"{self._request}/compose/send")
        text = dict(form.fields).get("text", "")
        if len(text) < 30 or "{" in text:
            raise Unexpected(f"the message is not filled in: {text[:80]}")
        specialist.send(page, form)

    def confirm(self) -> None:
        """One tap on the sandbox phone; nothing was sent before it."""
        self._customer = self._phones.customer_named(CANDIDATE)
        task = self._phones.wait_for_task(SPECIALIST, self._customer)
        self._phones.confirm(SPECIALIST, task)

    def open_page(self) -> None:
        """The link in the candidate's chat opens a page that names company and person, and says it was seen."""
        member, message = self._phones.wait_for_link(self._customer)
        self._phones.tap_link(self._customer, member, message)
        self._link = _link_of(message)
        page = self._candidate.get(self._link).must_say("澜川")
        opened = page.find(r'data-opened="([^"]+)"')
        self._candidate.send(page, type(page.form(".*/answer"))(opened))

    def answer(self) -> None:
        """One tap: interested. The page thanks."""
        page = self._candidate.get(self._link)
        form = page.form(".*/answer")
        thanks = self._candidate.send(page, form, answer="INTERESTED")
        again = thanks.form(".*/answer")
        self._candidate.send(thanks, again, words="周四下午三点以后都可以").must_say("周四下午三点以后都可以")

    def close_request(self) -> None:
        """The answer is on the recall's page; closing writes the outcome down."""
        specialist = self._browsers[SPECIALIST]
        page = specialist.get(self._request).must_say("周四下午三点以后都可以")
        form = page.form(f"{self._request}/close")
        closed = specialist.send(page, form, outcome="INTERVIEW", words="约在周四下午")
        closed.must_say("约在周四下午")

    def timeline(self) -> None:
        """The dossier tells it to the boss: asked, agreed, sent, answered, closed."""
        boss = self._browsers[BOSS]
        number = boss.get(self._request).find(r"(ZH-\d{4}-\d{6})")
        told = boss.get(self._dossier).must_say(number, "发起召回", "召回已通过", "有兴趣", "召回结束")
        told.must_say("周四下午三点以后都可以")

    def nothing_twice(self) -> None:
        """One message confirmed, one link received."""
        counts = self._phones.sent_to(SPECIALIST, self._customer)
        if counts != (1, 1):
            raise Unexpected(
                f"{counts[0]} messages were made and {counts[1]} links arrived instead of one each"
            )

    def stranger(self) -> None:
        """Without a session no page shows the name; a made-up link shows nothing either."""
        stranger = Browser(self._base_url)
        try:
            if CANDIDATE in stranger.get(self._dossier).words:
                raise Unexpected("the dossier is shown without signing in")
            made_up = self._link[:-8] + "AAAAAAAA"
            try:
                stranger.get(made_up)
            except Unexpected as refused:
                if "answered 404" not in str(refused):
                    raise
            else:
                raise Unexpected("a made-up link was answered")
        finally:
            stranger.close()

    def _signed_in(self, username: str) -> Browser:
        browser = Browser(self._base_url)
        self._browsers[username] = browser
        page = browser.get("/sign-in")
        home = browser.send(page, page.form(".*"), username=username, password=self._passwords[username])
        if "/sign-in" in home.url:
            raise Unexpected(f"{username} could not sign in")
        return browser

    def _open_approval(self, browser: Browser) -> Page:
        """The inbox with the request about our candidate open."""
        inbox = browser.get("/approvals/").must_say(CANDIDATE)
        for link in dict.fromkeys(re.findall(r'href="([^"]*[?;&]open=\d+)"', inbox.text)):
            page = browser.get(urljoin(inbox.url, unescape(link)))
            if CANDIDATE in page.words and f'"{self._request}"' in page.text:
                return page
        raise Unexpected("the inbox does not hold the request")

    def _wait_for(self, browser: Browser, pattern: str) -> None:
        """Look at the recall's page until it has what is meant."""
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                browser.get(self._request).find(pattern)
            except Unexpected:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
            else:
                return


def _link_of(message: dict[str, Any]) -> str:
    body = message["body"]
    return str(body.get("url") or body.get("link", {}).get("url", ""))
