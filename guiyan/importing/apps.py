"""The importing room."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "guiyan.importing"
    label = "importing"
