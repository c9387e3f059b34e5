"""The recruiting room."""

from django.apps import AppConfig


class RecruitingConfig(AppConfig):
    name = "guiyan.recruiting"
    label = "recruiting"
