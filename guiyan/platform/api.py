"""The API's floor: doors that declare grants, strict inputs, refusals as problem+json."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as InputError
from pydantic import ConfigDict, Field

from guiyan.kernel.errors import Refused, gettext_noop
from guiyan.platform.routes import route


class Input(Schema):
    """Base of request bodies and queries: unknown keys are refused, not ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Problem(Schema):
    """RFC 9457 problem+json: what happened, why, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    fix: str = ""
    facts: dict[str, Any] = Field(default_factory=dict)


REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Problem)


class UnknownParameter(Refused):
    """The address carries a parameter that this operation does not have."""

    code = "unknown_parameter"
    status = 400
    message = gettext_noop("There is no parameter %(name)s here.")
    fix = gettext_noop("Remove it, or use one of: %(known)s.")


def refuse_unknown_query(known: set[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Unknown query parameters are refused, not ignored (ninja alone would ignore them)."""

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def strict(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            for name in request.GET:
                if name not in known:
                    raise UnknownParameter(name=name[:40], known=", ".join(sorted(known)) or "-")
            return view(request, *args, **kwargs)

        return strict

    return declare


class Door(Router):
    """A router whose every operation declares its grant."""

    def _door(self, method: str, path: str, grant: str, public: str, **options: Any) -> Callable[..., Any]:
        response = options.pop("response", None)
        answers = response if isinstance(response, dict) else {200: response}
        register = getattr(super(), method)(path, response={**answers, **REFUSALS}, **options)

        def declare(view: Callable[..., Any]) -> Callable[..., Any]:
            known: set[str] = set()
            guarded = refuse_unknown_query(known)(route(grant, public=public)(view))
            register(guarded)
            operation = next(o for o in self.path_operations[path].operations if o.view_func is guarded)
            for model in operation.models:
                if model.__ninja_param_source__ == "query":
                    known.update(model.__ninja_flatten_map__)
            return guarded

        return declare

    def get(self, path: str, *, grant: str = "", public: str = "", **options: Any) -> Callable[..., Any]:
        """Declare a read."""
        return self._door("get", path, grant, public, **options)

    def post(self, path: str, *, grant: str = "", public: str = "", **options: Any) -> Callable[..., Any]:
        """Declare a command."""
        return self._door("post", path, grant, public, **options)

    def patch(self, path: str, *, grant: str = "", public: str = "", **options: Any) -> Callable[..., Any]:
        """Declare a partial change."""
        return self._door("patch", path, grant, public, **options)

    def delete(self, path: str, *, grant: str = "", public: str = "", **options: Any) -> Callable[..., Any]:
        """Declare a removal."""
        return self._door("delete", path, grant, public, **options)


def refusal_words(refused: Refused) -> tuple[str, str]:
    """The sentence and the remedy in the reader's language, filled in."""
    message, fix = (gettext(part) % refused.facts if part else "" for part in (refused.message, refused.fix))
    return message, fix


def problem(
    status: int, code: str, detail: str, fix: str = "", facts: dict[str, Any] | None = None
) -> HttpResponse:
    """A problem+json answer; the transaction of the request is undone."""
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    body = {
        "type": f"urn:guiyan:{code}", "title": code.replace("_", " "), "status": status,
        "detail": detail, "code": code, "fix": fix, "facts": facts or {},
    }  # fmt: skip
    answer = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False, "default": str})
    answer["Content-Type"] = "application/problem+json"
    return answer


def install_handlers(api: NinjaAPI) -> None:
    """Translate refusals, bad input and missing sign-in once for the whole API."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        request.refused = error  # type: ignore[attr-defined]  # the middleware writes the audit row
        return problem(error.status, error.code, *refusal_words(error), facts=error.facts)

    @api.exception_handler(InputError)
    def bad_input(_request: HttpRequest, error: InputError) -> HttpResponse:
        first = error.errors[0]
        where = ".".join(
            str(part) for part in first["loc"] if part not in {"body", "query", "data", "payload"}
        )
        return problem(
            400, "invalid_input", f"{where or 'body'}: {first['msg']}",
            gettext("Correct this field and send it again."), {"errors": _plain(error.errors)},
        )  # fmt: skip

    @api.exception_handler(ValidationError)
    def bad_value(_request: HttpRequest, error: ValidationError) -> HttpResponse:
        return problem(400, "invalid_input", "; ".join(error.messages))

    @api.exception_handler(AuthenticationError)
    def nobody(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        return problem(
            401,
            "not_signed_in",
            gettext("You are not signed in, or your session has ended."),
            gettext("Sign in again."),
        )

    @api.exception_handler(HttpError)
    def http(_request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, "bad_request", str(error))


def _plain(errors: list[Any]) -> list[dict[str, Any]]:
    return [{"loc": list(e["loc"]), "msg": e["msg"], "type": e["type"]} for e in errors]
