"""Every shared read of the recruiting room, by topic. Frozen rows; visibility always applied where a viewer asks."""

from guiyan.recruiting.policies import visible_applications, visible_candidates, visible_requisitions
from guiyan.recruiting.queries.contact import CONTACT_CAP, CONTACT_DAYS, ContactState, contact_state
from guiyan.recruiting.queries.dossier import dossier
from guiyan.recruiting.queries.identify import identify
from guiyan.recruiting.queries.known_words import known_words
from guiyan.recruiting.queries.lists import (
    CandidatePage,
    CandidateRow,
    InterviewToday,
    RequisitionRow,
    RequisitionView,
    candidate_list,
    interviews_on,
    requisition_list,
    requisition_view,
)
from guiyan.recruiting.queries.rows import Dossier
from guiyan.recruiting.reads_for_search import index_facts, search_cards

__all__ = [
    "CONTACT_CAP", "CONTACT_DAYS", "CandidatePage", "CandidateRow", "ContactState", "Dossier", "InterviewToday",
    "RequisitionRow", "RequisitionView", "candidate_list", "contact_state", "dossier", "identify", "index_facts",
    "interviews_on", "known_words", "requisition_list", "requisition_view", "search_cards", "visible_applications",
    "visible_candidates", "visible_requisitions",
]  # fmt: skip
