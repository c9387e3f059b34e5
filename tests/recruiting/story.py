"""张若岚, as the design page tells her, through the real commands."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from guiyan.accounts.models import User
from guiyan.people import commands as people
from guiyan.people.models import Department
from guiyan.platform.testkit.people import SETUP, acting, make_department, make_person
from guiyan.recruiting import commands
from guiyan.recruiting.models import Application, Candidate, Requisition

ZONE = ZoneInfo("Asia/Shanghai")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>endobj\nstartxref\n9\n%%EOF\n"


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of 2026 in Shanghai, as UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@dataclass
class Story:
    """The people and rows of the story."""

    boss: User
    hr: User
    recruiter: User
    head: User
    centre: Department
    other: Department
    zhang: Candidate
    application: Application
    requisition: Requisition = field(init=False)


def people_of_the_story() -> Story:
    """The colleagues, two departments, and 张若岚's dossier with its first application."""
    company = make_department("澜川装备")
    centre, other = make_department("供应链中心", company), make_department("研发中心", company)
    boss = make_person("boss", "王建国", department=company)
    hr = make_person("hr_manager", "李静", department=company)
    recruiter = make_person("recruiter", "周敏", department=company)
    head = make_person("business_head", "陈志远", department=centre)
    zhang = commands.create_candidate(
        actor=acting(recruiter), name="张若岚", salutation="MS", phone="138 0000 6027", email="ruolan.zhang@example.com",
        city="苏州", company="恒裕电子", title="供应链副经理", years=11, years_as_of=date(2026, 9, 9), school="东华大学",
        major="物流管理", degree="本科", source="内部推荐：采购部 孙磊", consent_on=date(2026, 3, 2), consent_basis="同意书",
        consent_until=date(2028, 3, 2), phone_verified_on=date(2026, 3, 2), now=at(2, 27),
    )  # fmt: skip
    application = commands.open_application(
        actor=acting(recruiter), candidate_id=zhang.pk, position="供应链经理", department_id=centre.pk,
        applied_on=date(2026, 2, 27), now=at(2, 27),
    )  # fmt: skip
    return Story(boss, hr, recruiter, head, centre, other, zhang, application)


def first_talks(story: Story) -> None:
    """Résumé, jobs, tags, the phone screen with its wishes."""
    actor, who = acting(story.recruiter), story.zhang.pk
    commands.store_resume(
        actor=actor, candidate_id=who, content=PDF, file_name="张若岚-简历-202602.pdf", source="内部推荐：采购部 孙磊",
        received_on=date(2026, 2, 27), now=at(2, 27),
    )  # fmt: skip
    jobs = (
        ("华东家电", "采购专员", "", 2015, 2018, "简历", date(2026, 2, 27)),
        ("明澜汽车零部件", "计划主管", "", 2018, 2022, "简历", date(2026, 2, 27)),
        ("恒裕电子", "供应链副经理", "带 6 人", 2022, None, "企业微信", date(2026, 9, 9)),
    )
    for company, title, words, first, last, source, said in jobs:
        commands.record_work(
            actor=actor, candidate_id=who, company=company, title=title, words=words, from_year=first, until_year=last,
            source=source, said_on=said, now=at(2, 27),
        )  # fmt: skip
    for tag in ("供应链", "S&OP", "制造业"):
        commands.add_tag(actor=actor, candidate_id=who, name=tag, now=at(2, 27))
    call = commands.record_communication(
        actor=actor, candidate_id=who, channel="PHONE", direction="BOTH", at=at(3, 2, 11, 5), title="电话初筛",
        words="期望 30K，一个月到岗，接受苏州工业园区。", now=at(3, 2, 11, 12),
    )  # fmt: skip
    screen: dict[str, Any] = {
        "said_on": date(2026, 3, 2),
        "source": "电话初筛",
        "source_kind": "screening",
        "communication_id": call.pk,
    }
    wish: dict[str, Any] = {"actor": actor, "candidate_id": who, "now": at(3, 2, 11, 12), **screen}
    commands.record_expectation(topic="PAY", pay_words="30K", pay_min=Decimal(30000), **wish)
    commands.record_expectation(topic="ROLE", words="供应链经理、计划经理", **wish)
    commands.record_expectation(topic="TIMING", words="一个月", **wish)


