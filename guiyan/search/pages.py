"""The find page and the preview beside it."""

import time

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from guiyan.kernel.dates import local_day
from guiyan.platform import clock
from guiyan.platform.routes import ActedRequest, route
from guiyan.search import queries, shown
from guiyan.search.forms import FindForm

ON_A_PAGE = 10  # two screens; each hit costs about 3 ms to fetch and draw
EXAMPLES = (
    _("Interviewed last spring, surname Zhang, supply chain, met by Mr Chen"),
    _("zrl"),
    _("quality engineer, too expensive, Suzhou"),
    _("last year, position frozen"),
)


@route(queries.MAY_SEARCH)
@require_GET
def find(request: ActedRequest) -> HttpResponse:
    """One big field; the answer alone for htmx while typing. At most 15 SQL statements."""
    wanted = FindForm(request.GET).facts_or_refuse()
    removed = frozenset(request.GET.getlist("drop"))
    now = clock.now()
    started = time.perf_counter()
    context: dict[str, object] = {
        "text": wanted["q"],
        "examples": [(words, shown.find_url(str(words))) for words in EXAMPLES],
    }
    if wanted["q"]:
        page = queries.search(
            actor=request.actor,
            text=wanted["q"],
            now=now,
            removed=removed,
            least=wanted["least"],
            cursor=str(wanted["cursor"] or ""),
            limit=ON_A_PAGE,
        )
        context |= _answer(page, removed, wanted["least"])
        context["milliseconds"] = round((time.perf_counter() - started) * 1000)
    return render(request, "search/_answer.html" if request.htmx else "search/find.html", context)


def _answer(page: queries.SearchPage, removed: frozenset[str], least: int | None) -> dict[str, object]:
    text, today = page.understanding.text, page.day
    keep = {"least": least} if least else {}
    return {
        "page": page,
        "chips": shown.chips(page, removed),
        "rows": [shown.hit_row(hit, text, today) for hit in page.hits],
        "first": shown.preview_of(page.hits[0].card, today) if page.hits else None,
        "next_url": shown.find_url(text, removed=removed, cursor=page.next, **keep) if page.next else "",
        "looser_url": shown.find_url(text, removed=removed, least=page.looser[0]) if page.looser else "",
    }


@route(queries.MAY_SEARCH)
@require_GET
def preview(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """The dossier in five lines, for the pane beside the list."""
    card = queries.preview(actor=request.actor, candidate_id=candidate_id)
    seen = shown.preview_of(card, local_day(clock.now()))
    return render(request, "search/_preview.html", {"first": seen})
