"""What the WeCom sandbox must know of the company: its counterpart of WeCom's own admin console."""

from typing import Any

from guiyan.config.demo import company
from guiyan.people.models import Department, Employee
from guiyan.recruiting.models import Candidate

MOST_CONTACTS = 60  # enough to look around; every candidate who was linked last comes first


def setup_document() -> dict[str, Any]:
    """Body for POST /sandbox/api/setup, from the current company: departments, members, candidates as contacts."""
    return {
        "corp_name": company.NAME,
        "corp_full_name": company.FULL_NAME,
        "departments": [
            {"id": d.wecom_id, "name": d.name, "parentid": d.parent.wecom_id if d.parent else 0}
            for d in Department.objects.filter(wecom_id__isnull=False)
            .select_related("parent")
            .order_by("path")
        ],
        "users": [
            {
                "userid": e.wecom_userid,
                "name": e.name,
                "position": e.title,
                "department": [e.department.wecom_id or 1],
            }
            for e in Employee.objects.filter(wecom_userid__isnull=False)
            .select_related("department")
            .order_by("pk")
        ],
        "contacts": [_contact(candidate) for candidate in _linked()],
    }


def _linked() -> list[Candidate]:
    rows = Candidate.objects.filter(wecom_external_id__isnull=False, wecom_owner__wecom_userid__isnull=False)
    return list(rows.select_related("wecom_owner").order_by("-wecom_since", "-pk")[:MOST_CONTACTS])


def _contact(candidate: Candidate) -> dict[str, Any]:
    owner = candidate.wecom_owner
    follow = [{"userid": owner.wecom_userid, "remark": candidate.name}] if owner else []
    return {"external_userid": candidate.wecom_external_id, "name": candidate.name, "follow": follow}
