"""Checks a browser journey runs on each page it visits: axe, weight, layout shift, sideways scroll, targets.

watch = Watch(page)            # before the first page
page.goto(...)
check_page(page)               # axe + no sideways scroll + no layout shift
watch.assert_light(first=True) # bytes as they came over the wire
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FIRST_LOAD = 350 * 1024  # bytes over the wire, compressed
LATER_PAGE = 60 * 1024
SHIFT = 0.01  # cumulative layout shift; 0.1 is what others call good
REFUSED = frozenset({"serious", "critical"})
_SHIFT_SCRIPT = """
() => new Promise((done) => {
  let total = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) total += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(total), 0));
})
"""
# Ticks are 20 px and wear a wider invisible ring, which getBoundingClientRect does not know.
_SMALL_TARGETS = """
(least) => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".gy-hide"))
  .filter((one) => !one.matches("a.gy-src, p a, dd a, td a, .gy-hit-name, .gy-skip, .gy-time input, [data-gy-pick]"))
  .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && box.height > 0 && box.height < least)
  .map(([one, box]) => `${Math.round(box.height)} px: ${one.outerHTML.slice(0, 120)}`)
"""


def axe_findings(page: Page, *, only: frozenset[str] = REFUSED) -> list[str]:
    """What axe-core finds on the page now, as readable lines; `only` = the impacts that count.

    Skips the test with a reason when axe-core is not installed (`npm ci` at set-up brings it).
    """
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run the set-up (npm ci)")
    page.evaluate(AXE.read_text("utf-8"))  # through the debugger: the page's CSP stays as strict as it is
    found: dict[str, Any] = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{finding['impact']} {finding['id']}: {node['target']} {node['html'][:160]}"
        for finding in found["violations"]
        if finding["impact"] in only
        for node in finding["nodes"]
    ]


def assert_accessible(page: Page) -> None:
    """No serious or critical finding of axe on the page as it stands."""
    findings = axe_findings(page)
    assert findings == [], "\n".join([page.url, *findings])


def assert_no_sideways_scroll(page: Page) -> None:
    """The page is not wider than the window."""
    width, window = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= window, f"{page.url} is {width} px wide in a window of {window} px"


def assert_still(page: Page) -> None:
    """Nothing moved by itself while the page loaded."""
    shift = page.evaluate(_SHIFT_SCRIPT)
    assert shift <= SHIFT, f"{page.url} shifted by {shift:.3f}"


def assert_targets(page: Page, *, least: int = 44) -> None:
    """Everything to tap is at least `least` px high (44 on a phone, 24 on a desk); links in running text may be smaller."""
    small = page.evaluate(_SMALL_TARGETS, least)
    assert small == [], "\n".join([page.url, *small])


def check_page(page: Page) -> None:
    """All of the above that hold on every page at every width."""
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    assert_still(page)


class Watch:
    """Counts bytes over the wire and notes every error the browser sees, from its making on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.weights: dict[str, int] = {}
        self.errors: list[str] = []
        page.on("requestfinished", lambda request: self._weigh(request.response()))
        page.on(
            "console", lambda message: self.errors.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _weigh(self, response: Response | None) -> None:
        if response is not None:
            sizes = response.request.sizes()
            self.weights[response.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]

    @property
    def total(self) -> int:
        """Bytes since the last `reset`."""
        return sum(self.weights.values())

    def reset(self) -> None:
        """Start counting anew, e.g. before a second page."""
        self.weights.clear()

    def assert_light(self, *, first: bool = False) -> None:
        """Within the budget: 350 KB for the first load, 60 KB for a later page."""
        heavy = sorted(self.weights.items(), key=lambda pair: -pair[1])[:5]
        assert self.total <= (FIRST_LOAD if first else LATER_PAGE), f"{self.total} bytes, heaviest: {heavy}"

    def assert_clean(self) -> None:
        """The browser met no error: no failed script, no file refused by the content policy."""
        assert self.errors == []
