"""The only place doors read the clock. Rules take `now` as an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The moment, aware, UTC."""
    return timezone.now()


def today() -> date:
    """The company's calendar day."""
    return now().astimezone(SHANGHAI).date()
