"""The ASGI program: `/cgi-bin` for the program under test, `/sandbox` for people and tests, `/` for eyes."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from wecom_sandbox import delivery, gateway, oauth_pages, pages, scan_pages
from wecom_sandbox.control import routes as control
from wecom_sandbox.errors import ControlRefused
from wecom_sandbox.headers import SecurityHeaders
from wecom_sandbox.store import FILE_NAME, Store

STATIC = Path(__file__).with_name("static")
BODY_LIMIT = 20 * 1024 * 1024


def build_app(
    data_dir: Path, *, clock: Callable[[], float] = time.time, retry_after: float = delivery.RETRY_AFTER
) -> Starlette:
    """The program on the SQLite file in `data_dir`. `clock` gives real Unix seconds (tests pass their own)."""
    store = Store(data_dir / FILE_NAME, clock=clock)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False) as client:
            postman = delivery.Postman(store, client, retry_after=retry_after)
            app.state.client = client
            app.state.wake = postman.wake
            worker = asyncio.create_task(postman.work())
            try:
                yield
            finally:
                worker.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await worker
                store.close()

    app = Starlette(
        routes=[
            Route("/", pages.home),
            Route("/healthz", _health),
            Route("/cgi-bin/{path:path}", gateway.answer, methods=["GET", "POST"]),
            Mount("/sandbox/api", routes=control.ROUTES),
            *scan_pages.ROUTES,
            *oauth_pages.ROUTES,
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=1000)],
        exception_handlers={ControlRefused: control.refused},
        lifespan=lifespan,
        max_body_size=BODY_LIMIT,
    )
    app.state.store = store
    return app


async def _health(request: Request) -> Response:
    """200 when the file can be written."""
    store: Store = request.app.state.store
    with store.transaction():
        return PlainTextResponse("ok")
