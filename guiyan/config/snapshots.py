"""The reviewed files: permission matrix and API description. A difference is a decision, so tests compare."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from django.urls import get_resolver

from guiyan.accounts.roles import ROLES
from guiyan.config.api import api, operations
from guiyan.platform.checks import walk
from guiyan.platform.routes import SIGNED_IN, Route

ROOT = Path(__file__).resolve().parents[2]
PERMISSIONS = ROOT / "docs" / "permissions.csv"
OPENAPI = ROOT / "docs" / "openapi.json"


def doors() -> dict[str, Route]:
    """Every page ("/path") and API operation ("GET /api/v1/path") with what it declares."""
    pages = {
        f"/{path}": entry.callback.route
        for path, entry in walk(get_resolver())
        if hasattr(entry.callback, "route") and not path.startswith("ui-kit/")  # development only
    }
    return pages | {f"{method} /api/v1{path}": view.route for method, path, view in operations()}


def allowed(declared: Route, role: str) -> bool:
    """Whether a role holds what a door asks for."""
    return bool(declared.public) or declared.grant == SIGNED_IN or declared.grant in ROLES[role].verbs


def permission_matrix() -> str:
    """doors × roles as CSV: what each door asks for and who has it."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["door", "grant", *ROLES])
    for door, declared in sorted(doors().items()):
        grant = declared.grant or f"public: {declared.public}"
        table.writerow([door, grant, *("yes" if allowed(declared, role) else "" for role in ROLES)])
    return out.getvalue()


def openapi() -> str:
    """The API's description as JSON."""
    described: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def write_all() -> list[Path]:
    """Write both files anew; the difference is then reviewed like code."""
    OPENAPI.parent.mkdir(exist_ok=True)
    PERMISSIONS.write_text(permission_matrix(), encoding="utf-8")
    OPENAPI.write_text(openapi(), encoding="utf-8")
    return [PERMISSIONS, OPENAPI]
