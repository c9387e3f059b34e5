"""Where the catalogue lives; included in development only."""

from django.urls import path

from guiyan.platform.uikit import pages

app_name = "uikit"
urlpatterns = [
    path("", pages.catalogue, name="catalogue"),
    path("candidate", pages.candidate, name="candidate"),
]
