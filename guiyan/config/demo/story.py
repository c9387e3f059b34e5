"""The story of the design pages, told through the real commands: 张若岚 and the people around her."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from guiyan.accounts.queries import actor_of
from guiyan.config.demo import paper
from guiyan.people.models import Department, Employee
from guiyan.platform.actors import Actor
from guiyan.recruiting import commands as recruiting
from guiyan.recruiting.models import Candidate

SHANGHAI = ZoneInfo("Asia/Shanghai")
STORY_DAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Stage:
    """The people of the company and the shift from the story's calendar to today's (whole weeks)."""

    people: dict[str, Employee]
    shift: timedelta

    def at(self, month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2026) -> datetime:
        """A moment of the story, in UTC."""
        return (datetime(year, month, day, hour, minute, tzinfo=SHANGHAI) + self.shift).astimezone(UTC)

    def on(self, month: int, day: int, year: int = 2026) -> date:
        """A day of the story."""
        return date(year, month, day) + self.shift

    def actor(self, login: str) -> Actor:
        """A colleague acting."""
        user = self.people[login].user
        if user is None:
            raise LookupError(login)
        return actor_of(user, on=STORY_DAY + self.shift)

    def department(self, name: str) -> Department:
        """A department by name."""
        return Department.objects.get(name=name)


def shift_to(today: date) -> timedelta:
    """Whole weeks between the story's day and today, so that weekdays stay what they are."""
    return timedelta(days=(today - STORY_DAY).days // 7 * 7)


def tell(stage: Stage) -> Candidate:
    """张若岚: three good interviews in March, no place after the merger, and what has changed since."""
    hr, recruiter = stage.actor("lijing"), stage.actor("zhoumin")
    centre = stage.department("供应链中心")
    job = recruiting.create_requisition(
        actor=hr, title="供应链经理", department_id=centre.pk, city="苏州", headcount=1, salary_min=Decimal(28000),
        salary_max=Decimal(34000), recruiter_id=stage.people["zhoumin"].pk, open_now=True, now=stage.at(2, 10),
    )  # fmt: skip
    zhang = _zhang(stage, recruiter)
    application = recruiting.open_application(
        actor=recruiter, candidate_id=zhang.pk, requisition_id=job.pk, applied_on=stage.on(2, 27), source="内部推荐",
        now=stage.at(2, 27, 9, 20),
    )  # fmt: skip
    _first_contact(stage, recruiter, zhang)
    _interviews(stage, recruiter, application.pk)
    recruiting.close_application(
        actor=hr, application_id=application.pk, outcome="REJECTED", reason="TEAM_REORG", now=stage.at(3, 27, 18, 5),
        words="供应链中心与制造中心合并，供应链经理编制取消。三轮评价均为推荐，与能力无关。",
        shareable_words="供应链中心与制造中心合并，岗位取消了",
        conditions=[
            {"kind": "HEADCOUNT_APPROVED", "words": "恢复供应链经理编制", "department_id": centre.pk, "position": "供应链经理"},
            {"kind": "DEPARTMENT_RESTORED", "words": "供应链中心重新独立", "department_id": centre.pk},
            {"kind": "BAND_AT_LEAST", "amount": Decimal(30000), "position": "供应链经理"},
        ],
    )  # fmt: skip
    recruiting.change_requisition_state(
        actor=hr,
        requisition_id=job.pk,
        state="ON_HOLD",
        reason="两个中心合并，编制取消",
        now=stage.at(3, 27, 18, 10),
    )
    _since_then(stage, recruiter, zhang)
    return zhang


def reopen(stage: Stage) -> None:
    """November: the centre is independent again and the position reopens with a higher band."""
    hr = stage.actor("lijing")
    opening = recruiting.create_requisition(
        actor=hr, title="供应链经理", department_id=stage.department("供应链中心").pk, city="苏州", headcount=1,
        salary_min=Decimal(30000), salary_max=Decimal(38000), recruiter_id=stage.people["zhoumin"].pk, open_now=True,
        duties="管计划、采购、仓储三组 11 人；半年内把缺料率压到 2% 以下。", now=stage.at(11, 16, 9, 0),
    )  # fmt: skip
    recruiting.review_requisition(requisition_id=opening.pk, now=stage.at(11, 16, 9, 0))


def _zhang(stage: Stage, recruiter: Actor) -> Candidate:
    zhang = recruiting.create_candidate(
        actor=recruiter, name="张若岚", salutation="MS", phone="13800006027", email="ruolan.zhang@example.com", city="苏州",
        company="恒裕电子", title="供应链副经理", years=11, years_as_of=stage.on(9, 9), school="东华大学", major="物流管理",
        degree="本科", source="内部推荐：采购部 孙磊", consent_on=stage.on(3, 2), consent_basis="同意书",
        consent_until=stage.on(3, 2, 2028), phone_verified_on=stage.on(3, 2), now=stage.at(2, 27, 9, 15),
    )  # fmt: skip
    work: tuple[dict[str, Any], ...] = (
        {"company": "华东家电", "title": "采购专员", "from_year": 2015, "until_year": 2018, "source": "简历", "said_on": stage.on(2, 27)},
        {"company": "明澜汽车零部件", "title": "计划主管", "from_year": 2018, "until_year": 2022, "source": "简历", "said_on": stage.on(2, 27)},
        {"company": "恒裕电子", "title": "供应链副经理", "words": "带 6 人", "from_year": 2022, "source": "企业微信", "said_on": stage.on(9, 9)},
    )  # fmt: skip
    for job in work:
        recruiting.record_work(actor=recruiter, candidate_id=zhang.pk, now=stage.at(2, 27, 9, 16), **job)
    recruiting.store_resume(
        actor=recruiter, candidate_id=zhang.pk, content=paper.pdf(RESUME), file_name="张若岚-简历-202602.pdf",
        received_on=stage.on(2, 27), source="内部推荐：采购部 孙磊", now=stage.at(2, 27, 9, 17),
    )  # fmt: skip
    for tag in ("供应链", "S&OP", "制造业", "团队 6 人", "2026 春招备选"):
        recruiting.add_tag(actor=recruiter, candidate_id=zhang.pk, name=tag, now=stage.at(2, 27, 9, 18))
    return zhang


RESUME = (
    ("张若岚", "供应链 11 年，计划、采购、仓储都带过", "", "2022 至今  恒裕电子  供应链副经理，带 6 人", "S&OP 从零搭起，缺料率一年从 6.8% 降到 2.1%",
     "呆滞库存少了 1,100 万", "", "2018–2022  明澜汽车零部件  计划主管", "三条产线主生产计划，订单准时率 97%"),
    ("2015–2018  华东家电  采购专员", "塑料件与包材，年降 5%", "", "教育", "东华大学  物流管理  本科  2011–2015", "", "期望", "供应链经理，苏州，一个月到岗"),
)  # fmt: skip


def _first_contact(stage: Stage, recruiter: Actor, zhang: Candidate) -> None:
    call = recruiting.record_communication(
        actor=recruiter, candidate_id=zhang.pk, channel="PHONE", direction="BOTH", at=stage.at(3, 2, 11, 5), title="电话初筛",
        words="期望 30K，一个月到岗，接受苏州工业园区。", seconds=372, now=stage.at(3, 2, 11, 12),
    )  # fmt: skip
    said: tuple[dict[str, Any], ...] = (
        {"topic": "PAY", "pay_words": "30K", "pay_min": Decimal(30000)},
        {"topic": "ROLE", "words": "供应链经理、计划经理"},
        {"topic": "TIMING", "words": "一个月"},
    )
    for wish in said:
        recruiting.record_expectation(
            actor=recruiter, candidate_id=zhang.pk, said_on=stage.on(3, 2), source_kind="call", source="电话初筛",
            communication_id=call.pk, now=stage.at(3, 2, 11, 12), **wish,
        )  # fmt: skip


ROUNDS = (
    ("一面", (3, 5, 15, 30), "chenzhiyuan", "STRONG_YES", (
        ("S&OP 从零搭起，缺料率一年从 6.8% 降到 2.1%，呆滞库存少了 1,100 万。计划、采购、仓储都能讲到细处。", True),
        ("英语口语一般，和海外供应商开会要人帮。", False))),
    ("二面", (3, 12, 10, 0), "lijing", "YES", (("动机真实，离开上家是因为工厂外迁。沟通直接，跨部门推动时要注意方式。", False),)),
    ("终面", (3, 18, 14, 0), "wangjianguo", "HIRE", (("思路清楚，敢说真话。问她缺料怎么办，先讲自己判断错的那次。这个人要留住。", True),)),
)  # fmt: skip


def _interviews(stage: Stage, recruiter: Actor, application_id: int) -> None:
    for name, when, login, rating, remarks in ROUNDS:
        at = stage.at(*when)
        interview = recruiting.schedule_interview(
            actor=recruiter, application_id=application_id, round_name=name, at=at, place="3 号会议室",
            interviewers=[stage.people[login].pk], now=at - timedelta(days=2),
        )  # fmt: skip
        recruiting.write_evaluation(
            actor=stage.actor(login),
            interview_id=interview.pk,
            rating=rating,
            remarks=remarks,
            now=at + timedelta(hours=1),
        )


def _since_then(stage: Stage, recruiter: Actor, zhang: Candidate) -> None:
    recruiting.record_communication(
        actor=recruiter, candidate_id=zhang.pk, channel="PHONE", direction="OUT", at=stage.at(3, 30, 10, 20), seconds=372,
        title="电话告知结果", words="理解的，架构调整没办法。和王总聊得很好，以后有机会再联系我。", quoted=True, shareable=True,
        now=stage.at(3, 30, 10, 30),
    )  # fmt: skip
    recruiting.link_wecom(
        actor=recruiter, candidate_id=zhang.pk, external_userid="wmDemoZhangRuolan",
        owner_employee_id=stage.people["zhoumin"].pk, now=stage.at(3, 30, 10, 40),
    )  # fmt: skip
    chat = recruiting.record_communication(
        actor=recruiter, candidate_id=zhang.pk, channel="WECOM", direction="BOTH", at=stage.at(9, 9, 16, 42), messages=3,
        title="企业微信沟通", words="在恒裕带 6 个人，供应商这块都归我。苏州稳定了，有合适的机会愿意聊，35 左右吧。", quoted=True,
        shareable=True, now=stage.at(9, 9, 16, 50),
    )  # fmt: skip
    for wish in (
        {"topic": "PAY", "pay_words": "35K 左右", "pay_min": Decimal(35000)},
        {"topic": "CITY", "words": "苏州，工业园区优先"},
    ):
        recruiting.record_expectation(
            actor=recruiter, candidate_id=zhang.pk, said_on=stage.on(9, 9), source_kind="wecom", source="企业微信",
            communication_id=chat.pk, now=stage.at(9, 9, 16, 50), **wish,
        )  # fmt: skip
