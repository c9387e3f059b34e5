"""A recall on its way: delivery line, approval picture, talking points, board, bars, jobs."""

from guiyan.platform.uikit.samples.dossier import CALL, CLOSED, EVALUATION, WECOM
from guiyan.platform.uikit.samples.sample import Sample


def _steps(*pairs: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"label": label, "note": note, "state": state} for label, note, state in pairs]


CARD = '<li class="gy-card"><a class="gy-b gy-ink" href="#">张若岚</a><span class="gy-sm gy-2nd">供应链经理</span></li>'

SAMPLES = (
    Sample(
        "line",
        "answered",
        {
            "steps": _steps(
                ("建稿", "10:12", "done"),
                ("我确认", "10:38", "done"),
                ("发出", "10:38", "done"),
                ("打开", "11:20", "done"),
                ("回复", "12:08", "done"),
            )
        },
    ),
    Sample(
        "line",
        "waiting",
        {
            "steps": _steps(
                ("申请", "09:12", "done"),
                ("审批", "等 26 分钟", "now"),
                ("备好要点", "通过后立即", ""),
                ("发出", "", ""),
            )
        },
    ),
    Sample(
        "line",
        "late",
        {
            "steps": _steps(
                ("建稿", "", "done"),
                ("发出", "11月19日", "done"),
                ("打开", "4 天没回", "late"),
                ("回复", "", ""),
            )
        },
    ),
    Sample(
        "line",
        "failed",
        {
            "steps": _steps(
                ("建稿", "", "done"), ("发出", "对方已删好友", "fail"), ("打开", "", ""), ("回复", "", "")
            )
        },
    ),
    Sample("pips", "sent", {"states": ["on", "on", "on", "", ""], "words": "已发出"}),
    Sample("pips", "late", {"states": ["on", "on", "on", "late", ""], "words": "打开未回", "tone": "wait"}),
    Sample("pips", "failed", {"states": ["on", "on", "fail", "", ""], "words": "没发出", "tone": "bad"}),
    Sample(
        "flow",
        "done, now, refused, to come",
        {
            "steps": [
                {"name": "王建国", "words": "发起", "when": "09:12", "state": "done"},
                {
                    "name": "李静",
                    "role": "人事经理",
                    "words": "同意：「信息已核对。」",
                    "when": "09:31",
                    "state": "done",
                },
                {
                    "name": "陈志远",
                    "role": "业务负责人",
                    "words": "正在处理",
                    "when": "等 26 分钟",
                    "state": "now",
                },
                {"name": "财务负责人", "words": "退回：薪资带已过期", "when": "昨天", "state": "no"},
                {"name": "周敏", "role": "招聘专员", "words": "收到要点"},
            ]
        },
    ),
    *(
        Sample("point", state, values, wrap="ol.gy-rule")
        for state, values in (
            (
                "shareable",
                {
                    "n": 2,
                    "lead": "王总的记忆。",
                    "text": "王总记得她讲自己判断错的那次，原话可以转述。",
                    "sources": [EVALUATION],
                    "shareable": True,
                },
            ),
            (
                "plain",
                {
                    "n": 3,
                    "lead": "当时的原因。",
                    "text": "两个中心合并，岗位取消，与她的能力无关。",
                    "sources": [CLOSED],
                },
            ),
            (
                "clash",
                {
                    "n": 5,
                    "lead": "薪资先问，不先报。",
                    "text": "她 9月说 35K 左右，3月说 30K。",
                    "sources": [WECOM, CALL],
                    "clash": "两处不一致",
                },
            ),
            (
                "stale",
                {
                    "n": 6,
                    "lead": "到岗时间要重新问。",
                    "text": "3月说一个月。",
                    "sources": [CALL],
                    "stale": "8 个月前，待核实",
                },
            ),
        )
    ),
    Sample(
        "board_card",
        "normal",
        {"url": "#", "name": "田雨", "text": "计划工程师", "owner": "周敏", "age": "20 小时", "pick": 7},
        wrap="ul.gy-stack-2",
    ),
    Sample(
        "board_card",
        "overdue",
        {
            "url": "#",
            "name": "何俊",
            "text": "高级嵌入式工程师",
            "owner": "周敏",
            "age": "4 天",
            "late": "该打电话了",
        },
        wrap="ul.gy-stack-2",
    ),
    Sample("board_column", "with cards", {"title": "审批中", "count": 1}, slot=CARD),
    Sample("board_column", "empty", {"title": "待面试", "count": 0, "hint": "还没有人到这一步"}),
    Sample(
        "board",
        "columns",
        {"label": "召回看板"},
        slot="".join(
            f'<section class="gy-board-col"><header class="gy-row"><h2>{name}</h2></header><ul>{CARD}</ul></section>'
            for name in ("审批中", "待联系", "已发出", "打开未回", "已回复")
        ),
    ),
    Sample(
        "progress",
        "with exceptions",
        {
            "total": 4812,
            "label": "4,812 行：4,655 行可导入，102 行重复，55 行有错",
            "parts": [
                {"value": 4655, "tone": "a", "label": "新候选人"},
                {"value": 102, "tone": "b", "label": "和已有的人重复"},
                {"value": 55, "tone": "d", "label": "有错"},
            ],
        },
    ),
    Sample(
        "job",
        "running",
        {
            "title": "正在导入",
            "done": 2300,
            "total": 4655,
            "rate": "每秒 343 行",
            "left": "还要 7 秒",
            "cancel_url": "#",
        },
    ),
    Sample(
        "steps", "third of five", {"steps": ["选文件", "对应列", "试运行", "导入", "完成，可撤回"], "now": 3}
    ),
)
