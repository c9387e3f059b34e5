"""Zhang Ruolan as the brief sees her: the story of the design pages."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from guiyan.recall.engine import records as r

TODAY = date(2026, 11, 23)
CHAT = r.Source("wecom", "9", "企业微信", "周敏", date(2026, 9, 9))
SCREEN = r.Source("phone", "2", "电话初筛", "周敏", date(2026, 3, 2))
FINAL = r.Source("evaluation", "3", "终面评价", "王建国", date(2026, 3, 18))
FIRST = r.Source("evaluation", "1", "一面评价", "陈志远", date(2026, 3, 6))
END = r.Source("disposition", "1", "处理结果", "李静", date(2026, 3, 27))
SPLIT = r.Source("organisation", "5", "组织变更单", "", date(2026, 11, 2))
JOB = r.Source("requisition", "87", "ZP-2026-0087", "", date(2026, 11, 16))

REGARD = "讲缺料时先说自己判断错的那次，让人信服"
INTERNAL = "英语口语一般，跨国供应商沟通会吃力"


def zhang(**changes: object) -> r.Dossier:
    """The whole dossier; name a field to replace it."""
    dossier = r.Dossier(
        person=r.Person("张若岚", "张女士", "她", "带 6 人团队"),
        opening=r.Opening(
            JOB, "供应链经理", True, 1, Decimal(30000), Decimal(38000), date(2026, 11, 16), reopened=True
        ),
        requester="王总",
        position_then="供应链经理",
        applied_on=date(2026, 3, 1),
        disposition=r.Disposition(END, "TEAM_REORG", "两个中心合并，岗位取消", ""),
        remarks=(
            r.Remark(FINAL, REGARD, shareable=True, by_requester=True, recommended=True),
            r.Remark(FIRST, INTERNAL, shareable=False, recommended=True),
            r.Remark(END, "背调说她跳得勤", shareable=False),
        ),
        expectations=(
            r.Expectation(SCREEN, "pay", "30K", Decimal(30000), Decimal(30000)),
            r.Expectation(CHAT, "pay", "35K 左右", Decimal(35000), Decimal(35000)),
            r.Expectation(SCREEN, "availability", "一个月"),
        ),
        talks=(r.Talk(CHAT, "wecom", "周敏"), r.Talk(SCREEN, "phone", "周敏")),
        changes=(r.Change(SPLIT, "供应链中心 11月2日恢复独立"),),
        reach=r.Reach(wecom_friend_of="周敏"),
    )
    return replace(dossier, **changes)  # type: ignore[arg-type]  # tests name real fields
