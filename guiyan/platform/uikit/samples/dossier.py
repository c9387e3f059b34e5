"""What a dossier is made of: person, then-condition-now, facts with sources, timeline."""

from typing import Any

from guiyan.platform.uikit.samples.sample import Sample, html

WECOM = {"label": "企业微信 · 2026-09-09", "url": "#", "kind": "wecom"}
CALL = {"label": "电话初筛 · 2026-03-02", "url": "#", "kind": "screening"}
EVALUATION = {"label": "面试评价 · 陈志远 · 2026-03-05", "url": "#", "kind": "evaluation"}
CLOSED = {"label": "处理结果 · 李静 · 2026-03-27", "url": "#", "kind": "disposition"}
OPENING = {"label": "ZP-2026-0087", "url": "#", "kind": "requisition"}
THEN: dict[str, Any] = {
    "reason": "团队架构调整",
    "reason_text": "供应链中心与制造中心合并，供应链经理编制取消。三轮评价均为推荐，与能力无关。",
    "reason_sources": [CLOSED],
    "condition": "恢复供应链经理编制",
    "condition_text": "或供应链中心重新独立。薪资带不低于 30K。",
    "condition_sources": [{"label": "重启条件 · 李静 · 2026-03-27", "url": "#", "kind": "condition"}],
}
CHECKS = [
    {
        "state": "ok",
        "text": "供应链中心 11月2日恢复独立",
        "sources": [{"label": "组织变更单", "url": "#", "kind": "organisation"}],
    },
    {"state": "ok", "text": "供应链经理 11月16日重开，30–38K", "sources": [OPENING]},
    {"state": "ask", "text": "期望薪资有两种说法，联系时请核实"},
]

