"""Recalls under way when the demo opens, each at another step, through the real commands with past moments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from guiyan.approvals import queries as approvals_read
from guiyan.approvals.commands import decide
from guiyan.config.demo.story import Stage
from guiyan.recall import commands as recall
from guiyan.recall import links
from guiyan.recall.models import Outreach, RecallRequest
from guiyan.recall.queries import composer_view
from guiyan.recruiting import commands as recruiting
from guiyan.recruiting.models import Candidate


@dataclass(frozen=True, slots=True)
class Wish:
    """One recall: who asks for whom, why, how many hours ago, who heads the department, and how far it got."""

    name: str
    asked_by: str
    words: str
    position: str
    department: str
    band_k: tuple[int, int]
    head: str
    hours_ago: int
    step: str


WISHES = (
    Wish("沈佳音", "wangjianguo", "质量经理空了，沈佳音当时终面过了却没编制，请她回来。", "质量经理", "质量部", (24, 34), "zhaoqiming", 120, "answered"),
    Wish("何俊", "wangjianguo", "嵌入式的薪资带上调了，何俊那次就差在钱上。", "高级嵌入式工程师", "研发中心", (28, 38), "linhaifeng", 150, "opened"),
    Wish("田雨", "chenzhiyuan", "计划主管又空一个，田雨上次排第二，请她直接来谈。", "计划主管", "供应链中心", (17, 25), "chenzhiyuan", 26, "approved"),
    Wish("冯博文", "zhengkai", "售前预算批下来了，想请冯博文再来聊聊。", "售前工程师", "销售中心", (16, 26), "zhengkai", 3, "asked"),
)  # fmt: skip


def bring_back(stage: Stage, people: Sequence[Candidate], *, now: datetime) -> None:
    """Bring each wish to its step. Moments lie in the past, so that waiting times look like life."""
    known = {candidate.name: candidate for candidate in people}
    for wish in WISHES:
        request = _ask(stage, wish, known[wish.name], now - timedelta(hours=wish.hours_ago))
        if wish.step == "asked":
            continue
        _agree(stage, wish, request, now)
        if wish.step != "approved":
            _contact(stage, wish, request, now)


def _ask(stage: Stage, wish: Wish, candidate: Candidate, at: datetime) -> RecallRequest:
    opening = recruiting.create_requisition(
        actor=stage.actor("lijing"), title=wish.position, department_id=stage.department(wish.department).pk, city="苏州",
        headcount=1, salary_min=wish.band_k[0] * Decimal(1000), salary_max=wish.band_k[1] * Decimal(1000),
        recruiter_id=stage.people["zhoumin"].pk, open_now=True, now=at - timedelta(days=2),
    )  # fmt: skip
    return recall.request_recall(
        actor=stage.actor(wish.asked_by),
        candidate_id=candidate.pk,
        requisition_id=opening.pk,
        words=wish.words,
        now=at,
    )


def _agree(stage: Stage, wish: Wish, request: RecallRequest, now: datetime) -> None:
    asked = now - timedelta(hours=wish.hours_ago)
    for login, comment, minutes in (
        ("lijing", "信息已核对，授权有效。", 19),
        (wish.head, "岗位开着，薪资在预算内。", 55),
        ("wangjianguo", "同意。", 70),
    ):
        actor = stage.actor(login)
        task = approvals_read.open_task_for(actor=actor, subject_kind="recall", subject_id=request.pk)
        if task is not None and task.kind == "APPROVE":
            decide(
                actor=actor,
                task_id=task.id,
                verdict="approve",
                comment=comment,
                now=asked + timedelta(minutes=minutes),
            )
    request.refresh_from_db()


def _contact(stage: Stage, wish: Wish, request: RecallRequest, now: datetime) -> None:
    sender, asked = stage.actor("zhoumin"), now - timedelta(hours=wish.hours_ago)
    sent = asked + timedelta(hours=3)
    text = composer_view(actor=sender, request_id=request.pk, now=sent).text
    message = recall.send_outreach(actor=sender, request_id=request.pk, text=text, now=sent)
    recall.begin_attempt(outreach_id=message.pk, now=sent)
    recall.hand_over(outreach_id=message.pk, msgid=f"demo-{request.number}", now=sent)
    for stage_name in ("confirmed", "sent"):
        at = sent + timedelta(minutes=8)
        recall.note_delivery(outreach_id=message.pk, stage=stage_name, at=at, now=at)
    token = links.token_of(Outreach.objects.get(pk=message.pk).link_nonce)
    opened = sent + timedelta(hours=20)
    recall.open_page(token=token, now=opened)
    if wish.step == "answered":
        recall.answer_on_page(
            token=token,
            kind="INTERESTED",
            words="周四下午三点以后都可以。",
            now=opened + timedelta(minutes=3),
        )
