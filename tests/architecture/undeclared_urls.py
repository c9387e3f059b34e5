"""One URL that forgot its grant."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def forgotten(_request: HttpRequest) -> HttpResponse:
    """A view without a declaration."""
    return HttpResponse()


urlpatterns = [path("forgotten", forgotten)]
