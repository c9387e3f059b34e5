"""Doors of the control API. JSON in, JSON out; refusals are `{"error", "fix"}` with an HTTP status.

Writing needs `Content-Type: application/json` and no foreign `Origin`, so that no other web page can press
these buttons in somebody's browser.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wecom_sandbox import delivery, journal
from wecom_sandbox.control import candidate, employee, models, phones, setup, starting_over
from wecom_sandbox.errors import ControlRefused
from wecom_sandbox.store import Store

Json = dict[str, Any]
B = TypeVar("B", bound=models.Body)
Door = Callable[[Request], Awaitable[Response]]


async def read_body(request: Request, model: type[B]) -> B:
    """The checked body. Raises ControlRefused 403, 415 or 422."""
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        raise ControlRefused(403, "Another web page asked for this.", "Use the sandbox page.")
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise ControlRefused(415, "The body must be JSON.", "Send Content-Type: application/json.")
    try:
        return model.model_validate_json(await request.body() or b"{}")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ControlRefused(422, f"{where}: {first['msg']}", "Correct this field and send again.") from None


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _view(read: Callable[..., Any], *names: str) -> Door:
    """A GET door: `read(store, *path parameters)`."""

    async def door(request: Request) -> Response:
        store = _store(request)
        with store.transaction():
            return JSONResponse(read(store, *(request.path_params[name] for name in names)))

    return door


def _tap(act: Callable[..., Json], model: type[models.Body], *names: str) -> Door:
    """A POST door: `act(store, *path parameters, body)` in one transaction."""

    async def door(request: Request) -> Response:
        body = await read_body(request, model)
        store = _store(request)
        with store.transaction():
            result = act(store, *(request.path_params[name] for name in names), body)
        request.app.state.wake()
        return JSONResponse({"ok": True} | result)

    return door


async def set_up(request: Request) -> Response:
    """Upsert the company, then try the callback address; an address that fails is kept and tried again."""
    body = await read_body(request, models.Setup)
    store = _store(request)
    with store.transaction():
        setup.apply_setup(store, body)
        starting_over.remember(store, body)
    if body.callback:
        await delivery.verify_url(store, request.app.state.client)
    request.app.state.wake()
    with store.transaction():
        return JSONResponse({"ok": True, "callback": setup.state(store)["callback"]})


def _clock(store: Store, body: models.Clock) -> Json:
    store.advance(body.advance_seconds)
    journal.write(store, direction="person", path="advance_clock", note=f"{body.advance_seconds} s")
    return {"now": store.now()}


def _faults(store: Store, body: models.Faults) -> Json:
    result = setup.apply_faults(store, body)
    asked = body.model_dump(exclude_defaults=True)
    journal.write(store, direction="person", path="faults", note=", ".join(asked), request=asked)
    return {"faults": result}


def _reset(store: Store, body: models.Reset) -> Json:
    """Take back what happened and keep the company as it was set up; with `all` forget that too."""
    if body.all:
        store.wipe()
    else:
        starting_over.start_over(store)
    return {}


async def read_journal(request: Request) -> Response:
    """?after=<id>&limit=<1..500>, newest first."""
    try:
        after = int(request.query_params.get("after", 0))
        limit = min(max(int(request.query_params.get("limit", 100)), 1), 500)
    except ValueError:
        raise ControlRefused(422, "after and limit must be numbers.", "Leave them out.") from None
    store = _store(request)
    with store.transaction():
        return JSONResponse({"lines": journal.read(store, after=after, limit=limit), "now": store.now()})


async def refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, ControlRefused):
        raise error
    return JSONResponse({"ok": False, "error": error.message, "fix": error.fix}, status_code=error.status)


_EMPLOYEE = "/phones/employee/{userid}"
_CHAT = _EMPLOYEE + "/chats/{external_userid}"
_CANDIDATE = "/phones/candidate/{external_userid}"
_TASK = _EMPLOYEE + "/groupmsg/{msgid}"
_PAIR = ("userid", "external_userid")
_TURNED = ("external_userid", "userid")


def _post(path: str, door: Door) -> Route:
    return Route(path, door, methods=["POST"])


ROUTES = [
    _post("/setup", set_up),
    Route("/state", _view(setup.state)),
    _post("/clock", _tap(_clock, models.Clock)),
    _post("/faults", _tap(_faults, models.Faults)),
    _post("/reset", _tap(_reset, models.Reset)),
    Route("/journal", read_journal),
    Route(_EMPLOYEE, _view(phones.employee_phone, "userid")),
    _post(
        _EMPLOYEE + "/cards/{card_id:int}/click", _tap(employee.click_card, models.Click, "userid", "card_id")
    ),
    _post(_EMPLOYEE + "/enter_agent", _tap(employee.enter_agent, models.EnterAgent, "userid")),
    _post(_TASK + "/confirm", _tap(employee.confirm_groupmsg, models.Nothing, "userid", "msgid")),
    _post(_TASK + "/ignore", _tap(employee.ignore_groupmsg, models.Nothing, "userid", "msgid")),
    _post(_CHAT + "/send", _tap(employee.send_chat, models.Said, *_PAIR)),
    _post(_CHAT + "/remark", _tap(employee.change_remark, models.Remark, *_PAIR)),
    _post(_CHAT + "/delete", _tap(employee.delete_contact, models.Nothing, *_PAIR)),
    _post(_CHAT + "/accept", _tap(employee.accept_request, models.Nothing, *_PAIR)),
    Route(_CANDIDATE, _view(phones.candidate_phone, "external_userid")),
    _post(_CANDIDATE + "/chats/{userid}/reply", _tap(candidate.reply, models.Said, *_TURNED)),
    _post(_CANDIDATE + "/chats/{userid}/read", _tap(candidate.read, models.Nothing, *_TURNED)),
    _post(_CANDIDATE + "/chats/{userid}/tap", _tap(candidate.tap_link, models.Tap, *_TURNED)),
    _post(_CANDIDATE + "/delete_friend", _tap(candidate.delete_friend, models.Member, "external_userid")),
    _post(_CANDIDATE + "/scan", _tap(candidate.scan, models.Scan, "external_userid")),
]
