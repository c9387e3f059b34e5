"""The roles that ship: verbs on resources, how far they reach by default, up to which field class they read."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guiyan.platform.actors import Scope
from guiyan.platform.classes import C1, C2, C4, FieldClass


@dataclass(frozen=True, slots=True)
class Role:
    """A set of verbs with the scope it is usually granted over."""

    code: str
    title: str | Promise
    verbs: frozenset[str]
    scope: Scope
    reads_up_to: FieldClass


def _verbs(text: str) -> frozenset[str]:
    return frozenset(text.split())


RECRUITING_READ = "candidate.read requisition.read search.use"
RECRUITING_WRITE = (
    "candidate.write candidate.reveal application.write interview.write evaluation.write disposition.write "
    "communication.write requisition.write tag.write resume.read resume.write"
)
APPROVALS = "approval.read approval.decide"

ROLES = {
    role.code: role
    for role in (
        Role("boss", _("Boss"), _verbs(
            f"{RECRUITING_READ} resume.read candidate.reveal communication.write evaluation.write recall.read recall.request "
            f"{APPROVALS} organisation.read insight.read"), Scope.COMPANY, C4),
        Role("hr_manager", _("HR manager"), _verbs(
            f"{RECRUITING_READ} {RECRUITING_WRITE} recall.read recall.request recall.contact recall.manage {APPROVALS} "
            "organisation.read organisation.write import.run flow.read flow.write insight.read"), Scope.COMPANY, C4),
        Role("recruiter", _("Recruiter"), _verbs(
            f"{RECRUITING_READ} {RECRUITING_WRITE} recall.read recall.request recall.contact {APPROVALS} organisation.read "
            "import.run"), Scope.COMPANY, C4),
        Role("business_head", _("Business head"), _verbs(
            f"{RECRUITING_READ} resume.read evaluation.write recall.read recall.request {APPROVALS} organisation.read"),
            Scope.SUBTREE, C4),
        Role("interviewer", _("Interviewer"), _verbs(
            "candidate.read resume.read evaluation.write search.use organisation.read " + APPROVALS), Scope.CASE, C1),
        Role("employee", _("Employee"), _verbs(f"self.read {APPROVALS} organisation.read"), Scope.SELF, C1),
        Role("sys_admin", _("System administrator"), _verbs(
            "account.read account.write grant.write organisation.read organisation.write system.read system.write"),
            Scope.COMPANY, C2),
        Role("auditor", _("Auditor"), _verbs("audit.read"), Scope.COMPANY, C1),
    )
}  # fmt: skip

ADMIN_ROLES = frozenset({"sys_admin", "auditor"})

VERBS = frozenset().union(*(role.verbs for role in ROLES.values()))
