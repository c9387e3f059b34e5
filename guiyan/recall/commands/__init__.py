"""Every write of the recall room. One transaction each: lock, permission, rule, move, save, emit."""

from guiyan.recall.commands.candidate import answer_on_page, note_answer, open_page
from guiyan.recall.commands.followups import complete_follow_up, plan_follow_up, raise_due_follow_ups
from guiyan.recall.commands.outreach import (
    Outgoing,
    StillUnderWay,
    begin_attempt,
    hand_over,
    note_delivery,
    note_failed_attempt,
    note_unknown,
    renew_attempt,
    resend_outreach,
    save_draft,
    send_outreach,
    was_polled,
)
from guiyan.recall.commands.requests import (
    brief_was_sent,
    close_request,
    request_recall,
    withdraw_request,
)
from guiyan.recall.commands.templates import save_template

__all__ = [
    "Outgoing",
    "StillUnderWay",
    "answer_on_page",
    "begin_attempt",
    "brief_was_sent",
    "close_request",
    "complete_follow_up",
    "hand_over",
    "note_answer",
    "note_delivery",
    "note_failed_attempt",
    "note_unknown",
    "open_page",
    "plan_follow_up",
    "raise_due_follow_ups",
    "renew_attempt",
    "request_recall",
    "resend_outreach",
    "save_draft",
    "save_template",
    "send_outreach",
    "was_polled",
    "withdraw_request",
]  # fmt: skip
