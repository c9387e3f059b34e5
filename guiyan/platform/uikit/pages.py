"""The living catalogue at /ui-kit/ (development only): every component in every state."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from guiyan.platform.routes import route
from guiyan.platform.uikit.samples import SAMPLES


@dataclass(frozen=True, slots=True)
class Entry:
    """One component with its drawn states."""

    name: str
    flush: bool
    states: list[tuple[str, SafeString]]


FRAME = frozenset({"ask", "shortcuts"})  # base.html already holds these two dialogs


def entries() -> list[Entry]:
    """The catalogue in order of the samples, one entry for each component."""
    shown = [sample for sample in SAMPLES if sample.component not in FRAME]
    grouped = [(name, list(samples)) for name, samples in groupby(shown, key=lambda sample: sample.component)]
    return [
        Entry(
            name,
            all(sample.flush for sample in samples),
            [(sample.state, sample.drawn()) for sample in samples],
        )
        for name, samples in grouped
    ]


@route(public="development only; shows samples, never data")
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "uikit/catalogue.html", {"entries": entries()})


@route(public="development only; shows samples, never data")
def candidate(request: HttpRequest) -> HttpResponse:
    """What a candidate's page looks like, with nothing behind it."""
    return render(request, "uikit/candidate.html")
