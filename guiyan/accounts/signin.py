"""Signing in with a growing delay after failures, the same answer for unknown names."""

import time
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.db import transaction
from django.http import HttpRequest

from guiyan.accounts import events
from guiyan.accounts.middleware import SEEN, STARTED
from guiyan.accounts.models import SignInAttempt, User
from guiyan.kernel.errors import Refused, gettext_noop
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit

FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=1)


class WrongSignIn(Refused):
    """One text for an unknown name, a wrong password and a disabled account."""

    code = "wrong_sign_in"
    status = 400
    message = gettext_noop("Name and password do not match.")
    fix = gettext_noop("Check both and try again, or ask your system administrator.")


class TooManyTries(Refused):
    """A delay, not a lock: nobody can shut a colleague out for long."""

    code = "too_many_tries"
    status = 429
    message = gettext_noop("Too many failed tries.")
    fix = gettext_noop("Wait %(seconds)s seconds and try again.")


def sign_in(request: HttpRequest, *, username: str, password: str, now: datetime) -> User:
    """Open a session for the person. Raises WrongSignIn or TooManyTries; the failure is kept either way."""
    keys = _keys(username, request.META.get("REMOTE_ADDR", ""))
    _refuse_if_waiting(keys, now)
    user = authenticate(request, username=username.strip().lower(), password=password)
    if not isinstance(user, User):
        with transaction.atomic():
            _count_failure(keys, now)
            emit(events.SignInFailed(key=keys[0], at=now))
        raise WrongSignIn()
    with transaction.atomic():
        SignInAttempt.objects.filter(key__in=keys).delete()
        login(request, user)
        request.session[STARTED] = request.session[SEEN] = time.time()
        request.session.set_expiry(settings.SESSION_ABSOLUTE_SECONDS)
        emit(events.SignedIn(user_id=user.pk, at=now), actor=Actor(user.pk, user.name))
    return user


def _keys(username: str, address: str) -> list[str]:
    name = sha256(f"name:{username.strip().lower()}:{address}".encode()).hexdigest()
    return [name, sha256(f"address:{address}".encode()).hexdigest()]


def _refuse_if_waiting(keys: list[str], now: datetime) -> None:
    until = max(
        (row.blocked_until for row in SignInAttempt.objects.filter(key__in=keys) if row.blocked_until),
        default=None,
    )
    if until and until > now:
        raise TooManyTries(seconds=int((until - now).total_seconds()) + 1)


def _count_failure(keys: list[str], now: datetime) -> None:
    for key, free in zip(keys, (FREE_TRIES, FREE_TRIES * 10), strict=True):
        row, _made = SignInAttempt.objects.select_for_update().get_or_create(
            key=key, defaults={"last_at": now}
        )
        row.failures = 1 if now - row.last_at > FORGET_AFTER else row.failures + 1
        over = row.failures - free
        row.blocked_until = now + min(timedelta(seconds=2**over), LONGEST_WAIT) if over >= 0 else None
        row.last_at = now
        row.save()