SAMPLES = (
    Sample(
        "person",
        "contact masked",
        {
            "name": "张若岚",
            "pinyin": "Zhāng Ruòlán",
            "tag": "重启条件已满足",
            "tag_tone": "ok",
            "tag_icon": "check",
            "meta": [
                {"icon": "briefcase", "text": "恒裕电子 · 供应链副经理"},
                {"icon": "map-pin", "text": "苏州"},
            ],
            "tags": ["供应链", "S&OP", "制造业"],
        },
        fills={
            "contact": "<span>138 **** 6027</span>",
            "actions": '<a class="btn" href="#">记一次沟通</a><a class="btn btn-primary" href="#">发起召回</a>',
        },
    ),
    Sample("person", "merged", {"name": "张若兰", "merged_into": "张若岚", "merged_url": "#"}),
    Sample("person", "erased", {"name": "（已删除）", "initial": "–", "erased": True}),
    Sample(
        "reveal",
        "masked",
        {"id": "reveal-1", "masked": "138 **** 6027", "kind_label": "手机号码", "url": "#"},
    ),
    Sample("reveal", "shown", {"id": "reveal-2", "shown": "138 0000 6027", "kind_label": "手机号码"}),
    Sample("then", "met", {**THEN, "met": "met", "now_title": "岗位已重开，空缺 1 人", "checks": CHECKS}),
    Sample(
        "then",
        "partly met",
        {**THEN, "met": "partly", "now_title": "岗位已重开，薪资带还没批", "checks": CHECKS[:1]},
    ),
    Sample("then", "not met", {**THEN, "met": "no", "now_title": "还没有开放的岗位"}),
    Sample(
        "then",
        "unknown",
        {"reason": "择优录取他人", "met": "unknown", "now_title": "没有写下条件", "ask": "李静"},
    ),
    Sample("fact", "normal", {"label": "城市", "value": "苏州，工业园区优先", "sources": [WECOM]}, wrap="dl"),
    Sample(
        "fact",
        "two records disagree",
        {
            "label": "月薪",
            "value": "35K 左右",
            "sources": [WECOM],
            "older": [{"value": "30K", "sources": [CALL]}],
        },
        wrap="dl",
    ),
    Sample(
        "fact",
        "stale",
        {
            "label": "到岗",
            "value": "一个月",
            "sources": [CALL],
            "state": "stale",
            "stale": "8 个月前，待核实",
        },
        wrap="dl",
    ),
    Sample("fact", "empty", {"label": "月薪", "state": "empty", "add_url": "#"}, wrap="dl"),
    Sample("fact", "no right", {"label": "薪资", "state": "no_right", "ask": "李静"}, wrap="dl"),
    Sample("source", "link", EVALUATION),
    Sample("source", "old", {"label": "8 个月前，待核实", "tone": "old"}),
    Sample("source", "clash", {"label": "两处不一致", "tone": "clash"}),
    Sample("sources", "row", {"sources": [WECOM, CALL], "clash": "两处不一致"}),
    Sample("shareable", "yes", {"shareable": True}),
    Sample("shareable", "no", {"shareable": False}),
    Sample(
        "quote",
        "shareable",
        {"text": "「缺料率一年从 6.8% 降到 2.1%。」", "sources": [EVALUATION], "shareable": True},
    ),
    Sample("quote", "internal", {"text": "「英语口语一般。」", "sources": [EVALUATION], "shareable": False}),
    Sample("timeline_month", "heading", {"label": "2026年3月"}),
    *(
        Sample(
            "timeline_item",
            tone or "plain",
            {
                "title": title,
                "icon": icon,
                "tone": tone,
                "who": who,
                "at": at,
                "text": text,
                "quotes": quotes,
            },
            wrap="ul",
        )
        for tone, title, icon, who, at, text, quotes in (
            (
                "brand",
                "召回雷达：重启条件已满足",
                "radar-2",
                "系统",
                "11月16日（周一）09:00",
                "供应链经理重开。",
                [],
            ),
            (
                "ok",
                "一面：强烈推荐",
                "user-check",
                "陈志远",
                "3月5日（周四）15:30",
                "",
                [{"text": "「缺料率一年从 6.8% 降到 2.1%。」", "sources": [EVALUATION], "shareable": True}],
            ),
            ("bad", "应聘结束：未录取", "clipboard-x", "李静", "3月27日（周五）18:05", "团队架构调整。", []),
            ("info", "电话告知结果", "phone", "周敏 → 张若岚", "3月30日（周一）10:20", "", []),
            ("", "收到简历", "file-import", "系统", "2月27日（周五）", "内部推荐：采购部 孙磊。", []),
        )
    ),
    Sample("chip", "used", {"facet": "面试官", "value": "陈志远", "remove_url": "#"}),
    Sample("chip", "used, in a form", {"facet": "姓名音近", "value": "zhāng", "name": "drop"}),
    Sample(
        "chip", "heard, not used", {"value": "「女的」未参与检索", "off": True, "why": "性别不作为筛选条件"}
    ),
    *(
        Sample("hit", state, values, wrap="ul.gy-rule", flush=True)
        for state, values in (
            (
                "selected, all matched",
                {
                    "url": "#",
                    "id": "hit-1",
                    "initial": "张",
                    "name": html("<mark>张</mark>若岚"),
                    "tag": "可以召回",
                    "tag_tone": "ok",
                    "tag_icon": "check",
                    "number": "MS-2026-000123",
                    "line": "供应链经理候选人 · 恒裕电子 供应链副经理 · 苏州",
                    "count": "5 项全符合",
                    "full": True,
                    "selected": True,
                    "whys": [
                        {
                            "label": "一面评价",
                            "html": html("<q>S&amp;OP 从零搭起，<mark>供应链</mark>缺料率降到 2.1%</q>"),
                        },
                        {
                            "label": "未录取",
                            "html": html("<mark>团队架构调整</mark>"),
                            "date": "2026年3月27日",
                        },
                    ],
                },
            ),
            (
                "blocked",
                {
                    "url": "#",
                    "id": "hit-2",
                    "initial": "张",
                    "name": "张蕊",
                    "tag": "一年内不联系",
                    "tag_tone": "wait",
                    "tag_icon": "clock-pause",
                    "line": "仓储主管候选人",
                    "count": "符合 4 项",
                },
            ),
            (
                "employed here",
                {
                    "url": "#",
                    "id": "hit-3",
                    "initial": "张",
                    "name": "张悦宁",
                    "tag": "已入职本公司",
                    "tag_tone": "info",
                    "count": "符合 3 项",
                },
            ),
            (
                "a task with little time",
                {
                    "url": "#",
                    "id": "hit-4",
                    "initial": "王",
                    "name": "召回张若岚",
                    "line": "供应链经理，王总点名",
                    "count": "剩 1 小时 34 分",
                    "hot": True,
                },
            ),
        )
    ),
    Sample(
        "why",
        "reasons",
        {"whys": [{"label": "未录取", "html": html("<mark>团队架构调整</mark>"), "date": "2026年3月27日"}]},
    ),
)
