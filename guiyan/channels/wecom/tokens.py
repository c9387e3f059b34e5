"""Access tokens shared between processes: the row is the lock under which one of them renews it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from guiyan.channels.models import WeComToken
from guiyan.channels.wecom.wire import Token

EARLY = timedelta(minutes=5)  # renewed this long before the end, so that no call meets the edge


class DatabaseTokens:
    """TokenStore on the company's own table. `now` gives the moment (aware UTC)."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def get(self, key: str, fetch: Callable[[], Token]) -> str:
        """The stored token while it is fresh; else one caller fetches it and the others wait for the row."""
        row = WeComToken.objects.filter(key=key).first()
        if row is not None and self._fresh(row):
            return str(row.token)
        WeComToken.objects.get_or_create(key=key)
        with transaction.atomic():
            row = WeComToken.objects.select_for_update().get(key=key)
            if self._fresh(row):
                return str(row.token)
            token = fetch()
            row.token = token.access_token
            row.expires_at = self._now() + timedelta(seconds=token.expires_in)
            row.save(update_fields=["token", "expires_at"])
            return token.access_token

    def drop(self, key: str, token: str) -> None:
        """Forget this very token, if it is still the stored one."""
        with transaction.atomic():
            row = WeComToken.objects.select_for_update().filter(key=key).first()
            if row is not None and row.token == token:
                row.expires_at = None
                row.save(update_fields=["expires_at"])

    def _fresh(self, row: WeComToken) -> bool:
        return row.token is not None and row.expires_at is not None and row.expires_at - EARLY > self._now()
