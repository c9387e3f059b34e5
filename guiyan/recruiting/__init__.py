"""Candidates and their whole history: requisitions, applications, interviews, evaluations, conversations, dossier."""
