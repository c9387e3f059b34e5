"""The templates a company starts with: one first message per reason, a reminder, and one after "later".

Kept as data in two languages; the specialist edits copies of them. Written to be read by one person
on a phone: who I am, the regard, why it did not work, what changed, an open door.
"""

from dataclasses import dataclass

from guiyan.recall.engine.records import Lang


@dataclass(frozen=True)
class Starter:
    """One shipped template. `kind` is FIRST, REMINDER or LATER; `reason` is the R2 code, empty for any."""

    key: str
    kind: str
    reason: str
    lang: Lang
    title: str
    body: str


_ZH_HELLO = "{{address}}您好，我是{{company}}的{{sender}}[[，{{last_talk}}和您聊过近况]]。"
_ZH_REGARD = "\n\n[[{{requester}}一直记得您：{{regard}}。]][[面试您的同事一直记得：{{praise}}。]]"
_ZH_CHANGE = "\n\n[[现在{{change}}。]]"
_ZH_OPEN = "\n\n{{requester}}想请您回来聊一聊，时间您定。点下面的链接选一个就好，不方便也请直说。"

_ZH_REASON: dict[str, tuple[str, str]] = {
    "TEAM_REORG": (
        "架构恢复后邀请",
        "\n\n[[{{met_on}}]]没能请您来，[[是因为{{reason}}，]]与您的能力无关。",
    ),
    "HEADCOUNT_FROZEN": (
        "编制恢复后邀请",
        "\n\n[[{{met_on}}]]没能请您来，[[是因为{{reason}}，]]不是因为您。这件事我们一直觉得可惜。",
    ),
    "BUDGET_LIMIT": (
        "预算批下来后邀请",
        "\n\n[[{{met_on}}]]没能请您来，[[是因为{{reason}}，]]问题在我们这边，与您的能力无关。",
    ),
    "TIMING": (
        "时间合适后邀请",
        "\n\n[[{{met_on}}]]时间没有对上，[[{{reason}}，]]所以没能往下走。",
    ),
    "SALARY_GAP": (
        "条件调整后邀请",
        "\n\n[[{{met_on}}]]我们聊得很好，只是当时岗位的条件没能配合您的期望。",
    ),
    "SKILL_GAP": (
        "岗位侧重变化后邀请",
        "\n\n[[{{met_on}}]]的那个岗位，要的侧重和您擅长的方向不太一样。现在这个岗位，我们第一个想到您。",
    ),
    "OTHER_CHOSEN": (
        "名额增加后邀请",
        "\n\n[[{{met_on}}]]名额只有一个，没能请您来，我们一直记着。",
    ),
    "CANDIDATE_WITHDREW": (
        "尊重选择后再邀请",
        "\n\n[[{{met_on}}]]您有别的选择，我们完全理解，也一直希望还有机会。",
    ),
    "OTHER": (
        "通用邀请",
        "\n\n[[{{met_on}}]]没能请您来，原因想当面和您讲清楚。",
    ),
}

_EN_HELLO = "Dear {{address}}, this is {{sender}} from {{company}}[[; we last talked in {{last_talk}}]]."
_EN_REGARD = "\n\n[[{{requester}} still remembers you: {{regard}}.]][[The colleague who met you remembers: {{praise}}.]]"
_EN_CHANGE = "\n\n[[Now {{change}}.]]"
_EN_OPEN = (
    "\n\n{{requester}} would like to invite you back for a talk, at a time that suits you. "
    "Just pick one behind the link below; and if it is not for you, please say so."
)

_EN_REASON: dict[str, tuple[str, str]] = {
    "TEAM_REORG": (
        "Team is back",
        "\n\nWe could not bring you in[[ in {{met_on}}]][[, because {{reason}}]]. It had nothing to do with your ability.",
    ),
    "HEADCOUNT_FROZEN": (
        "Headcount is back",
        "\n\nWe could not bring you in[[ in {{met_on}}]][[, because {{reason}}]]. It was never about you, and we were sorry.",
    ),
    "BUDGET_LIMIT": (
        "Budget is approved",
        "\n\nWe could not bring you in[[ in {{met_on}}]][[, because {{reason}}]]. The difficulty was on our side.",
    ),
    "TIMING": (
        "The time is right",
        "\n\nThe timing did not work out[[ in {{met_on}}]][[: {{reason}}]].",
    ),
    "SALARY_GAP": (
        "Terms have changed",
        "\n\nWe had a very good talk[[ in {{met_on}}]], but the terms of the job did not meet what you hoped for.",
    ),
    "SKILL_GAP": (
        "The focus has changed",
        "\n\nThe job[[ in {{met_on}}]] had a different focus from what you do best. For this one we thought of you first.",
    ),
    "OTHER_CHOSEN": (
        "One more place",
        "\n\nThere was only one place[[ in {{met_on}}]], and we have kept you in mind since.",
    ),
    "CANDIDATE_WITHDREW": (
        "A new door",
        "\n\nYou chose another path[[ in {{met_on}}]], which we fully understand. We hope there is still a chance.",
    ),
    "OTHER": (
        "General invitation",
        "\n\nWe could not bring you in[[ in {{met_on}}]], and would like to explain why in person.",
    ),
}

_MORE: tuple[Starter, ...] = (
    Starter(
        "reminder",
        "REMINDER",
        "",
        "zh-hans",
        "轻轻提醒",
        "{{address}}您好，我是{{company}}的{{sender}}。前两天给您发过一条消息，怕您忙没看到。"
        "\n\n{{requester}}想请您回来聊聊{{position}}这个岗位。看一眼下面的链接就好，"
        "以后再说或者不考虑也都可以点一下，我们就不再打扰。",
    ),
    Starter(
        "later",
        "LATER",
        "",
        "zh-hans",
        "约定的时间到了",
        "{{address}}您好，我是{{company}}的{{sender}}。您说过[[{{later_on}}]]再联系，我记着呢。"
        "\n\n[[{{change}}。]]\n\n{{requester}}还是想请您回来聊一聊，时间您定。"
        "如果现在还不合适，也请告诉我们一声。",
    ),
    Starter(
        "reminder",
        "REMINDER",
        "",
        "en",
        "A gentle reminder",
        "Dear {{address}}, this is {{sender}} from {{company}}. I wrote a few days ago and it may have slipped by."
        "\n\n{{requester}} would like to talk with you about the job of {{position}}. A look at the link below is enough; "
        "“later” and “no” are answers too, and we will leave it at that.",
    ),
    Starter(
        "later",
        "LATER",
        "",
        "en",
        "The time you named",
        "Dear {{address}}, this is {{sender}} from {{company}}. You asked us to get in touch again[[ in {{later_on}}]]."
        "\n\n[[{{change}}.]]\n\n{{requester}} would still like to invite you for a talk, at a time that suits you. "
        "If it is too early, please just tell us.",
    ),
)


def starters() -> tuple[Starter, ...]:
    """Every shipped template, first contacts per reason first."""
    first = [
        Starter(
            f"first_{reason}",
            "FIRST",
            reason,
            "zh-hans",
            title,
            _ZH_HELLO + _ZH_REGARD + body + _ZH_CHANGE + _ZH_OPEN,
        )
        for reason, (title, body) in _ZH_REASON.items()
    ]
    first += [
        Starter(
            f"first_{reason}",
            "FIRST",
            reason,
            "en",
            title,
            _EN_HELLO + _EN_REGARD + body + _EN_CHANGE + _EN_OPEN,
        )
        for reason, (title, body) in _EN_REASON.items()
    ]
    return (*first, *_MORE)
