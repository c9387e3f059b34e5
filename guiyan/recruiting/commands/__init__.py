"""Every write of the recruiting room, by topic."""

from guiyan.recruiting.commands.applications import (
    AlreadyApplied,
    ApplicationClosed,
    RequisitionNotOpen,
    end_interview,
    open_application,
    reopen_application,
    schedule_interview,
)
from guiyan.recruiting.commands.candidates import (
    CandidateExists,
    create_candidate,
    record_work,
    update_candidate,
)
from guiyan.recruiting.commands.closing import (
    Condition,
    ConditionNeeded,
    ReasonNeeded,
    add_condition,
    close_application,
    mark_hired,
)
from guiyan.recruiting.commands.contact import (
    TooManyReveals,
    WecomTaken,
    lift_do_not_contact,
    link_wecom,
    reveal_contact,
    set_do_not_contact,
)
from guiyan.recruiting.commands.conversations import record_communication, record_expectation
from guiyan.recruiting.commands.evaluations import set_remark_shareable, write_evaluation
from guiyan.recruiting.commands.history import record_history
from guiyan.recruiting.commands.history_rows import HistoryResult, HistoryRow
from guiyan.recruiting.commands.radar import (
    on_organisation_changed,
    on_requisition_changed,
    on_requisition_opened,
    review_candidates,
    review_dates,
    review_requisition,
)
from guiyan.recruiting.commands.requisitions import (
    NoVacancy,
    change_requisition_state,
    create_requisition,
    update_requisition,
)
from guiyan.recruiting.commands.resumes import store_resume, take_resume_file
from guiyan.recruiting.commands.tags import add_tag, remove_tag

__all__ = [
    "AlreadyApplied", "ApplicationClosed", "CandidateExists", "Condition", "ConditionNeeded", "HistoryResult",
    "HistoryRow", "NoVacancy", "ReasonNeeded", "RequisitionNotOpen", "TooManyReveals", "WecomTaken", "add_condition",
    "add_tag", "change_requisition_state", "close_application", "create_candidate", "create_requisition",
    "end_interview", "lift_do_not_contact", "link_wecom", "mark_hired", "on_organisation_changed",
    "on_requisition_changed", "on_requisition_opened", "open_application", "record_communication",
    "record_expectation", "record_history", "record_work", "remove_tag", "reopen_application", "reveal_contact",
    "review_candidates", "review_dates", "review_requisition", "schedule_interview", "set_do_not_contact",
    "set_remark_shareable", "store_resume", "take_resume_file", "update_candidate", "update_requisition",
    "write_evaluation",
]  # fmt: skip
