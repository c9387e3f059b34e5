"""Names of fields as people read them."""

from django.utils.translation import gettext_lazy as _

# Understood and kept with the source row, but no dossier has a place for them.
KEPT = frozenset({"age", "birth", "current_salary", "candidate_no", "channel", "rating", "unknown"})
FIELDS = {
    "name": _("Candidate · name"), "phone": _("Candidate · phone"), "email": _("Candidate · e-mail"),
    "wechat": _("Candidate · WeChat"), "id_no": _("Candidate · ID number"), "gender": _("Candidate · form of address"),
    "age": _("Candidate · age at the interview"), "birth": _("Candidate · birth"), "city": _("Candidate · city"),
    "degree": _("Candidate · degree"), "school": _("Candidate · school"), "last_company": _("Candidate · company"),
    "last_title": _("Candidate · title"), "current_salary": _("Candidate · current pay"), "tags": _("Candidate · tags"),
    "candidate_no": _("Candidate · old number"), "english_name": _("Candidate · English name"),
    "blacklisted": _("Candidate · blocked"), "contact_allowed": _("Candidate · may be contacted"),
    "do_not_contact": _("Candidate · asked not to be contacted"), "years": _("Candidate · years of experience"),
    "position": _("Application · position"), "department": _("Application · department"),
    "interview_no": _("Application · old interview number"), "channel": _("Application · channel"),
    "referrer": _("Application · recommended by"), "result": _("Application · outcome"),
    "result_reason": _("Application · outcome and reason"), "reason": _("Application · reason"),
    "stage": _("Application · stage"), "offer": _("Application · offer"),
    "date": _("Interview · day"), "round": _("Interview · round"), "interviewers": _("Interview · interviewers"),
    "evaluation": _("Interview · evaluation"), "rating": _("Interview · rating"),
    "expected_salary": _("Wish · pay"), "expectation": _("Wish · other"), "note": _("Remark"),
}  # fmt: skip
