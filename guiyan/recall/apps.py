"""The Django app of the recall room."""

from django.apps import AppConfig


class RecallConfig(AppConfig):
    """Recall: requests, briefs, outreach, follow-ups, the candidate's page."""

    name = "guiyan.recall"
    label = "recall"
