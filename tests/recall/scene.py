"""The story as rows: 王建国 wants 张若岚 back. Built with the real commands of the rooms below."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from guiyan.accounts.models import User
from guiyan.approvals import commands as approvals
from guiyan.approvals.models import FlowTask
from guiyan.people.commands import record_change
from guiyan.people.models import Department
from guiyan.platform.actors import Actor
from guiyan.platform.testkit.people import SETUP, acting, make_department, make_person
from guiyan.recall import commands
from guiyan.recall.models import Outreach, RecallRequest
from guiyan.recruiting import commands as recruiting
from guiyan.recruiting.models import Candidate, Requisition

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # Monday noon in Shanghai
WORDS = "供应链又独立了，正缺能扛事的人。春天那位张若岚，问缺料先讲自己错在哪，我印象很深。请她回来聊聊。"
INTERNAL = "英语口语一般，和海外供应商开会要人帮。"
REGARD = "讲缺料时先说自己判断错的那次，让人信服。"
MESSAGE = "张女士您好，我是澜川装备的周敏。王总想请您回来聊一聊，时间您定。"


def at(text: str) -> datetime:
    """Shanghai wall time as UTC."""
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


@dataclass
class Scene:
    """The people and the things of the story."""

    boss: User
    hr: User
    head: User
    recruiter: User
    centre: Department
    job: Requisition
    candidate: Candidate

    @property
    def by_boss(self) -> Actor:
        return acting(self.boss)

    @property
    def by_recruiter(self) -> Actor:
        return acting(self.recruiter)

    def asked(self, now: datetime = NOON, **facts: object) -> RecallRequest:
        """The boss asks."""
        wanted = {"candidate_id": self.candidate.pk, "requisition_id": self.job.pk, "words": WORDS, **facts}
        return commands.request_recall(actor=self.by_boss, now=now, **wanted)  # type: ignore[arg-type]

    def agree(
        self, request: RecallRequest, user: User, now: datetime = NOON, verdict: str = "approve"
    ) -> FlowTask:
        """One approver answers the open task."""
        task = FlowTask.objects.get(
            instance_id=request.instance_id,
            assignee=user,
            state=FlowTask.State.OPEN,
            kind=FlowTask.Kind.APPROVE,
        )
        comment = "信息已核对，授权有效。" if verdict == "approve" else "岗位先不招了。"
        return approvals.decide(
            actor=acting(user), task_id=task.pk, verdict=verdict, comment=comment, now=now
        )

    def approved(self, now: datetime = NOON) -> RecallRequest:
        """Asked, and agreed to by both."""
        request = self.asked(now)
        self.agree(request, self.hr, now)
        self.agree(request, self.head, now)
        request.refresh_from_db()
        return request

    def queued(self, now: datetime = NOON, text: str = MESSAGE) -> Outreach:
        """The specialist has released a message."""
        request = self.approved(now)
        return commands.send_outreach(actor=self.by_recruiter, request_id=request.pk, text=text, now=now)

    def handed(self, now: datetime = NOON) -> Outreach:
        """WeCom has taken the message."""
        outreach = self.queued(now)
        commands.begin_attempt(outreach_id=outreach.pk, now=now)
        commands.hand_over(outreach_id=outreach.pk, msgid=f"msg{outreach.pk}", now=now)
        outreach.refresh_from_db()
        return outreach

    def sent(self, now: datetime = NOON) -> Outreach:
        """The message has left the specialist's phone."""
        outreach = self.handed(now)
        commands.note_delivery(outreach_id=outreach.pk, stage="confirmed", at=now, now=now)
        commands.note_delivery(outreach_id=outreach.pk, stage="sent", at=now, now=now)
        outreach.refresh_from_db()
        return outreach


