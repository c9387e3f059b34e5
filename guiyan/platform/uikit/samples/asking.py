"""What asks and answers: forms, tables, filters, menus, dialogs, tabs."""

from django import forms

from guiyan.platform.uikit.samples.sample import Sample


class SampleForm(forms.Form):
    """One field of each kind, some of them wrong."""

    reason = forms.CharField(label="为什么请她回来", help_text="她会在审批单上看到您的原话。")
    position = forms.ChoiceField(
        label="岗位", choices=[("1", "供应链经理"), ("2", "计划工程师")], required=False
    )
    days = forms.IntegerField(label="每人 90 天内", min_value=1)
    urgent = forms.BooleanField(label="今天就要", required=False)
    agree = forms.MultipleChoiceField(
        label="请谁会签",
        choices=[("a", "供应链中心"), ("b", "财务")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


_FILLED = SampleForm({"reason": "", "position": "1", "days": "0", "agree": ["a"]})
_FILLED.is_valid()
COLUMNS = [
    {"key": "", "label": ""},
    {"key": "name", "label": "姓名", "sort_url": "#", "direction": "asc"},
    {"key": "position", "label": "岗位", "sort_url": "#"},
    {"key": "pay", "label": "期望", "num": True},
]
ROWS = "".join(
    f'<tr data-gy-item data-gy-href="#"{current}><td><input class="form-check-input" type="checkbox" name="ids" '
    f'value="{name}" data-gy-pick aria-label="选中{name}"></td>'
    f'<td><a href="#">{name}</a></td><td>{position}</td><td class="num">{pay}</td></tr>'
    for name, position, pay, current in (
        ("张若岚", "供应链经理", "35K", ' aria-current="true"'),
        ("何俊", "高级嵌入式工程师", "28K", ""),
    )
)

SAMPLES = (
    *(
        Sample("field", field, {"field": _FILLED[field], **extra})
        for field, extra in (
            ("reason", {}),
            ("position", {}),
            ("days", {"suffix": "次"}),
            ("urgent", {}),
            ("agree", {}),
        )
    ),
    Sample(
        "form_errors", "as a whole", {"form": {"non_field_errors": ["这份申请已经有一份在走。先看那一份。"]}}
    ),
    Sample(
        "option",
        "chosen",
        {
            "name": "slot",
            "value": "1",
            "label": "供应链经理",
            "text": "空缺 1 人，30–38K",
            "note": "ZP-2026-0087",
            "checked": True,
        },
    ),
    Sample(
        "option", "open", {"name": "slot", "value": "2", "label": "计划工程师", "text": "空缺 2 人，18–24K"}
    ),
    Sample(
        "time_picker",
        "one taken",
        {
            "name": "time",
            "chosen": "26-15",
            "days": [
                {
                    "label": "11月26日（周四）",
                    "slots": [
                        {"value": "26-10", "label": "10:00"},
                        {"value": "26-14", "label": "14:00", "taken": True},
                        {"value": "26-15", "label": "15:00"},
                    ],
                },
                {
                    "label": "11月27日（周五）",
                    "slots": [{"value": "27-10", "label": "10:00"}, {"value": "27-16", "label": "16:00"}],
                },
            ],
        },
    ),
    Sample(
        "table",
        "sorted, chosen row",
        {"columns": COLUMNS, "caption": "候选人", "id": "sample-table"},
        slot=ROWS,
        fills={"bulk": '<button class="btn btn-sm" type="button">加标签</button>'},
        flush=True,
    ),
    Sample("columns", "column chooser", {"id": "sample-table", "columns": COLUMNS}),
    Sample(
        "filters",
        "words and a select",
        {"action": "#", "placeholder": "姓名、手机尾号、面试编号"},
        slot='<select class="form-select" name="state" aria-label="状态"><option>全部状态</option></select>',
        flush=True,
    ),
    Sample(
        "pager", "in the middle", {"prev_url": "#", "next_url": "#", "shown": 50, "total": 128406}, flush=True
    ),
    Sample("pager", "first page", {"next_url": "#"}, flush=True),
    Sample(
        "tabs",
        "first chosen",
        {
            "label": "筛选时间线",
            "items": [
                {"label": "全部", "url": "#", "count": 10, "active": True},
                {"label": "面试", "url": "#", "count": 3},
                {"label": "沟通", "url": "#", "count": 3},
            ],
        },
    ),
    Sample(
        "setting",
        "with its last change",
        {
            "title": "每人 90 天内",
            "text": "超过就不能再发，专员会看到上次是谁、什么时候联系的。",
            "changed": "李静 2026-11-02 由 3 次改为 2 次",
            "changed_url": "#",
        },
        slot='<div class="gy-row"><input class="form-control" size="4" value="2" aria-label="最多次数">'
        '<span class="gy-2nd gy-nw">次</span></div>',
        flush=True,
    ),
    Sample(
        "menu",
        "closed",
        {"label": "更多操作"},
        slot='<a class="gy-menu-i" href="#">撤回</a><button class="gy-menu-i gy-menu-i-bad" type="button">删除</button>',
    ),
    Sample(
        "menu",
        "with words",
        {"label": "模板", "text": "架构恢复后邀请", "small": True},
        slot='<a class="gy-menu-i" href="#">岗位重开邀请</a>',
    ),
    Sample(
        "dialog", "opened by a button", {"id": "sample-dialog", "title": "记一次沟通"}, slot="<p>正文</p>"
    ),
    Sample(
        "confirm",
        "opened by a button",
        {
            "id": "sample-confirm",
            "title": "撤回这份申请？",
            "text": "审批会停下，3 位审批人会收到通知。以后可以再发起。",
            "action_url": "#",
            "action_label": "撤回申请",
            "danger": True,
        },
    ),
    Sample("ask", "the shared question"),
    Sample("shortcuts", "the list behind ?"),
)
