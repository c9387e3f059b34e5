"""The API: every room's doors under /api/v1, one place to list its operations."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.security import SessionAuth

from guiyan.platform.api import Door, install_handlers
from guiyan.platform.routes import SIGNED_IN


class SessionWithCsrf(SessionAuth):
    """The session cookie; unsafe calls also need the CSRF token. The right itself is checked per operation."""

    def authenticate(self, request: Any, key: str | None) -> Any:
        """Whoever the middleware found; `nobody` still reaches public operations."""
        return request.actor if request.actor.signed_in else None


api = NinjaAPI(
    title="Guiyan", version="1.0", urls_namespace="api", docs_url=None, openapi_url=None, auth=SessionWithCsrf(csrf=True),
    description="HR for companies in China: dossiers, search, recalls, approvals.",
)  # fmt: skip
install_handlers(api)

ROOMS = ("people", "recruiting", "search", "approvals", "recall", "importing")


root = Door(tags=["api"])


@root.get(
    "/openapi.json",
    grant=SIGNED_IN,
    response=dict[str, Any],
    operation_id="get_openapi",
    include_in_schema=False,
)
def get_openapi(request: HttpRequest) -> dict[str, Any]:
    """The description of this API."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def mount() -> None:
    """Add each room's router, if the room has API doors."""
    api.add_router("", root)
    for room in ROOMS:
        if find_spec(f"guiyan.{room}.api"):
            api.add_router("", import_module(f"guiyan.{room}.api").router)


def operations() -> Iterator[tuple[str, str, Any]]:
    """(method, path, view) of every operation."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for method in operation.methods:
                    yield method, f"{prefix}{path}", operation.view_func


mount()
