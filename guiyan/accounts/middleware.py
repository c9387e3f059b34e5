"""Puts the acting person on the request; ends idle and old sessions."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from guiyan.accounts.queries import actor_of
from guiyan.accounts.roles import ADMIN_ROLES
from guiyan.platform import clock
from guiyan.platform.actors import NOBODY, Actor

STARTED, SEEN = "started_at", "seen_at"
TOUCH_EVERY = 60  # seconds between writes of the last-seen mark


def acting_person(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """request.actor for every request: a person with powers in force, or nobody."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = _actor(request)  # type: ignore[attr-defined]
        request.remote = request.META.get("REMOTE_ADDR", "")  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _actor(request: HttpRequest) -> Actor:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(settings.STATIC_URL):
        return NOBODY
    with transaction.atomic():
        user = request.user
        if not user.is_authenticated:
            return NOBODY
        actor = actor_of(user, on=clock.today())
        if _ended(request, actor):
            logout(request)
            return NOBODY
    return actor


def _ended(request: HttpRequest, actor: Actor) -> bool:
    """Idle 30 min (administrators 15), 12 h in all; marks the session as seen at most once a minute."""
    now = time.time()
    started, seen = request.session.get(STARTED, 0.0), request.session.get(SEEN, 0.0)
    admin = any(power.role in ADMIN_ROLES for power in actor.powers)
    idle = settings.SESSION_IDLE_SECONDS_ADMIN if admin else settings.SESSION_IDLE_SECONDS
    if now - seen > idle or now - started > settings.SESSION_ABSOLUTE_SECONDS:
        return True
    if now - seen > TOUCH_EVERY:
        request.session[SEEN] = now
    return False
