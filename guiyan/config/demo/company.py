"""澜川装备's organisation: who is there, what they may do, who reports to whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from guiyan.accounts.commands import create_user, grant_role
from guiyan.people.commands import add_employee, create_department, record_change, set_head, set_manager
from guiyan.people.models import Department, Employee
from guiyan.platform.actors import Actor, Scope

if TYPE_CHECKING:
    from guiyan.config.demo.story import Stage

NAME, FULL_NAME = "澜川装备", "澜川智能装备（苏州）有限公司"
DEPARTMENTS = ("总经办", "供应链中心", "研发中心", "制造中心", "质量部", "销售中心", "职能中心", "人力资源部")


@dataclass(frozen=True, slots=True)
class Colleague:
    """One demo employee. `login` is also the WeCom userid; roles of a head reach their department's subtree."""

    login: str
    name: str
    title: str
    department: str
    roles: tuple[str, ...]
    manager: str = ""
    heads: bool = False


COLLEAGUES = (
    Colleague("wangjianguo", "王建国", "董事长兼总经理", "总经办", ("boss",), heads=True),
    Colleague("lijing", "李静", "人事经理", "人力资源部", ("hr_manager",), "wangjianguo", heads=True),
    Colleague("zhoumin", "周敏", "招聘专员", "人力资源部", ("recruiter",), "lijing"),
    Colleague(
        "chenzhiyuan",
        "陈志远",
        "供应链总监",
        "供应链中心",
        ("business_head", "interviewer"),
        "wangjianguo",
        heads=True,
    ),
    Colleague("sunlei", "孙磊", "采购主管", "供应链中心", ("interviewer",), "chenzhiyuan"),
    Colleague(
        "linhaifeng",
        "林海峰",
        "研发总监",
        "研发中心",
        ("business_head", "interviewer"),
        "wangjianguo",
        heads=True,
    ),
    Colleague("gaoxiang", "高翔", "嵌入式组长", "研发中心", ("interviewer",), "linhaifeng"),
    Colleague(
        "wuxiaomei",
        "吴晓梅",
        "制造总监",
        "制造中心",
        ("business_head", "interviewer"),
        "wangjianguo",
        heads=True,
    ),
    Colleague(
        "zhaoqiming",
        "赵启明",
        "质量部经理",
        "质量部",
        ("business_head", "interviewer"),
        "wangjianguo",
        heads=True,
    ),
    Colleague(
        "zhengkai",
        "郑凯",
        "销售总监",
        "销售中心",
        ("business_head", "interviewer"),
        "wangjianguo",
        heads=True,
    ),
    Colleague(
        "heyu", "何雨", "财务经理", "职能中心", ("business_head", "interviewer"), "wangjianguo", heads=True
    ),
    Colleague("xuke", "许可", "计划专员", "供应链中心", ("employee",), "chenzhiyuan"),
    Colleague("fangzhou", "方舟", "系统管理员", "总经办", ("sys_admin",), "wangjianguo"),
    Colleague("jianglan", "江岚", "内审专员", "总经办", ("auditor",), "wangjianguo"),
)

GUIDE = (
    "wangjianguo",
    "lijing",
    "chenzhiyuan",
    "zhoumin",
    "gaoxiang",
    "fangzhou",
)  # the people the demo introduces
SETUP = Actor.system("demo", "account.write", "grant.write", "organisation.write", "organisation.read")


def build(*, password: str, now: datetime) -> dict[str, Employee]:
    """Departments, employees with accounts and roles, reporting lines. Returns employees by login."""
    root = create_department(actor=SETUP, name="澜川智能装备", wecom_id=1, now=now)
    homes = {
        name: create_department(actor=SETUP, name=name, parent_id=root.pk, order=n, wecom_id=n + 2, now=now)
        for n, name in enumerate(DEPARTMENTS)
    }
    people = {
        c.login: _join(c, n, homes[c.department], password, now) for n, c in enumerate(COLLEAGUES, start=1)
    }
    for colleague in COLLEAGUES:
        if colleague.manager:
            boss = people[colleague.manager]
            set_manager(actor=SETUP, employee_id=people[colleague.login].pk, manager_id=boss.pk, now=now)
        if colleague.heads:
            head = people[colleague.login]
            set_head(actor=SETUP, department_id=homes[colleague.department].pk, employee_id=head.pk, now=now)
    set_head(actor=SETUP, department_id=root.pk, employee_id=people["wangjianguo"].pk, now=now)
    return people


def _join(colleague: Colleague, number: int, home: Department, password: str, now: datetime) -> Employee:
    user = create_user(actor=SETUP, username=colleague.login, name=colleague.name, password=password, now=now)
    for role in colleague.roles:
        below = home.pk if role == "business_head" else None
        scope = Scope.SUBTREE if below else None
        grant_role(
            actor=SETUP,
            user_id=user.pk,
            role=role,
            scope=scope,
            department_id=below,
            valid_from=date(2022, 1, 1),
            now=now,
        )
    return add_employee(
        actor=SETUP, number=f"LC{number:04d}", name=colleague.name, department_id=home.pk, title=colleague.title,
        joined_on=date(2021, 3, 1), user_id=user.pk, wecom_userid=colleague.login, now=now,
    )  # fmt: skip


def merge_then_restore(stage: "Stage") -> None:
    """The story's organisation changes: the supply chain centre was merged in March and restored in November."""
    centre, office = stage.department("供应链中心"), Actor(None, "总经办", SETUP.powers)
    for kind, month, day, words in (
        ("MERGED", 3, 25, "供应链中心与制造中心合并"),
        ("RESTORED", 11, 2, "供应链中心恢复独立"),
    ):
        on = stage.on(month, day)
        record_change(
            actor=office, department_id=centre.pk, kind=kind, effective_on=on, words=words,
            document=f"组织变更单 {on:%Y-%m}", now=stage.at(month, day),
        )  # fmt: skip
