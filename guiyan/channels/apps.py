"""The Django app of the channels room."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Channels: messages out, callbacks in."""

    name = "guiyan.channels"
    label = "channels"
