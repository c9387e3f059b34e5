"""A small company with people to be found, made through recruiting's own models."""

from datetime import UTC, date, datetime

from guiyan.people.models import Department
from guiyan.recruiting.models import (
    Application,
    Candidate,
    Communication,
    Disposition,
    Evaluation,
    Interview,
    InterviewSeat,
    ReconsiderCondition,
    Remark,
    WorkHistory,
)
from guiyan.search.commands import index_dossier


def moment(day: str) -> datetime:
    """Ten in the morning in Shanghai."""
    return datetime.fromisoformat(f"{day}T02:00").replace(tzinfo=UTC)


def make_candidate(
    name: str, *, number: str, met: str = "2026-03-05", position: str = "供应链经理", interviewer: str = "陈志远",
    remark: str = "", reason: str = "", reason_words: str = "", condition: str = "", city: str = "苏州",
    company: str = "", title: str = "", phone: str | None = None, department: Department | None = None,
    said: str = "", condition_met: str = "",
) -> Candidate:  # fmt: skip
    """One person with one application, one interview and whatever else is given; indexed."""
    person = Candidate.objects.create(
        name=name, city=city, company=company, title=title, phone=phone, created_at=moment(met),
        last_met_on=date.fromisoformat(met),
    )  # fmt: skip
    way = Application.objects.create(
        number=number, candidate=person, position=position, applied_on=date.fromisoformat(met),
        created_at=moment(met), department=department, state=Application.State.CLOSED if reason else "OPEN",
    )  # fmt: skip
    meeting = Interview.objects.create(application=way, round_name="一面", at=moment(met), state="DONE")
    seat = InterviewSeat.objects.create(interview=meeting, name=interviewer)
    if remark:
        judged = Evaluation.objects.create(seat=seat, rating="YES", written_at=moment(met))
        Remark.objects.create(evaluation=judged, words=remark)
    if reason:
        ended = Disposition.objects.create(
            application=way, outcome="REJECTED", reason=reason, words=reason_words, decided_at=moment(met),
            decided_by_name="李静",
        )  # fmt: skip
        if condition:
            ReconsiderCondition.objects.create(
                disposition=ended, kind="REQUISITION_OPENS", words=condition,
                met_at=moment("2026-11-16") if condition_met else None, met_words=condition_met,
            )  # fmt: skip
    if company:
        WorkHistory.objects.create(candidate=person, company=company, title=title)
    if said:
        Communication.objects.create(
            candidate=person,
            channel="WECOM",
            direction="IN",
            at=moment("2026-09-09"),
            employee_name="周敏",
            words=said,
        )
    index_dossier(candidate_id=person.pk)
    return person


def make_story() -> dict[str, Candidate]:
    """The people of the find page."""
    return {
        "zhang": make_candidate(
            "张若岚", number="MS-2026-000123", remark="S&OP 从零搭起，供应链缺料率一年从 6.8% 降到 2.1%",
            reason="TEAM_REORG", reason_words="两中心合并，岗位编制取消", condition="恢复供应链经理编制",
            condition_met="供应链经理岗位 11月16日重开", company="恒裕电子（苏州）有限公司", title="供应链副经理",
            phone="+8613800005678", said="在苏州稳定了，有合适的机会愿意聊。",
        ),
        "lin": make_candidate(
            "章琳", number="MS-2026-000188", met="2026-04-16", position="采购经理", city="昆山",
            remark="懂采购，供应链计划经验偏少", reason="SKILL_GAP", reason_words="计划与排产", company="锐科精密",
            title="采购主管",
        ),
        "rui": make_candidate(
            "张蕊", number="MS-2026-000067", met="2026-02-11", position="仓储主管", interviewer="李静", city="无锡",
            remark="仓配一体做过，供应链前端接触少", reason="TEAM_REORG", reason_words="仓储外包",
        ),
        "wang": make_candidate(
            "王德发", number="MS-2025-000045", met="2025-05-20", position="销售经理", interviewer="赵启明", city="上海",
            remark="跑过华东大客户，英语流利", reason="SALARY_GAP", reason_words="要 30K，给不到",
        ),
    }  # fmt: skip
