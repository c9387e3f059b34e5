"""Approvals: who must say yes before something happens, and what they said.

Words: a *flow* is a definition with versions; an *instance* is one run of one version for one subject;
a *step* is one node of it; a *task* is one person's part of a step; the *history* is append-only and folding
it gives the state. This room knows no subject: recall, offers or leave attach by `subject_kind` and listen
to its events.
"""
