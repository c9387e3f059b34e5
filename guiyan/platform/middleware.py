"""The request's way in and out: its company, its refusals, its headers."""

import logging
import uuid
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import urlencode

from guiyan.kernel.errors import NotFound, Refused
from guiyan.platform import clock, here
from guiyan.platform.api import problem, refusal_words
from guiyan.platform.models import EventRow
from guiyan.platform.routes import NotSignedIn
from guiyan.platform.tenants.directory import company_of

log = logging.getLogger("guiyan.refused")
Answer = Callable[[HttpRequest], HttpResponse]


def company_of_host(get_response: Answer) -> Answer:
    """Enter the company's schema before anything else touches the database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        facts = company_of(request.get_host().rsplit(":", 1)[0].strip("[]").lower())
        if facts is None:
            return HttpResponseNotFound(
                "No company lives at this address. 这个地址没有企业。\n", "text/plain"
            )
        here.enter(facts)
        request.company = facts  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def security_headers(get_response: Answer) -> Answer:
    """Headers every answer carries, also errors and files. Signed-in pages are never stored by browsers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), payment=(), usb=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(getattr(request, "actor", None), "signed_in", False):
            response.setdefault("Cache-Control", "no-store")
        return response

    return middleware


class RefusalMiddleware:
    """Translate refusals once for pages; note denials in the audit log outside the undone transaction."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        error = getattr(request, "refused", None)
        if error is not None and error.status in {401, 403, 404}:
            note_denied(request, error)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        request.refused = error  # type: ignore[attr-defined]
        if request.path.startswith("/api/"):
            return problem(error.status, error.code, *refusal_words(error), facts=error.facts)
        return refusal_page(request, error)


def refusal_page(request: HttpRequest, error: Refused) -> HttpResponse:
    """The refusal as a page, as a toast for htmx, or as the way to the sign-in page."""
    htmx = bool(request.headers.get("HX-Request"))
    if isinstance(error, NotSignedIn):
        if request.method == "GET" and not htmx:
            return HttpResponseRedirect(
                f"{resolve_url('accounts:sign_in')}?{urlencode({'next': request.get_full_path()})}"
            )
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = resolve_url("accounts:sign_in")
        return answer
    message, fix = refusal_words(error)
    signed_in = getattr(getattr(request, "actor", None), "signed_in", False)
    base = "base.html" if signed_in else "plain.html"
    words = {
        "title": error.code,
        "message": message,
        "fix": fix,
        "status": error.status,
        "refused_base": base,
    }
    if htmx:
        toast = render(
            request, "ui/toast.html", {"tone": "bad", "text": message, "fix": fix}, status=error.status
        )
        toast["HX-Retarget"], toast["HX-Reswap"] = "#toasts", "beforeend"
        return toast
    return render(request, "refused.html", words, status=error.status)


def note_denied(request: HttpRequest, error: Refused) -> None:
    """One audit row for a refused look or act; never what the object holds."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.signed_in:
        return
    with transaction.atomic():
        EventRow.objects.create(
            name="authz.denied", at=clock.now(), by=actor.user_id, by_name=actor.name,
            facts={"path": request.path[:200], "method": request.method, "code": error.code},
            remote=getattr(request, "remote", ""),
        )  # fmt: skip


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not come from our own page, or was too old."""
    log.info("csrf %s %s", reason, request.path)
    words = {"title": "csrf", "status": 403, "message": "", "fix": ""}
    return render(request, "403_csrf.html", words, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in the product's words (the API answers problem+json)."""
    del exception
    if request.path.startswith("/api/"):
        return problem(404, "not_found", *refusal_words(NotFound()))
    return refusal_page(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for requests Django itself refuses."""
    del request, exception
    return HttpResponse("Bad request. 请求不对。\n", "text/plain", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with an id that the log repeats; nothing about the cause leaves the house."""
    mark = uuid.uuid4().hex[:12]
    logging.getLogger("guiyan.error").error("unexpected error %s at %s", mark, request.path)
    if request.path.startswith("/api/"):
        return problem(500, "unexpected", f"Something broke on our side ({mark}).")
    return HttpResponse(render_to_string("500.html", {"mark": mark}, request), status=500)
