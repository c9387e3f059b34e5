"""Which function answers which path, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wecom_sandbox.store import Row, Store

Json = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One request of the program under test, token already checked. `agent` is None for a system-app token."""

    store: Store
    path: str
    now: int
    query: dict[str, str]
    body: Json
    agent: Row | None
    secret: str
    base_url: str
    raw: bytes = field(default=b"", repr=False)

    @property
    def agentid(self) -> int | None:
        return int(self.agent["agentid"]) if self.agent else None


Handler = Callable[[Call], Json]


@dataclass(frozen=True)
class Route:
    method: str
    handler: Handler
    needs_token: bool
    customers: bool  # needs 「客户联系 – 可调用接口的应用」


ROUTES: dict[str, Route] = {}


def answers(
    method: str, path: str, *, needs_token: bool = True, customers: bool = False
) -> Callable[[Handler], Handler]:
    """Register the decorated function as the answer of `/cgi-bin/<path>`."""

    def add(handler: Handler) -> Handler:
        if path in ROUTES:
            raise AssertionError(f"two answers for {path}")
        ROUTES[path] = Route(method, handler, needs_token, customers)
        return handler

    return add
