"""A contact way's code as a picture, and the page behind it: who is scanning?"""

from __future__ import annotations

import io
from urllib.parse import parse_qs, urlsplit

import segno
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wecom_sandbox import markup
from wecom_sandbox.control import candidate, models
from wecom_sandbox.errors import ControlRefused
from wecom_sandbox.store import Store


async def code_picture(request: Request) -> Response:
    """The QR of /sandbox/scan/<config_id>, as SVG."""
    config_id = request.path_params["config_id"]
    _require(request.app.state.store, config_id)
    target = f"{str(request.base_url).rstrip('/')}/sandbox/scan/{config_id}"
    picture = io.BytesIO()
    segno.make(target, error="m").save(picture, kind="svg", scale=6, border=4, xmldecl=False)
    return Response(picture.getvalue(), media_type="image/svg+xml")


async def scan_page(request: Request) -> Response:
    """Pick the person whose phone scans."""
    store: Store = request.app.state.store
    _require(store, request.path_params["config_id"])
    with store.transaction():
        people = store.all("SELECT external_userid, name, corp_name FROM contacts ORDER BY rowid")
    options = "".join(
        markup.fill(
            "person_option.html",
            {"value": row["external_userid"], "name": row["name"], "detail": row["corp_name"]},
        )
        for row in people
    )
    return markup.page(request, "scan.html", {"options": markup.Safe(options)})


async def scan(request: Request) -> Response:
    """Scan as the picked person, then show both phones."""
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise ControlRefused(403, "Another web page asked for this.", "Use the sandbox page.")
    person = parse_qs((await request.body()).decode(errors="replace")).get("person", [""])[0]
    store: Store = request.app.state.store
    with store.transaction():
        result = candidate.scan(store, person, models.Scan(config_id=request.path_params["config_id"]))
    request.app.state.wake()
    return RedirectResponse(f"/?employee={result['userid']}&candidate={person}", status_code=303)


def _require(store: Store, config_id: str) -> None:
    with store.transaction():
        if store.one("SELECT 1 FROM contact_ways WHERE config_id = ?", config_id) is None:
            raise ControlRefused(404, "This code is no longer valid.", "Make a new one with add_contact_way.")


ROUTES = [
    Route("/sandbox/qr/{config_id}.svg", code_picture),
    Route("/sandbox/scan/{config_id}", scan_page),
    Route("/sandbox/scan/{config_id}", scan, methods=["POST"]),
]
