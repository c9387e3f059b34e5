"""The recruiting facts. Every fact says where it came from (`source`) and when."""

from guiyan.recruiting.models.applications import (
    Application,
    Disposition,
    Evaluation,
    Interview,
    InterviewSeat,
    ReconsiderCondition,
    Remark,
)
from guiyan.recruiting.models.candidates import Candidate, CandidateTag, Resume, Tag, WorkHistory
from guiyan.recruiting.models.contacts import Communication, Expectation
from guiyan.recruiting.models.requisitions import Requisition

__all__ = [
    "Application", "Candidate", "CandidateTag", "Communication", "Disposition", "Evaluation", "Expectation",
    "Interview", "InterviewSeat", "ReconsiderCondition", "Remark", "Requisition", "Resume", "Tag", "WorkHistory",
]  # fmt: skip
