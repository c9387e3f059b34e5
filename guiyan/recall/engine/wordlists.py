"""Word lists of the message scan. Data only, measured against the starter templates (no false alarms there)."""

# ruff: noqa: SIM905 - lists are read as rows of words

# Particles and pronouns that carry no judgement: "您的英语是很一般的" and "英语一般" are the same remark.
FILLERS = frozenset(
    "的了是很都也还就在和与对于把被您你我他她它们吧呢啊呀吗嘛着过有点比较挺太最非常觉得只当时感觉认为"
)
STOP_WORDS = frozenset(
    (
        "a an the is was are were be been to of in on at and or for with very rather quite your you his her he she it we our i"
    ).split()
)
SAME = (
    ("英文", "英语"), ("普通", "一般"), ("平平", "一般"), ("欠缺", "不足"), ("薄弱", "不足"), ("不够", "不足"),
    ("较弱", "不足"), ("偏弱", "不足"), ("不太好", "一般"), ("不怎么样", "一般"), ("工资", "薪资"), ("薪水", "薪资"),
    ("薪酬", "薪资"), ("领导", "管理"), ("沟通能力", "沟通"), ("表达能力", "表达"),
)  # fmt: skip

NOT_NAMES = frozenset(
    "高兴 方便 和您 和我 和他 和她 时间 常常 安排 安全 关于 应该 应聘 成功 成为 成长 能够 能力 能否 能不 水平 平时 平台 "
    "经理 经历 经验 管理 管控 解决 解释 计划 计算 强调 强项 于是 于您 向您 向来 方向 方式 方面 何时 何况 全部 全面 全程 "
    "都是 都会 从前 从事 从容 房间 支持 车间 车站 石油 白天 文字 文件 东西 东方 双方 双休 项目 单位 单独 谈过 谈谈 谈话 "
    "明天 明年 明确 盛情 宣布 广州 宁波 金华 常州 温州 苏州 江苏 祝您 祝好 万分 万一 程度 程序 乐意 元旦 章程 元月 顾问 "
    "欧洲 利用 海外 华东 华南 华北 华为 古老 国内 国际 连续 有过 有空 有人 有兴 年底 年初 年前 年内 来聊 来谈 来过 商量 "
    "商务 相关 相信 师傅 终于 通知 通过 后来 归雁 别的 原来 原因 原话 门口 门店 周末 周一 周二 周三 周四 周五 周六 周日 "
    "上官 司机 许多 施工 温馨 满意 满足 权限 暂停 空缺 农历 查看 充分 充足 易于 步骤 台账 山东 山西 边上 云南 云端 池州 "
    "马上 马鞍 牛年 龙年 羊年 尚未 路上 路过 时候 贵公 毕竟 和平 平衡 余地 汇报 钱款 阳光 呼吸 展开 展示 习惯 须知 "
    "沙发 简单 简历 包括 包含 左右 由于 干净 冷静 段时 雷同 黄金 黄山 安徽 安心 江西 江南 曾经 曾任 晚上 游戏 幸运 幸好".split()
)

NAME_EDGE_LEFT = frozenset('和与跟像叫给向对比请找问是的被把由同及、，,。！!？?：:；;“”"「」『』（）() \n\t')
NAME_EDGE_RIGHT = frozenset(
    '女士先生小姐老师总经理工也都还说已就现在当时的和与跟比去来了、，,。！!？?：:；;“”"「」『』（）() \n\t'
)
