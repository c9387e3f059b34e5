"""Structural checks at start-up: undeclared routes and unclassified columns do not start."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from guiyan.platform.classes import C2
from guiyan.platform.fields import EncryptedField

ROOMS = "guiyan."


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern with its whole path."""
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, path)
        else:
            yield path, entry


@register()
def every_route_declares_its_grant(**_: Any) -> list[CheckMessage]:
    """E001: a URL whose view has no `route` declaration."""
    found: list[CheckMessage] = []
    for path, entry in walk(get_resolver()):
        view = entry.callback
        # ninja's dispatchers answer only what `operations()` lists, which E002 checks one by one
        maker = getattr(getattr(view, "func", view), "__module__", "") or ""
        if not hasattr(view, "route") and not maker.startswith("ninja."):
            found.append(Error(f"/{path} declares no grant.", hint="Add @route(...).", id="guiyan.E001"))
    return found


@register()
def every_api_operation_declares_its_grant(**_: Any) -> list[CheckMessage]:
    """E002: an API operation made without a Door."""
    operations = import_string(settings.API_OPERATIONS)
    return [
        Error(f"API {method} {path} declares no grant.", hint="Use Door.", id="guiyan.E002")
        for method, path, view in operations()
        if not hasattr(view, "route")
    ]


@register()
def every_column_has_a_class(**_: Any) -> list[CheckMessage]:
    """E003/E004: a column without C0–C4, or a C2–C4 column that is stored in the clear."""
    found: list[CheckMessage] = []
    for model in apps.get_models():
        if not model.__module__.startswith(ROOMS):
            continue
        classes = getattr(model, "CLASSES", {})
        for field in model._meta.local_concrete_fields:
            if field.primary_key or field.is_relation or field.name == "seal_id":
                continue
            if type(field).__name__ == "BlindIndex":
                continue
            if field.name not in classes:
                found.append(Error(f"{model._meta.label}.{field.name} has no field class.", id="guiyan.E003"))
            elif classes[field.name] >= C2 and not isinstance(field, EncryptedField):
                found.append(
                    Error(f"{model._meta.label}.{field.name} is C2+ and not encrypted.", id="guiyan.E004")
                )
    return found
