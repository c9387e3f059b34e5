"""A browser without JavaScript: it follows links, reads forms as they are on the page, and sends them."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx


class Unexpected(Exception):
    """The system did something else than it must; the text says what."""


@dataclass
class Form:
    """A form of a page: where it goes, its fields as a browser would send them, its buttons."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[dict[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    """Collects forms. Radio buttons and boxes count when checked; a select counts its chosen or first option."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._form: Form | None = None
        self._area: str | None = None
        self._select: tuple[str, str | None] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = Form(has.get("action", ""))
            self.found.append(self._form)
        elif self._form is not None:
            self._inside(tag, has)

    def _inside(self, tag: str, has: dict[str, str]) -> None:
        assert self._form is not None  # noqa: S101 - the caller looked
        name, value, kind = has.get("name", ""), has.get("value", ""), has.get("type", "")
        if tag == "button" and kind != "button":
            self._form.buttons.append(has)
        elif tag == "textarea" and name:
            self._form.fields.append((name, ""))
            self._area = name
        elif tag == "select":
            self._select = (name, None)
        elif tag == "option" and self._select and ("selected" in has or self._select[1] is None):
            self._select = (self._select[0], value)
        elif tag == "input" and name and (kind not in {"radio", "checkbox"} or "checked" in has):
            self._form.fields.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select" and self._select and self._form is not None:
            self._form.fields.append((self._select[0], self._select[1] or ""))
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.fields = [(n, v + data if n == self._area else v) for n, v in self._form.fields]


@dataclass(frozen=True)
class Page:
    """What came back: its address after redirects and its text."""

    url: str
    text: str

    @property
    def words(self) -> str:
        """The text a reader sees, tags taken out, spaces made one."""
        body = re.sub(r"<(script|style)\b.*?</\1>", " ", self.text, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    def must_say(self, *words: str) -> "Page":
        """Raises Unexpected naming the first of `words` that the page does not say."""
        for wanted in words:
            if wanted not in self.words:
                raise Unexpected(f"{self.url} does not say 「{wanted}」")
        return self

    def find(self, pattern: str) -> str:
        """The first group of `pattern` in the page's source. Raises Unexpected."""
        found = re.search(pattern, self.text)
        if found is None:
            raise Unexpected(f"{self.url} has nothing like {pattern}")
        return found.group(1)

    def form(self, action: str) -> Form:
        """The form whose address matches the pattern. Raises Unexpected."""
        reader = _Forms()
        reader.feed(self.text)
        for form in reader.found:
            if re.fullmatch(action, form.action):
                return form
        raise Unexpected(f"{self.url} has no form to {action}")


class Browser:
    """One person's browser with its own cookies."""

    def __init__(self, base_url: str) -> None:
        self._base = base_url
        self._client = httpx.Client(base_url=base_url, follow_redirects=True, timeout=60, trust_env=False)

    def get(self, path: str, **query: str) -> Page:
        """Open a page. Raises Unexpected unless it answers 200."""
        return self._page(self._client.get(path, params=query or None))

    def send(self, page: Page, form: Form, *, to: str = "", **changed: str) -> Page:
        """Send a form as it stands on the page, with fields changed; `to` is another button's address."""
        names = {name for name, _ in form.fields} | {button.get("name", "") for button in form.buttons}
        if missing := set(changed) - names:
            raise Unexpected(f"{page.url}: the form has no field {', '.join(sorted(missing))}")
        data: dict[str, Any] = {name: value for name, value in form.fields if name} | changed
        address = urljoin(page.url, to or form.action)
        return self._page(self._client.post(address, data=data, headers={"Referer": page.url}))

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    @staticmethod
    def _page(answer: httpx.Response) -> Page:
        page = Page(str(answer.url), answer.text)
        if answer.status_code not in {200, 204}:
            raise Unexpected(
                f"{answer.request.method} {page.url} answered {answer.status_code}: {page.words[:300]}"
            )
        return page
