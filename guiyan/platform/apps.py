"""The plumbing's Django app."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "guiyan.platform"
    label = "platform"

    def ready(self) -> None:
        from guiyan.platform import checks  # noqa: F401 - registers the structural checks
