"""All traffic between rooms on one screen: event → handlers, NOW (same transaction) or LATER (a job)."""

from guiyan.approvals import events as approvals
from guiyan.platform.events import Event, Wiring
from guiyan.recall import events as recall

RECALL = "guiyan.recall.handlers."
WECOM = "guiyan.channels.wecom.handlers."

WIRING: dict[type[Event], Wiring] = {
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
