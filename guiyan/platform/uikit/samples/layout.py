"""Heads, panels, tags, notes, empty states."""

from guiyan.platform.uikit.samples.sample import Sample

BUTTON = '<a class="btn btn-sm" href="#">看要点</a><a class="btn btn-sm btn-primary" href="#">写消息</a>'

SAMPLES = (
    Sample(
        "page_header",
        "crumbs, tags, actions",
        {
            "title": "召回张若岚",
            "sub": "供应链经理 · 王建国 11月23日 09:12 发起",
            "crumbs": [{"label": "召回", "url": "#"}, {"label": "ZH-2026-000041"}],
        },
        fills={
            "actions": '<a class="btn" href="#">催办</a>',
            "tags": '<span class="gy-tag gy-tag-wait">审批中，等陈志远</span>',
        },
    ),
    Sample(
        "panel",
        "count, link, foot",
        {"title": "等您审批", "count": 1, "link_url": "#", "link_label": "全部审批", "level": 3},
        slot="<p>正文在这里。</p>",
        fills={"foot": '<span class="gy-sm gy-2nd">陈志远到 11:31 还没处理，会再提醒他，并告诉您</span>'},
    ),
    Sample("panel", "no head", {}, slot="<p>没有标题的一块。</p>"),
    Sample(
        "task_row",
        "now, call, answer, plain",
        {
            "title": "张若岚的召回已通过",
            "icon": "arrow-back-up",
            "tone": "brand",
            "tag": "刚刚",
            "tag_tone": "brand",
            "text": "王总发起，陈志远 10:05 同意。沟通要点 6 条已备好，2 处待核实。",
        },
        fills={"actions": BUTTON},
        wrap="ul.gy-rule",
        flush=True,
    ),
    Sample(
        "task_row",
        "late",
        {
            "title": "打给何俊",
            "icon": "phone",
            "tone": "info",
            "tag": "今天 17:00 前",
            "tag_tone": "wait",
            "tag_icon": "clock",
            "text": "您的消息 11月19日打开过，没有回复。话术和号码都在里面。",
            "url": "#",
        },
        fills={"actions": BUTTON},
        wrap="ul.gy-rule",
        flush=True,
    ),
    *(
        Sample("badge", tone or "plain", {"text": text, "tone": tone, "icon": icon})
        for tone, text, icon in (
            ("ok", "可以召回", "check"),
            ("wait", "审批中", "clock"),
            ("bad", "请勿联系", "ban"),
            ("info", "已入职", "id-badge-2"),
            ("brand", "刚刚", ""),
            ("line", "仅内部可见", "lock"),
            ("", "草稿", ""),
        )
    ),
    Sample("avatar", "large", {"name": "张若岚", "size": "lg", "brand": True}),
    Sample("avatar", "normal", {"name": "李静"}),
    Sample("avatar", "small", {"name": "Li Ming", "size": "sm"}),
    Sample("note", "info", {"tone": "info", "text": "不经过财务：期望 35K，上限 38K。"}),
    Sample("note", "ok", {"tone": "ok", "text": "已发出，可在 10 分钟内看到打开情况。"}),
    Sample("note", "wait", {"tone": "wait", "icon": "git-compare", "text": "李静 2 分钟前改了重启条件。"}),
    Sample(
        "note",
        "bad, with buttons",
        {
            "tone": "bad",
            "title": "这句不能发：它标为仅内部可见。",
            "text": "删掉它，或请陈志远改为可对候选人说。",
        },
        fills={"actions": '<button class="btn btn-sm btn-danger" type="button">删掉这句</button>'},
    ),
    Sample("note", "neutral", {"icon": "help", "text": "聊到时核实两件事：期望薪资、多久能到岗。"}),
    *(
        Sample(
            "state",
            kind,
            {"kind": kind, "title": title, "text": text, "action_label": label, "action_url": "#"},
        )
        for kind, title, text, label in (
            ("empty", "没有符合的人", "试着去掉一个条件，或换成拼音首字母。", "去掉「面试官」"),
            ("error", "企业微信没有回应", "消息还在排队，没有丢。10 分钟后自动再试。", "现在再试"),
            ("no_right", "您看不到这份档案", "它属于子公司。请找人事经理李静开通。", "申请查看"),
            ("too_much", "共 3,218 人，先看前 100 人", "再给一个条件会更准，比如年份或面试官。", "加上年份"),
            ("done", "都办完了", "有新的会出现在这里。", ""),
        )
    ),
    Sample(
        "stale",
        "someone else was first",
        {
            "who": "李静",
            "when": "2 分钟前",
            "reload_url": "#",
            "rows": [{"label": "重启条件", "mine": "恢复编制", "theirs": "恢复供应链经理编制"}],
        },
    ),
    Sample("skeleton", "loading", {"rows": [1, 2, 3]}),
    Sample("toast", "with undo", {"text": "已把张若岚移出「供应链」人才库", "undo_url": "#"}),
    Sample(
        "toast",
        "refusal",
        {"text": "这份申请已由李静处理。", "fix": "看一眼现在的状态，再决定。", "tone": "bad"},
    ),
    Sample("logo", "mark on ground", wrap="span.gy-logo"),
    Sample("mark", "in the current colour", wrap="span.gy-brand"),
    Sample(
        "kbd_hints",
        "keys that work here",
        {"hints": [{"keys": ["J", "K"], "label": "上下"}, {"keys": ["Enter"], "label": "打开档案"}]},
    ),
)