ROUNDS = (
    ("一面", (3, 5, 15, 30), "head", "STRONG_YES", (
        ("S&OP 从零搭起，缺料率一年从 6.8% 降到 2.1%，呆滞库存少了 1,100 万。计划、采购、仓储都能讲到细处。", True),
        ("英语口语一般，和海外供应商开会要人帮。", False))),
    ("二面", (3, 12, 10, 0), "hr", "YES", (("动机真实，离开上家是因为工厂外迁。", False),)),
    ("终面", (3, 18, 14, 0), "boss", "HIRE", (("思路清楚，敢说真话。这个人要留住。", True),)),
)  # fmt: skip


def interviews(story: Story) -> None:
    """Three rounds, three yeses."""
    for name, when, who, rating, remarks in ROUNDS:
        person: User = getattr(story, who)
        meeting = commands.schedule_interview(
            actor=acting(story.recruiter), application_id=story.application.pk, round_name=name, at=at(*when),
            interviewers=[person.employee.pk], now=at(3, 3),
        )  # fmt: skip
        commands.write_evaluation(
            actor=acting(person), interview_id=meeting.pk, rating=rating, remarks=remarks, now=at(*when)
        )


def ending(story: Story) -> None:
    """Rejected in March, with what would change it; told by phone; a chat in September."""
    commands.close_application(
        actor=acting(story.hr), application_id=story.application.pk, outcome="REJECTED", reason="TEAM_REORG",
        words="供应链中心与制造中心合并，供应链经理编制取消。三轮评价均为推荐，与能力无关。", now=at(3, 27, 18, 5),
        conditions=[
            {"kind": "HEADCOUNT_APPROVED", "words": "恢复供应链经理编制", "department_id": story.centre.pk},
            {"kind": "DEPARTMENT_RESTORED", "words": "供应链中心重新独立", "department_id": story.centre.pk},
            {"kind": "BAND_AT_LEAST", "amount": Decimal(30000)},
        ],
    )  # fmt: skip
    actor, who = acting(story.recruiter), story.zhang.pk
    commands.record_communication(
        actor=actor, candidate_id=who, channel="PHONE", direction="OUT", at=at(3, 30, 10, 20), title="电话告知结果",
        seconds=372,
        words="「理解的，架构调整没办法。和王总聊得很好，以后有机会再联系我。」", shareable=True, now=at(3, 30, 10, 30),
    )  # fmt: skip
    chat = commands.record_communication(
        actor=actor, candidate_id=who, channel="WECOM", direction="BOTH", at=at(9, 9, 16, 42), messages=3, shareable=True,
        words="「在恒裕带 6 个人，供应商这块都归我。苏州稳定了，有合适的机会愿意聊，35 左右吧。」", now=at(9, 9, 16, 50),
    )  # fmt: skip
    wish: dict[str, Any] = {
        "actor": actor,
        "candidate_id": who,
        "now": at(9, 9, 17),
        "communication_id": chat.pk,
    }
    commands.record_expectation(
        topic="PAY", pay_words="35K 左右", pay_min=Decimal(35000), source="企业微信", **wish
    )
    commands.record_expectation(topic="CITY", words="苏州，工业园区优先", source="企业微信", **wish)
    commands.link_wecom(
        actor=actor, candidate_id=who, external_userid="wmZhang", owner_employee_id=story.recruiter.employee.pk, now=at(11, 22)
    )  # fmt: skip


def november(story: Story) -> None:
    """The centre is independent again and the position opens with 30–38K."""
    people.record_change(
        actor=SETUP, department_id=story.centre.pk, kind="RESTORED", effective_on=date(2026, 11, 2), words="供应链中心恢复独立",
        document="组变 2026-31", now=at(11, 2),
    )  # fmt: skip
    story.requisition = commands.create_requisition(
        actor=acting(story.hr), title="供应链经理", department_id=story.centre.pk, city="苏州", headcount=1,
        salary_min=Decimal(30000), salary_max=Decimal(38000), open_now=True, now=at(11, 16, 9),
    )  # fmt: skip
    commands.review_requisition(requisition_id=story.requisition.pk, now=at(11, 16, 9))


def whole_story() -> Story:
    """Everything up to the day of the story."""
    story = people_of_the_story()
    first_talks(story)
    interviews(story)
    ending(story)
    november(story)
    return story
