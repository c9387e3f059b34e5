"""Other people's apps, as we preview them."""

from guiyan.platform.uikit.samples.sample import Sample

SAMPLES = (
    Sample(
        "message",
        "in",
        {
            "name": "周敏",
            "company": "澜川装备",
            "paragraphs": ["张女士您好，我是澜川装备的周敏，9月和您聊过近况。"],
        },
        wrap="div.gy-chat",
    ),
    Sample(
        "message",
        "out",
        {"name": "张若岚", "out": True, "paragraphs": ["您好，我记得。"]},
        wrap="div.gy-chat",
    ),
    Sample(
        "linkcard",
        "link",
        {"title": "澜川装备请您回来聊聊", "text": "供应链经理 · 选个时间，或告诉我们不方便"},
        wrap="div.gy-chat",
    ),
    Sample(
        "wecom_card",
        "waiting",
        {
            "from_name": "归雁 · 审批",
            "title": "召回张若岚",
            "sub": "供应链经理 · 请您确认岗位与薪资",
            "quote": "「供应链又独立了，正缺能扛事的人。」",
            "quote_by": "王建国，今天 09:12",
            "facts": [
                {"label": "岗位", "value": "招聘中，空缺 1 人", "tone": "ok"},
                {"label": "期望薪资", "value": "35K，在 30–38K 内", "tone": "ok"},
            ],
            "buttons": [{"label": "拒绝"}, {"label": "看档案"}, {"label": "同意", "main": True}],
        },
        wrap="div.gy-chat",
    ),
    Sample(
        "wecom_card",
        "answered",
        {
            "from_name": "归雁 · 审批",
            "title": "招聘需求：质量工程师",
            "sub": "增编 1 人，15–20K",
            "answered": "您已同意　11月20日 16:05",
        },
        wrap="div.gy-chat",
    ),
    Sample(
        "phone",
        "frame",
        {"title": "周敏"},
        slot='<div class="gy-chat"><div class="gy-chat-time">上午 10:40</div><div class="gy-msg">'
        '<span class="gy-av" aria-hidden="true">周</span><div class="gy-bubble">张女士您好，我是周敏。</div></div></div>',
    ),
)
