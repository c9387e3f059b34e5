"""Recall: bringing back a candidate who was interviewed and not hired.

Words: a RecallRequest is the wish, a Brief the talking points with their sources, an Outreach one
message with its delivery facts, a FollowUp what the system schedules next, a CandidateAnswer what
the person said. Enter by `queries`, `commands` and `events`; channels above carry messages out.
"""
