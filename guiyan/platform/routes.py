"""Deny by default: a URL or API operation without a declared grant stops the start."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from guiyan.kernel.errors import NotAllowed, Refused, gettext_noop
from guiyan.platform.actors import Actor

SIGNED_IN = "signed_in"  # every person with an account, whatever their role

View = TypeVar("View", bound=Callable[..., Any])


class NotSignedIn(Refused):
    """Nobody is signed in. Pages lead to the sign-in page, the API answers 401."""

    code = "not_signed_in"
    status = 401
    message = gettext_noop("You are not signed in, or your session has ended.")
    fix = gettext_noop("Sign in again.")


@dataclass(frozen=True, slots=True)
class Route:
    """What a door declared: the verb it needs, or why it is public."""

    grant: str
    public: str = ""


class ActedRequest(HttpRequest):
    """A request after the middleware: who acts is known."""

    actor: Actor
    remote: str
    htmx: Any


def route(grant: str = "", *, public: str = "") -> Callable[[View], View]:
    """Declare a door. Exactly one of `grant` (a verb, or SIGNED_IN) and `public` (the reason, reviewed)."""
    if bool(grant) == bool(public):
        raise ValueError("A route declares either a grant or the reason why it is public.")

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: ActedRequest, *args: Any, **kwargs: Any) -> Any:
            if not public:
                check(request.actor, grant)
            return view(request, *args, **kwargs)

        guarded.route = Route(grant, public)  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def check(actor: Actor, grant: str) -> None:
    """Raises NotSignedIn or NotAllowed unless the actor holds the grant."""
    if not actor.signed_in:
        raise NotSignedIn()
    if grant != SIGNED_IN and not actor.may(grant):
        raise NotAllowed(verb=grant)


def page_url(name: str, *args: Any) -> str:
    """A path of our own by URL name."""
    return resolve_url(name, *args)


Page = Callable[..., HttpResponse]
