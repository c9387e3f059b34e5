"""All traffic between rooms on one screen: event → handlers, NOW (same transaction) or LATER (a job)."""

from guiyan.approvals import events as approvals
from guiyan.people import events as people
from guiyan.platform.events import Event, Wiring
from guiyan.recall import events as recall
from guiyan.recruiting import events as recruiting

RADAR = "guiyan.recruiting.commands."
INDEX = "guiyan.search.commands.reindex_on_event"  # in the same transaction: what was saved is found at once
RECALL = "guiyan.recall.handlers."
WECOM = "guiyan.channels.wecom.handlers."

_DOSSIER = (
    recruiting.CandidateCreated, recruiting.CandidateChanged, recruiting.ApplicationOpened, recruiting.ApplicationClosed,
    recruiting.InterviewScheduled, recruiting.InterviewEnded, recruiting.EvaluationWritten,
    recruiting.CommunicationRecorded, recruiting.ExpectationRecorded, recruiting.TagsChanged, recruiting.ResumeStored,
    recruiting.DoNotContactSet,
)  # fmt: skip

WIRING: dict[type[Event], Wiring] = {
    **{event: Wiring(now=[INDEX]) for event in _DOSSIER},
    recruiting.HistoryRecorded: Wiring(now=[INDEX]),
    recruiting.RequisitionOpened: Wiring(later=[RADAR + "on_requisition_opened"]),
    recruiting.RequisitionChanged: Wiring(later=[RADAR + "on_requisition_changed"]),
    people.OrganisationChanged: Wiring(later=[RADAR + "on_organisation_changed"]),
    approvals.TaskOpened: Wiring(later=[WECOM + "task_opened"]),
    approvals.TaskDecided: Wiring(later=[WECOM + "task_decided"]),
    approvals.InstanceApproved: Wiring(now=[RECALL + "approval_approved"]),
    approvals.InstanceRejected: Wiring(now=[RECALL + "approval_rejected"]),
    approvals.InstanceWithdrawn: Wiring(
        now=[RECALL + "approval_withdrawn"], later=[WECOM + "instance_withdrawn"]
    ),
    recall.RecallApproved: Wiring(later=[WECOM + "recall_approved"]),
    recall.OutreachQueued: Wiring(later=[WECOM + "outreach_queued"]),
    recall.OutreachStopped: Wiring(later=[WECOM + "outreach_stopped"]),
    recall.OutreachUnknown: Wiring(later=[WECOM + "outreach_unknown"]),
    recall.FollowUpDue: Wiring(later=[WECOM + "follow_up_due"]),
    recall.CandidateAnswered: Wiring(later=[WECOM + "candidate_answered"]),
}
