"""What the page frame shows: navigation, the person, the company."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor for base.html."""
    return {"shell": None}
