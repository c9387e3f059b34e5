"""The approvals room."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "guiyan.approvals"
    label = "approvals"
