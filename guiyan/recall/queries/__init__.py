"""Every shared read of the recall room: frozen rows, visibility always applied (or none needed: the link is the right)."""

from guiyan.recall.queries.candidate import CandidatePage, candidate_page
from guiyan.recall.queries.cards import (
    answer_words,
    approval_card,
    brief_card,
    candidate_name,
    card_of,
    people_of,
)
from guiyan.recall.queries.channel import handed, to_deliver, to_poll
from guiyan.recall.queries.composer import ComposerView, check_text, composer_view
from guiyan.recall.queries.home import HomeRecalls, home_recalls
from guiyan.recall.queries.lists import board, recall_rows, recalls_of
from guiyan.recall.queries.sheet import SheetView, sheet_view
from guiyan.recall.queries.templates import template_groups, template_row
from guiyan.recall.queries.views import RequestView, request_view

__all__ = [
    "CandidatePage",
    "ComposerView",
    "HomeRecalls",
    "RequestView",
    "SheetView",
    "answer_words",
    "approval_card",
    "board",
    "brief_card",
    "candidate_name",
    "candidate_page",
    "card_of",
    "check_text",
    "composer_view",
    "handed",
    "home_recalls",
    "people_of",
    "recall_rows",
    "recalls_of",
    "request_view",
    "sheet_view",
    "template_groups",
    "template_row",
    "to_deliver",
    "to_poll",
]  # fmt: skip
