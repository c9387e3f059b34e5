"""Doors of search, below /find/."""

from django.urls import path

from guiyan.search import pages

app_name = "search"
urlpatterns = [
    path("", pages.find, name="find"),
    path("<int:candidate_id>/preview", pages.preview, name="preview"),
]
