"""Many ways to say the same: header words, outcomes and reasons that offices really use."""

import pytest

from guiyan.importing.engine.values.outcomes import parse_reason, parse_status
from guiyan.importing.engine.words import field_of

HEADERS = {
    "name": (
        "姓名 候选人姓名 应聘人 求职者 候选人 名字 应聘者姓名 被面试人 面试者姓名 人员姓名 Name "
        "中文名 来访者 人才姓名 面试人员姓名 候选者 人名 "
    ),
    "phone": (
        "电话 手机 手机号码 联系电话 联系方式 移动电话 Tel 手机号 联系手机 电话号码 "
        "联系方式(手机) 手机/微信 本人电话 "
    ),
    "email": ("邮箱 Email E-mail 电子邮箱 邮件 邮箱地址 "),
    "position": (
        "应聘岗位 面试岗位 职位 岗位 应聘职位 申请职位 投递岗位 岗位名称 职位名称 面试职位 "
        "应聘职务 拟聘岗位 招聘岗位 应聘工种 意向岗位 面试职务 "
    ),
    "department": ("部门 用人部门 所属部门 需求部门 应聘部门 归属部门 招聘部门 部门名称 "),
    "date": (
        "面试日期 面试时间 日期 面谈日期 到面日期 面试时间(日期) 时间 面试日 约面时间 初试时间 "
        "到访日期 来面日期 "
    ),
    "interviewers": (
        "面试官 面试人 主面试官 考官 面试负责人 谁面的 面试老师 面试领导 参与面试人 评委 初试官 "
        "面谈人 面试官姓名 主考人 "
    ),
    "evaluation": (
        "面试评价 评价 评语 面试评语 面谈记录 印象 面试反馈 综合评价 面试记录 面试意见 反馈 "
        "初试评价 面试官评价 评估意见 面试总结 面谈评价 点评 观察 面试官意见 整体评价 综合评语 "
    ),
    "result": (
        "结果 面试结果 是否录用 结论 录用情况 最终结果 面试结论 录用结果 是否通过 处理结果 "
        "是否录取 评估结果 录用与否 结果(录/否) "
    ),
    "reason": (
        "未录用原因 淘汰原因 原因 不录用原因 没要的原因 为什么没要 拒绝原因 未通过原因 不合适原因 "
        "归档原因 未录取原因 落选原因 不录用理由 淘汰理由 放弃原因 没录用的原因 未入职原因 "
    ),
    "result_reason": ("处理结果及原因 结果及原因 结果/原因 结论和理由 录用结果及原因 结果与原因 "),
    "expected_salary": (
        "期望薪资 薪资要求 期望月薪 期望工资 要求薪资(K) 期望薪酬 薪资期望 期望待遇 期望年薪 "
        "意向薪资 要求月薪 期望(K) 薪酬要求 期望薪资（税前） 工资要求 期望收入 想要多少 "
    ),
    "current_salary": (
        "目前薪资 当前薪资 现薪资 目前月薪 现月薪 当前月薪 现有薪资 目前薪酬 目前工资 现在工资 "
    ),
    "expectation": ("候选人诉求 诉求 个人诉求 求职诉求 候选人要求 其他要求 "),
    "referrer": ("推荐人 内推人 介绍人 推荐者 内推员工 引荐人 "),
    "channel": ("来源 渠道 招聘渠道 简历来源 来源渠道 投递渠道 获取渠道 信息来源 "),
    "degree": ("学历 最高学历 文化程度 学历层次 教育程度 "),
    "school": ("毕业院校 学校 毕业学校 院校 毕业院校名称 毕业于 "),
    "gender": ("性别 "),
    "age": ("年龄 岁数 "),
    "last_company": (
        "上家公司 现公司 最近公司 目前公司 原单位 工作单位 前公司 现单位 上一家单位 最近一家公司 "
        "现任公司 所在公司 "
    ),
    "last_title": ("最近职位 现职位 目前职位 上家职位 现任职位 "),
    "interview_no": ("面试编号 编号 记录编号 登记编号 流水号 "),
    "candidate_no": ("候选人ID 简历编号 人才编号 候选人编号 "),
    "note": ("备注 说明 备注信息 其他备注 备注说明 "),
    "city": ("所在城市 现居地 城市 居住地 现居住地 所在地 "),
    "stage": ("当前阶段 流程状态 招聘阶段 候选人状态 当前状态 "),
    "blacklisted": ("是否黑名单 黑名单 "),
    "contact_allowed": ("是否允许联系 可否联系 是否可联系 "),
    "round": ("面试轮次 轮次 "),
    "rating": ("评级 评分 面试评分 综合评分 等级 "),
    "seq": ("序号 No. NO # "),
    "tags": ("候选人标签 标签 技能标签 "),
    "wechat": ("微信 微信号 "),
    "id_no": ("身份证号 身份证 身份证号码 "),
    "birth": ("出生日期 出生年月 生日 "),
    "years": ("工作年限 工龄 "),
    "ignore": (
        "投递时间 毕业时间 阶段更新时间 来源类型 期望城市 初筛人 职位ID 是否归档 录入时间 "
        "登记日期 求职状态 填表人 专业 婚姻状况 "
    ),
}
REASONS = {
    "headcount_frozen": (
        "编制冻结 HC没批 岗位暂停招聘 招聘计划取消 名额没了 职位关闭 集团冻编 岗位撤销了 停招了 "
        "HC被砍 需求取消 编制收紧，暂不招 总部不给编制 岗位冻结 招满编了 hc关了 今年不进人了 "
    ),
    "budget_limit": (
        "预算不够 预算被砍 没有预算 人工成本超标 费用紧张 成本压缩 财务没批预算 降本增效 "
        "公司没钱招了 经费不足 预算用完了 "
    ),
    "salary_gap": (
        "薪资不匹配 要的太高 谈不拢价格 期望薪资过高 给不到期望 薪水没谈妥 工资要求高 嫌工资低 "
        "开价太高 超出薪资范围 待遇没谈拢 要太多 高于部门薪酬水平 嫌钱少 薪资差距大 "
    ),
    "team_reorg": (
        "组织架构调整 部门裁撤 业务线砍掉 部门重组 团队解散 项目组撤了 公司战略调整 业务收缩 "
        "领导换人需求变了 部门要合并 事业部调整 汇报关系变动 产线搬走了 "
    ),
    "skill_gap": (
        "能力不足 技术不行 经验欠缺 专业不对口 英语不行 笔试不及格 水平一般 基础太差 行业经验不符 "
        "学历不够 没做过类似项目 技能不匹配 沟通能力差 管理经验不足 岗位匹配度低 缺少证书 不懂PLC "
    ),
    "other_chosen": (
        "已有更合适人选 定了别人 录用他人 被内部员工顶替 选了另一位 有更好的人选 岗位已招到 "
        "内部提拔 第二名 别的候选人接了 人选已确定 内部调岗 "
    ),
    "candidate_withdrew": (
        "候选人放弃 拒绝offer 去了别的公司 家人不同意 嫌远 自己不来 接受了其他offer 不想换工作了 "
        "本人放弃 没来报到 毁约 爽约 入职前反悔 选择留在原公司 觉得通勤远 去了竞争对手 "
    ),
    "timing": (
        "到岗时间太晚 竞业限制 在职离不开 离职要三个月 年后再说 怀孕 时间对不上 项目交付走不开 "
        "合同没到期 要等年终奖 时间冲突 孩子太小暂时不考虑 毕业时间不符 "
    ),
    "other": (
        "体检不合格 背调不通过 学历造假 住得太远 离职原因可疑 简历不实 有案底 性格不合 年龄偏大 跳槽太频繁 "
    ),
}
OUTCOMES = {
    "rejected": (
        "不通过 不合适 未录用 淘汰 不录 拒 谢绝 × X 不行 不予考虑 没过 fail 不推荐 未通过 pass掉 "
        "否 N 不考虑 落选 刷掉 已淘汰 不合格 不录取 "
    ),
    "hired": (
        "录用 通过 已入职 √ 是 Y OK 已录用 同意录用 合格 入职 录取 已发offer 可以录用 拟录用 offer 已报到 "
    ),
    "withdrawn": (
        "放弃 拒offer 候选人放弃 拒绝入职 婉拒offer 本人放弃 自动放弃 放弃入职 已放弃 拒绝offer 主动放弃 "
    ),
    "no_show": ("爽约 未到 没来 缺席 未参加面试 放鸽子 未面试 没到场 未出席 失联 "),
    "pending": (
        "待定 再议 待反馈 面试中 储备 备选 待复试 考虑中 保留 流程中 进人才库 待通知 暂缓 观察 复试 待审批 "
    ),
}


def pairs(table):
    return [(word, meaning) for meaning, words in table.items() for word in words.split()]


@pytest.mark.parametrize(("word", "field"), pairs(HEADERS))
def test_given_a_header_word_when_asked_then_its_field(word, field):
    assert field_of(word)[0] == field


@pytest.mark.parametrize(("words", "kind"), pairs(REASONS))
def test_given_a_reason_when_asked_then_its_kind(words, kind):
    assert parse_reason(words)[0] == kind


@pytest.mark.parametrize(("word", "status"), pairs(OUTCOMES))
def test_given_an_outcome_word_when_asked_then_its_status(word, status):
    assert parse_status(word) == status
