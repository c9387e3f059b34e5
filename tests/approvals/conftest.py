"""People of a small company in the database, and a flow that runs through them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from guiyan.accounts.models import User
from guiyan.approvals import commands
from guiyan.approvals.models import FlowInstance, FlowTask
from guiyan.people.commands import set_head
from guiyan.people.models import Department
from guiyan.platform.actors import Actor
from guiyan.platform.testkit.people import SETUP, acting, make_department, make_person


@dataclass
class Office:
    """The people of the recall story, with one department headed by the business head."""

    boss: User
    hr: User
    head: User
    specialist: User
    admin: User
    department: Department
    now: datetime

    def ask(self, *, subject_id: int = 41, requester: User | None = None, **given: Any) -> FlowInstance:
        """The boss (or somebody else) starts the shipped recall flow."""
        facts = {"department_id": self.department.pk, "specialist_user_id": self.specialist.pk}
        wanted: dict[str, Any] = {
            "flow_key": "recall",
            "subject_kind": "errand",
            "subject_id": subject_id,
            "title": "召回张若岚",
            "summary": "供应链经理，王总点名",
            "number": f"ZH-2026-{subject_id:06d}",
            "facts": facts,
            "choices": {},
            "now": self.now,
        }
        return commands.start(actor=acting(requester or self.boss), **(wanted | given))

    def task(self, instance: FlowInstance, user: User) -> FlowTask:
        return FlowTask.objects.filter(instance=instance, assignee=user).latest("pk")

    def decide(
        self, instance: FlowInstance, user: User, verdict: str = "approve", comment: str = ""
    ) -> FlowTask:
        return commands.decide(
            actor=acting(user),
            task_id=self.task(instance, user).pk,
            verdict=verdict,
            comment=comment,
            now=self.now,
        )


@pytest.fixture
def office(now: datetime) -> Office:
    return make_office(now)


def make_office(now: datetime) -> Office:
    department = make_department("供应链中心")
    boss = make_person("boss", "王建国", department=department)
    head = make_person("business_head", "陈志远", department=department, manager=boss.employee)
    set_head(actor=SETUP, department_id=department.pk, employee_id=head.employee.pk, now=now)
    return Office(
        boss=boss,
        hr=make_person("hr_manager", "李静", department=department, manager=boss.employee),
        head=head,
        specialist=make_person("recruiter", "周敏", department=department),
        admin=make_person("sys_admin", "赵工", department=department),
        department=department,
        now=now,
    )


FLOW_WRITER = Actor.system("tests", "flow.write")
