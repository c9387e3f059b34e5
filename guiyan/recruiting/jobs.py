"""Timed work of recruiting."""

from datetime import datetime

from guiyan.platform.jobs import every
from guiyan.recruiting import commands


@every("10 23 * * *", "recruiting.review_dates")
def review_dates(now: str) -> None:
    """07:10 in Shanghai: conditions that wait for a date."""
    commands.review_dates(now=datetime.fromisoformat(now))
