"""The OAuth pages of WeChat and WeCom: pick who you are, return to the program with a one-shot code."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wecom_sandbox import markup
from wecom_sandbox.calls.identity import CODE_LIFE
from wecom_sandbox.errors import ControlRefused
from wecom_sandbox.headers import POLICY
from wecom_sandbox.store import Row, Store

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SCOPES = frozenset({"snsapi_base", "snsapi_userinfo", "snsapi_privateinfo"})


async def authorize(request: Request) -> Response:
    """In-app page: members and customers. Checks appid, redirect domain (50001), response_type and scope."""
    return _picker(request, with_customers=True)


async def sso_login(request: Request) -> Response:
    """Web login by code: members only."""
    return _picker(request, with_customers=False)


def _picker(request: Request, *, with_customers: bool) -> Response:
    store: Store = request.app.state.store
    with store.transaction():
        problem = _problem(store, dict(request.query_params))
        people = _people(store, with_customers=with_customers)
    if problem:
        return markup.page(request, "refused.html", {"problem": problem}, status=400)
    options = "".join(
        markup.fill(
            "person_option.html",
            {"value": row["value"], "name": row["name"], "detail": row["detail"]},
        )
        for row in people
    )
    query = urlencode(request.query_params.multi_items())
    page = markup.page(request, "authorize.html", {"options": markup.Safe(options), "query": query})
    page.headers["Content-Security-Policy"] = POLICY.replace("form-action 'self'", _form_targets(request))
    return page


def _form_targets(request: Request) -> str:
    """Browsers hold a form's redirects to this rule too, so the program's own address must be in it."""
    parts = urlsplit(request.query_params["redirect_uri"])
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = f":{parts.port}" if parts.port else ""
    return f"form-action 'self' {parts.scheme}://{host}{port}"


def _people(store: Store, *, with_customers: bool) -> list[Row]:
    members = store.all(
        "SELECT 'u:' || userid AS value, name, position AS detail FROM users WHERE status = 1 ORDER BY rowid"
    )
    if not with_customers:
        return members
    return members + store.all(
        "SELECT 'c:' || external_userid AS value, name, corp_name AS detail FROM contacts ORDER BY rowid"
    )


async def grant(request: Request) -> Response:
    """Send the picked person back with `code` and the `state` that came; without a person, without a code."""
    form = parse_qs((await request.body()).decode(errors="replace"))
    query = dict(parse_qsl(form.get("query", [""])[0]))
    person = form.get("person", [""])[0]
    store: Store = request.app.state.store
    with store.transaction():
        problem = _problem(store, query)
        code = "" if problem or form.get("deny") else _issue(store, person, query.get("scope", "snsapi_base"))
    if problem:
        return markup.page(request, "refused.html", {"problem": problem}, status=400)
    extra = ({"code": code} if code else {}) | ({"state": query["state"]} if query.get("state") else {})
    parts = urlsplit(query["redirect_uri"])
    target = urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), *extra.items()])))
    return RedirectResponse(target, status_code=303)


def _problem(store: Store, query: dict[str, str]) -> str:
    """Empty when the request is good, else the error as the real page would show it."""
    if query.get("appid") != store.get("corp", {}).get("corpid"):
        return "40013 invalid corpid"
    if not _trusted(store, query.get("redirect_uri", "")):
        return "50001 redirect_uri unauthorized"
    if query.get("response_type", "code") != "code" or query.get("scope", "snsapi_base") not in SCOPES:
        return "40035 invalid response_type or scope"
    return ""


def _trusted(store: Store, redirect_uri: str) -> bool:
    """Host (with or without port) in the app's trusted domains; before any is set, only this machine."""
    parts = urlsplit(redirect_uri)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return False
    trusted = store.get("trusted_domains")
    if trusted is None:
        return parts.hostname in LOOPBACK
    return parts.hostname in trusted or parts.netloc in trusted


def _issue(store: Store, person: str, scope: str) -> str:
    """A code for "u:<userid>" or "c:<external_userid>". Raises ControlRefused for nobody."""
    kind, _, name = person.partition(":")
    table, column = ("users", "userid") if kind == "u" else ("contacts", "external_userid")
    if store.one(f"SELECT 1 FROM {table} WHERE {column} = ?", name) is None:  # noqa: S608 - fixed names
        raise ControlRefused(404, "There is no such person.", "Go back and pick one.")
    code = secrets.token_urlsafe(32)
    store.run(
        f"INSERT INTO oauth_codes (code, {column}, scope, expires) VALUES (?, ?, ?, ?)",  # noqa: S608
        code,
        name,
        scope,
        store.now() + CODE_LIFE,
    )
    return code


ROUTES = [
    Route("/connect/oauth2/authorize", authorize),
    Route("/wwlogin/sso/login", sso_login),
    Route("/sandbox/oauth/grant", grant, methods=["POST"]),
]
