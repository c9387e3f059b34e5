"""What the recall room remembers. Deliveries move forward only; text that left the house is never changed."""

from guiyan.recall.models.outreach import CandidateAnswer, FollowUp, MessageTemplate, Outreach
from guiyan.recall.models.requests import Brief, RecallRequest

__all__ = ["Brief", "CandidateAnswer", "FollowUp", "MessageTemplate", "Outreach", "RecallRequest"]