def make_scene() -> Scene:
    """Everything up to the morning of 2026-11-23."""
    company = make_department("澜川装备")
    centre = make_department("供应链中心", company)
    boss = make_person("boss", "王建国", department=company, wecom="wangjianguo")
    boss.employee.title = "董事长兼总经理"
    boss.employee.save(update_fields=["title"])
    hr = make_person("hr_manager", "李静", department=company, wecom="lijing")
    head = make_person("business_head", "陈志远", department=centre, wecom="chenzhiyuan")
    recruiter = make_person("recruiter", "周敏", department=company, wecom="zhoumin")
    centre.head = head.employee
    centre.save(update_fields=["head"])
    job = recruiting.create_requisition(
        actor=acting(hr), title="供应链经理", department_id=centre.pk, city="苏州", salary_min=Decimal(30000),
        salary_max=Decimal(38000), recruiter_id=recruiter.employee.pk, open_now=True, now=at("2026-11-16T09:00"),
    )  # fmt: skip
    record_change(
        actor=SETUP, department_id=centre.pk, kind="RESTORED", effective_on=date(2026, 11, 2), words="恢复独立",
        document="组织变更单",
        now=at("2026-11-02T09:00"),
    )  # fmt: skip
    scene = Scene(boss, hr, head, recruiter, centre, job, make_zhang(recruiter))
    _history(scene)
    scene.candidate.refresh_from_db()
    return scene


def make_zhang(recruiter: User, name: str = "张若岚", phone: str = "13800006027") -> Candidate:
    """A candidate with consent and a known phone."""
    return recruiting.create_candidate(
        actor=acting(recruiter), name=name, salutation="MS", phone=phone, company="恒裕电子", title="供应链副经理",
        consent_on=date(2026, 3, 2), consent_until=date(2028, 3, 2), consent_basis="同意书",
        phone_verified_on=date(2026, 3, 2), now=at("2026-03-01T09:00"),
    )  # fmt: skip


def _history(scene: Scene) -> None:
    candidate, by = scene.candidate, acting(scene.recruiter)
    application = recruiting.open_application(
        actor=by, candidate_id=candidate.pk, position="供应链经理", department_id=scene.centre.pk,
        applied_on=date(2026, 3, 1), now=at("2026-03-01T09:00"),
    )  # fmt: skip
    rounds = (
        ("一面", at("2026-03-05T15:30"), scene.head, "YES", [(INTERNAL, False)]),
        (
            "终面",
            at("2026-03-18T14:00"),
            scene.boss,
            "HIRE",
            [(REGARD, True), ("背调时要问一下离职原因。", False)],
        ),
    )
    for name, moment, who, rating, remarks in rounds:
        interview = recruiting.schedule_interview(
            actor=by, application_id=application.pk, round_name=name, at=moment, interviewers=[who.employee.pk],
            now=moment - timedelta(days=1),
        )  # fmt: skip
        recruiting.write_evaluation(
            actor=acting(who), interview_id=interview.pk, rating=rating, remarks=remarks, now=moment
        )
    recruiting.close_application(
        actor=acting(scene.hr), application_id=application.pk, outcome="REJECTED", reason="TEAM_REORG",
        words="两个中心合并，岗位取消", conditions=[{"kind": "REQUISITION_OPENS", "words": "岗位重开"}],
        now=at("2026-03-27T18:00"),
    )  # fmt: skip
    _talks(scene, by)


def _talks(scene: Scene, by: Actor) -> None:
    candidate = scene.candidate
    call = recruiting.record_communication(
        actor=by, candidate_id=candidate.pk, channel="PHONE", direction="BOTH", words="期望 30K，一个月到岗。",
        title="电话初筛", at=at("2026-03-02T11:00"), now=at("2026-03-02T11:10"),
    )  # fmt: skip
    chat = recruiting.record_communication(
        actor=by, candidate_id=candidate.pk, channel="WECOM", direction="BOTH", words="苏州稳定了，有合适的机会愿意聊。",
        at=at("2026-09-09T16:42"), now=at("2026-09-09T16:50"),
    )  # fmt: skip
    for topic, said_on, talk, facts in (
        ("PAY", date(2026, 3, 2), call, {"pay_words": "30K", "pay_min": Decimal(30000)}),
        ("TIMING", date(2026, 3, 2), call, {"words": "一个月"}),
        ("PAY", date(2026, 9, 9), chat, {"pay_words": "35K 左右", "pay_min": Decimal(35000)}),
    ):
        recruiting.record_expectation(
            actor=by, candidate_id=candidate.pk, topic=topic, said_on=said_on, communication_id=talk.pk,
            now=at("2026-09-09T17:00"), **facts,
        )  # fmt: skip
    recruiting.link_wecom(
        actor=by, candidate_id=candidate.pk, external_userid="wmZhangRuolan",
        owner_employee_id=scene.recruiter.employee.pk, now=at("2026-03-30T10:40"),
    )  # fmt: skip
