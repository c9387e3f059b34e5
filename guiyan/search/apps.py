"""Django's name for this room."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding people."""

    name = "guiyan.search"
    label = "search"
