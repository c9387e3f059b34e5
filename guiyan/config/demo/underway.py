"""The earlier histories of the people who are being recalled when the demo opens."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from guiyan.config.demo.story import Stage
from guiyan.recruiting import commands as recruiting
from guiyan.recruiting.models import Candidate


@dataclass(frozen=True, slots=True)
class Past:
    """One earlier candidate: who, for what, how it ended."""

    name: str
    salutation: str
    phone: str
    company: str
    title: str
    years: int
    position: str
    department: str
    interviewer: str
    met: tuple[int, int, int]
    praise: str
    doubt: str
    reason: str
    words: str
    shareable: str
    condition: recruiting.Condition
    friend: str


PAST = (
    Past("何俊", "MR", "13900004417", "锐驰汽车零部件", "嵌入式工程师", 7, "高级嵌入式工程师", "研发中心", "gaoxiang", (2026, 4, 15),
         "CAN 总线丢帧是自己抓波形定位的，换了三版终端电阻才收手。", "文档写得少，要人催。", "SALARY_GAP",
         "期望 32K，高出薪资带上限 26K，谈不拢。", "当时的薪资带没能满足您的期望", {"kind": "BAND_AT_LEAST", "amount": Decimal(32000)}, "wmDemoHeJun"),
    Past("沈佳音", "MS", "13700008836", "优尼医疗器械", "质量主管", 9, "质量经理", "质量部", "zhaoqiming", (2026, 5, 20),
         "客诉 24 小时响应是她立的规矩，供应商审核敢停线。", "没带过 10 人以上的团队。", "HEADCOUNT_FROZEN",
         "终面通过后总部冻结编制，offer 没发出去。", "终面之后编制冻结，岗位暂停了", {"kind": "HEADCOUNT_APPROVED"}, "wmDemoShenJiayin"),
    Past("田雨", "MS", "13500002290", "远景新能源", "计划主管", 6, "计划主管", "供应链中心", "sunlei", (2026, 3, 10),
         "主生产计划排过三条线，插单规则讲得明白。", "系统切换经历不足。", "OTHER_CHOSEN",
         "择优录取了另一位，她排第二。", "当时只有一个名额，录取了另一位", {"kind": "REQUISITION_OPENS"}, "wmDemoTianYu"),
    Past("冯博文", "MR", "13300005128", "国能工业软件", "售前工程师", 5, "售前工程师", "销售中心", "zhengkai", (2026, 6, 9),
         "方案讲得让客户点头，标书技术部分自己写。", "出差意愿一般。", "BUDGET_LIMIT",
         "部门预算用完，薪资带上不去。", "当时部门的预算用完了", {"kind": "BUDGET_APPROVED"}, "wmDemoFengBowen"),
    Past("许嘉", "MS", "13600007745", "华泰物流", "计划经理", 10, "计划主管", "供应链中心", "chenzhiyuan", (2026, 3, 11),
         "产销协同做过两轮，会议上敢拍板。", "对我们这个行业不熟。", "TEAM_REORG",
         "供应链中心合并，岗位并到制造中心。", "供应链中心合并，岗位取消了", {"kind": "DEPARTMENT_RESTORED"}, "wmDemoXuJia"),
    Past("陆文涛", "MR", "13100009083", "盛虹汽车零部件", "采购经理", 12, "采购工程师", "供应链中心", "sunlei", (2026, 3, 13),
         "看图纸快，能说出工艺对价格的影响。", "期望带团队，我们只有个人岗。", "TEAM_REORG",
         "架构调整，采购并到制造中心。", "采购并到了制造中心，岗位取消了", {"kind": "DEPARTMENT_RESTORED"}, ""),
)  # fmt: skip


def applied_on(stage: Stage, past: Past) -> date:
    """The day of the application, in the stage's calendar."""
    year, month, day = past.met
    return stage.on(month, day, year) - timedelta(days=6)


def tell(stage: Stage, past: Past) -> Candidate:
    """Write one earlier history: applied, met, praised and doubted, not hired, and what would change it."""
    recruiter, hr = stage.actor("zhoumin"), stage.actor("lijing")
    year, month, day = past.met
    home = stage.department(past.department)
    first = stage.at(month, day, 10, year=year)
    candidate = recruiting.create_candidate(
        actor=recruiter, name=past.name, salutation=past.salutation, phone=past.phone, city="苏州", company=past.company,
        title=past.title, years=past.years, years_as_of=first.date(), source="猎聘", consent_on=first.date(),
        consent_basis="同意书", consent_until=first.date() + timedelta(days=730), phone_verified_on=first.date(),
        now=first - timedelta(days=6),
    )  # fmt: skip
    application = recruiting.open_application(
        actor=recruiter, candidate_id=candidate.pk, position=past.position, department_id=home.pk, source="猎聘",
        applied_on=(first - timedelta(days=6)).date(), now=first - timedelta(days=6),
    )  # fmt: skip
    interview = recruiting.schedule_interview(
        actor=recruiter, application_id=application.pk, round_name="一面", at=first, place="3 号会议室",
        interviewers=[stage.people[past.interviewer].pk], now=first - timedelta(days=2),
    )  # fmt: skip
    recruiting.write_evaluation(
        actor=stage.actor(past.interviewer), interview_id=interview.pk, rating="YES",
        remarks=((past.praise, True), (past.doubt, False)), now=first + timedelta(hours=2),
    )  # fmt: skip
    recruiting.close_application(
        actor=hr, application_id=application.pk, outcome="REJECTED", reason=past.reason, words=past.words,
        shareable_words=past.shareable, now=first + timedelta(days=9),
        conditions=[{"department_id": home.pk, "position": past.position, **past.condition}],
    )  # fmt: skip
    if past.friend:
        recruiting.link_wecom(
            actor=recruiter, candidate_id=candidate.pk, external_userid=past.friend,
            owner_employee_id=stage.people["zhoumin"].pk, now=first + timedelta(days=9),
        )  # fmt: skip
    return candidate
